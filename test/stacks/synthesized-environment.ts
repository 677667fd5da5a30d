import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironmentFile } from '../../app/loading/environment-file';
import { synthesize } from '../../app/synthesize';
import type { ComponentDocuments } from '../../environment/component-documents';
import { type Change, withChanges } from '../app/full-environment';
import { fileTexts } from '../support/folder-contents';
import { Template } from '../support/template';

/** What the app makes of one environment named `example`. */
export interface SynthesizedEnvironment {
  readonly image: Template;
  readonly nodes: Template;
  /** The JSON of both stacks, image first. */
  readonly texts: readonly [image: string, nodes: string];
  /** The files beside the nodes' stack, for people to read. */
  readonly nodesReview: Readonly<Record<string, string>>;
  /** The stacks that have to be applied before the nodes' stack. */
  readonly nodesDependencies: readonly string[];
}

/** Takes Fast Launch out of the full environment. */
export const WITHOUT_FAST_LAUNCH: Change = [
  'fastLaunch: { targetResourceCount: 5, maxParallelLaunches: 6, subnetId: subnet-0123456789abcdef0 }\n',
  '',
];

/** Adds a second node group, with two instance types, to the full environment. */
export const SECOND_GROUP: Change = [
  '  groups:\n',
  `  groups:
    - name: batch
      subnetIds: [subnet-0123456789abcdef0]
      instanceTypes: [c7i.xlarge, c7a.xlarge]
      minSize: 0
      maxSize: 2
      rootVolumeGiB: 200
`,
];

/** Synthesizes the full environment with changes, through the app, as a user would get it. */
export function synthesizeEnvironment(...changes: readonly Change[]): SynthesizedEnvironment {
  return synthesizeText(withChanges(...changes));
}

/** Synthesizes the text of an environment file, with the documents of its component files. */
export function synthesizeText(
  text: string,
  documents: ComponentDocuments = {},
): SynthesizedEnvironment {
  const { environment, problems } = readEnvironmentFile('e.yaml', text);
  if (environment === undefined) throw new Error(problems.map((one) => one.text).join('\n'));
  const folder = mkdtempSync(join(tmpdir(), 'stacks-'));
  try {
    const made = synthesize([{ environment, documents }], folder);
    if ('refused' in made) throw made.refused[0];
    const files = fileTexts(folder);
    const json = (name: string): string =>
      files[`stacks/example-windows-${name}/cdk.tf.json`] ?? '';
    const reviewFolder = 'stacks/example-windows-nodes/review/';
    const review = Object.entries(files).filter(([file]) => file.startsWith(reviewFolder));
    const texts = [json('image'), json('nodes')] as const;
    const { stacks } = JSON.parse(files['manifest.json'] ?? '');
    return {
      image: Template.parse(texts[0]),
      nodes: Template.parse(texts[1]),
      texts,
      nodesReview: Object.fromEntries(
        review.map(([file, contents]) => [file.slice(reviewFolder.length), contents]),
      ),
      nodesDependencies: stacks['example-windows-nodes'].dependencies,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The only address that ends like the path of a construct, its hash left out. */
export function addressOf(template: Template, type: string, readableName: string): string {
  const addresses = template
    .addresses()
    .filter((one) => one.replace(/_[0-9A-F]{8}$/, '') === `${type}.${readableName}`);
  const [first] = addresses;
  if (first === undefined || addresses.length > 1) {
    throw new Error(`expected one ${type}.${readableName}, found ${addresses.length}`);
  }
  return first;
}
