import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { readEnvironmentFile } from '../../app/loading/environment-file';
import { environmentJsonSchema } from '../../environment/json-schema';
import { FULL_ENVIRONMENT } from '../app/full-environment';
import { synthesizeText } from './synthesized-environment';

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface JsonSchema {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

type KeyPath = readonly string[];

/** A key with a default that is a value, by its path; `[]` stands for each item of a list. */
interface Default {
  readonly path: KeyPath;
  readonly value: unknown;
}

function defaultsIn(schema: JsonSchema, path: KeyPath = []): Default[] {
  const own = schema.default === undefined ? [] : [{ path, value: schema.default }];
  return [
    ...own,
    ...Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
      defaultsIn(one, [...path, key]),
    ),
    ...(schema.items === undefined ? [] : defaultsIn(schema.items, [...path, '[]'])),
    ...(schema.anyOf ?? []).flatMap((one) => defaultsIn(one, path)),
  ];
}

const nameOf = ({ path }: Default): string => path.join('.').replaceAll('.[]', '[]');

/**
 * The mappings that could have the key and have it not. What is found is changed in place by
 * {@link withDefaults}, on a copy.
 */
function placesFor([part = '', ...rest]: KeyPath, value: unknown): Mapping[] {
  if (part === '[]') {
    return Array.isArray(value) ? value.flatMap((item) => placesFor(rest, item)) : [];
  }
  if (!isMapping(value)) return [];
  if (rest.length === 0) return part in value ? [] : [value];
  return placesFor(rest, value[part]);
}

function withDefaults(environment: Mapping, defaults: readonly Default[]): Mapping {
  const copy = structuredClone(environment);
  for (const { path, value } of defaults) {
    for (const place of placesFor(path, copy)) place[path.at(-1) ?? ''] = value;
  }
  return copy;
}

const partsOf = (environment: Mapping, changes: Mapping): Mapping => {
  const merged = Object.entries(changes).map(([key, value]) => {
    const given = environment[key];
    return [key, isMapping(given) && isMapping(value) ? partsOf(given, value) : value];
  });
  return { ...environment, ...Object.fromEntries(merged) };
};

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const FULL: Mapping = parse(FULL_ENVIRONMENT);
const [GROUP = {}] = parse(FULL_ENVIRONMENT).nodes.groups as Mapping[];
const { taints: _taints, labels: _labels, ...PLAIN_GROUP } = GROUP;

/** Without what has all of its keys already. */
const {
  fastLaunch: _fastLaunch,
  tags: _tags,
  ...SHORT
} = partsOf(FULL, {
  image: { schedule: undefined },
});

