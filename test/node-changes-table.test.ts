import { describe, expect, it } from '@jest/globals';
import { type ListedKey, listedKeys } from '../environment/settings-page';
import {
  APPLIED_CHANGES,
  CHANGES_OF_A_GROUP,
  CHANGES_OF_NOTHING,
  CHANGES_OF_THE_STACK,
} from './end-to-end/node-changes';
import { repositoryText } from './support/repository';

interface Row {
  readonly planned: string;
  readonly nodes: string;
}

/** The rows of docs/node-changes.md by their key. */
const TABLE = new Map(
  repositoryText('docs/node-changes.md')
    .split('\n')
    .flatMap((line) => {
      const [, key, planned = '', nodes = ''] =
        /^\| `([^`]+)` \| (.*) \| (.*) \|$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, { planned, nodes }] as const];
    }),
);

/** Part of the generated JSON Schema. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

function keysOf(schema: Schema | undefined, prefix: string): string[] {
  return Object.keys(schema?.properties ?? {}).map((key) => `${prefix}.${key}`);
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  template: ['aws_autoscaling_group', 'aws_launch_template'],
  group: ['aws_autoscaling_group'],
  nothing: [],
};

/** The types that the first words of a cell stand for, and those it names. */
function typesIn({ planned }: Row): string[] {
  const [word = ''] = /^\w+/.exec(planned) ?? [];
  const named = [...planned.matchAll(/`((?:aws|terraform)_\w+)`/g)].map((match) => match[1] ?? '');
  return [...new Set([...(WORDS[word] ?? []), ...named])].sort();
}

/** A change from another start than the usual is told in words. */
const PLAIN_CHANGES = [
  ...CHANGES_OF_A_GROUP.filter(({ given }) => given === undefined),
  ...CHANGES_OF_THE_STACK,
  ...CHANGES_OF_NOTHING,
  ...APPLIED_CHANGES,
];

/** Their keys stand in the table under the key that has them, or their resources are many. */
const IN_WORDS = new Set([
  'groups.instanceTypes',
  'nodes.terminationQueue',
  'nodes.securityGroup',
  'nodes.ami',
  'tags',
  'cluster.windowsSupport',
]);

const rowOf = (key: string): Row | undefined => {
  return TABLE.get(key) ?? (key.startsWith('image.') ? TABLE.get('image') : undefined);
};

describe('the table of what replaces nodes', () => {
  it('has a row for every key that reaches the stack of the nodes', () => {
    const schema: Schema = JSON.parse(repositoryText('environments/environment.schema.json'));
    const { nodes, cluster, windows, fastLaunch, iam } = schema.properties ?? {};
    const keys = [
      ...keysOf(nodes?.properties?.['groups']?.items, 'groups'),
      ...keysOf(nodes, 'nodes'),
      ...keysOf(nodes?.properties?.['access'], 'nodes.access'),
      ...keysOf(cluster, 'cluster'),
      ...keysOf(windows, 'windows'),
      ...keysOf(fastLaunch, 'fastLaunch'),
      ...keysOf(iam, 'iam'),
      ...['image', 'fastLaunch', 'tags'],
    ];
    expect(keys.length).toBeGreaterThan(80);
    expect(keys.filter((key) => !TABLE.has(key))).toEqual([]);
  });

  it.each(PLAIN_CHANGES)('says what is tried with Terraform: $key', ({ key, plan, rolls }) => {
    const row = rowOf(key);
    expect(row?.nodes.startsWith('**roll**')).toBe(rolls);
    if (row === undefined || IN_WORDS.has(key)) return;
    const planned = [...new Set(plan.map((change) => change.split(' ', 1).join()))].sort();
    expect(typesIn(row)).toEqual(planned);
  });
});

/** How the table writes a key: `groups.` begins those of a group. */
const inTable = ({ path }: ListedKey): string => path.replace(/^nodes\.groups\[\]\./, 'groups.');

/** What the cell about the nodes may say of a key, by what a change of it does at most. */
const NODES_CELL: Readonly<Record<NonNullable<ListedKey['change']>, RegExp>> = {
  nothing: /^stay/,
  'in-place': /^stay/,
  // By another way nodes roll with the next AMI.
  builds: /^stay|\*\*roll\*\*/,
  // Some roll only in a group whose refresh is told to watch them.
  rolls: /\*\*roll\*\*|\bRoll with `triggers/,
  ends: /\*\*|see \[below\]/,
};

/** Of parts with both kinds of keys, or whose cell is about another stack. */
const OF_ANOTHER_STACK = /^(?:iam|image|windows|cluster.kubernetesVersion)\b/;

describe('what the settings say that a change does', () => {
  const told = listedKeys().flatMap((key) => {
    const row = TABLE.get(inTable(key));
    return row === undefined || key.change === undefined ? [] : [{ key, change: key.change, row }];
  });

  it('is of keys that have a row', () => {
    expect(told.length).toBeGreaterThan(20);
  });

  it('is what the table says of the nodes', () => {
    const wrong = told.filter(({ change, row }) => !NODES_CELL[change]?.test(row.nodes));
    expect(wrong.map(({ key, row }) => [key.path, key.change, row.nodes])).toEqual([]);
  });

  it('is nothing for what plans nothing, and only for that', () => {
    const wrong = told
      .filter(({ key }) => !OF_ANOTHER_STACK.test(key.path))
      .filter(
        ({ change, row }) => (change === 'nothing') !== /^nothing(?! with)/.test(row.planned),
      );
    expect(wrong.map(({ key, row }) => [key.path, key.change, row.planned])).toEqual([]);
  });
});
