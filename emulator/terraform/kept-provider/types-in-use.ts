import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Parts of a configuration that hold things by their types. */
const PARTS = ['resource', 'data', 'ephemeral'];

const USE_THE_PLAIN_PATH = 'run this stack without a kept provider';

/**
 * The types of resources and data sources that Terraform may ask the provider for in a folder: those
 * of the configuration, `*.tf.json`, and those of the local state.
 * @throws Error when the folder has something that may use types which cannot be seen here.
 */
export function typesInUse(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder);
  const unread = files.filter((file) => file.endsWith('.tf'));
  if (unread.length > 0) throw unseen(`${unread.join(', ')} in HCL`);
  const documents = files
    .filter((file) => file.endsWith('.tf.json'))
    .map((file) => read(join(folder, file)));
  const blocks = documents.flatMap((document) => blocksOf(document, 'terraform'));
  const states = blocks.flatMap((block) => blocksOf(block, 'backend')).map(pathOfState);
  for (const document of documents) {
    if ('module' in document) throw unseen('modules');
  }
  return new Set([
    ...documents.flatMap(typesOfConfiguration),
    ...(states.length === 0 ? ['terraform.tfstate'] : states).flatMap((path) =>
      typesOfState(folder, path),
    ),
  ]);
}

type Json = Readonly<Record<string, unknown>>;

function typesOfConfiguration(document: Json): readonly string[] {
  return PARTS.flatMap((part) => blocksOf(document, part)).flatMap((block) => Object.keys(block));
}

/** Where the state is, from the folder or from the root. */
function pathOfState(backend: Json): string {
  const others = Object.keys(backend).filter((name) => name !== 'local');
  if (others.length > 0) throw unseen(`a state in ${others.join(', ')}`);
  const [local] = blocksOf(backend, 'local');
  return String(local?.['path'] ?? 'terraform.tfstate');
}

function typesOfState(folder: string, path: string): readonly string[] {
  const file = resolve(folder, path);
  if (!existsSync(file)) return [];
  const { resources = [] } = read(file) as { resources?: readonly { type: string }[] };
  return resources.map(({ type }) => type);
}

function read(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

/** The blocks of a name: Terraform's JSON has one as itself or several as a list. */
function blocksOf(parent: Json, name: string): readonly Json[] {
  const blocks = parent[name] as Json | readonly Json[] | undefined;
  return blocks === undefined ? [] : [blocks].flat();
}

function unseen(what: string): Error {
  return new Error(`the types of resources cannot be seen in ${what}; ${USE_THE_PLAIN_PATH}`);
}