/** The full environment with every part that may be there, and as little as possible in each. */
const WITH_PARTS = partsOf(SHORT, {
  iam: {},
  provider: {},
  cluster: { windowsSupport: { mode: 'manage', vpcCni: {} } },
  image: {
    rootVolume: {},
    dataVolumes: [{ deviceName: 'xvdb', sizeGiB: 50 }],
    placement: {},
    logs: { bucket: 'acme-logs' },
    schedule: { cron: 'cron(0 6 ? * SUN *)' },
    workflows: [
      { workflowArn: 'arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x' },
    ],
    distribution: {
      targets: [
        {
          region: 'us-east-1',
          launchTemplates: [{ id: 'lt-0123456789abcdef0' }],
          amiParameters: [{ name: '/windows/web/ami-id' }],
        },
        { region: 'eu-west-1', fastLaunch: [{}] },
      ],
    },
    notifications: { emails: ['team@example.com'] },
    retention: { older: 'delete' },
  },
  fastLaunch: { keyGrant: { kmsKeyArn: KEY } },
  nodes: {
    access: {},
    securityGroup: {},
    manifests: {},
    terminationQueue: {},
    groups: [
      {
        ...GROUP,
        instancesDistribution: {},
        instanceRefresh: {},
        lifecycleHooks: [
          { name: 'pause', lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' },
        ],
        taints: [{ key: 'os', effect: 'NoSchedule' }],
        rootVolume: {},
        dataVolumes: [{ deviceName: 'xvdf', sizeGiB: 300 }],
        placement: {},
        capacityReservation: { preference: 'open' },
        proxy: { httpsProxy: 'http://proxy.example.com:3128' },
      },
      { ...PLAIN_GROUP, name: 'small', warmPool: {} },
    ],
  },
});

/** One with all parts, and one with none that may be left out. */
const BASES: readonly Mapping[] = [
  WITH_PARTS,
  {
    ...SHORT,
    image: { components: ['update-windows'] },
    windows: { server: '2022' },
    nodes: { groups: [PLAIN_GROUP] },
  },
];

/** Keys whose default, written out, is seen in the stacks, each with the reason. */
const SEEN: Readonly<Record<string, string>> = {
  'iam.path': '/ is written into the roles; left out, nothing is',
  'nodes.groups[].protectFromScaleIn': 'false is written into the group; left out, nothing is',
  'nodes.groups[].capacityRebalance': 'false is written into the group; left out, nothing is',
  'nodes.groups[].forceDelete': 'false is written into the group; left out, nothing is',
  'nodes.groups[].warmPool.reuseOnScaleIn': 'false is written into the pool; left out, nothing is',
};

/** Keys that no base can have beside what else it has, each with the reason. */
const NOT_TRIED: Readonly<Record<string, string>> = {
  'nodes.groups[].instanceRefresh.waitForSuccess': 'refused without `method: local-exec`',
  'nodes.groups[].instanceRefresh.timeoutMinutes': 'refused without `method: local-exec`',
  'nodes.groups[].bootstrapTimeoutSeconds': 'refused without `failedBootstrap: replace`',
};

const DEFAULTS = defaultsIn(JSON.parse(environmentJsonSchema())).filter(
  ({ path }) => path.length > 0,
);
const isException = (one: Default) => nameOf(one) in SEEN || nameOf(one) in NOT_TRIED;

const problemsOf = (environment: Mapping): string[] =>
  readEnvironmentFile('e.yaml', stringify(environment)).problems.map(({ text }) => text);

const textsOf = (environment: Mapping): string => {
  const { texts, nodesReview } = synthesizeText(stringify(environment));
  return [...texts, JSON.stringify(nodesReview)].join('\n');
};

describe.each(BASES.map((base, index) => [index, base] as const))(
  'the environment %d',
  (_, base) => {
    let before: string;
    const possible = DEFAULTS.filter(({ path }) => placesFor(path, base).length > 0);
    const tried = possible.filter((one) => !isException(one));
    const isSeen = (defaults: readonly Default[]) =>
      textsOf(withDefaults(base, defaults)) !== before;

    beforeAll(() => {
      before = textsOf(base);
    });

    it('may have all defaults written out', () => {
      expect(problemsOf(withDefaults(base, tried))).toEqual([]);
    });

    it('is the same in the stacks when they are', () => {
      // One by one only when something is seen of all together.
      const seen = isSeen(tried) ? tried.filter((one) => isSeen([one])) : [];
      expect(seen.map(nameOf)).toEqual([]);
    });

    it('shows each exception', () => {
      const exceptions = possible.filter((one) => nameOf(one) in SEEN);
      expect(exceptions.filter((one) => !isSeen([one])).map(nameOf)).toEqual([]);
    });
  },
);

describe('the defaults of an environment file', () => {
  it('are all tried in one of the environments, but for exceptions', () => {
    const tried = (one: Default) => BASES.some((base) => placesFor(one.path, base).length > 0);
    expect(DEFAULTS.length).toBeGreaterThan(30);
    expect(
      DEFAULTS.filter((one) => !tried(one) && !(nameOf(one) in NOT_TRIED)).map(nameOf),
    ).toEqual([]);
  });

  it('have no exceptions that there are not', () => {
    const names = new Set(DEFAULTS.map(nameOf));
    const exceptions = [...Object.keys(SEEN), ...Object.keys(NOT_TRIED)];
    expect(exceptions.filter((name) => !names.has(name))).toEqual([]);
  });
});
