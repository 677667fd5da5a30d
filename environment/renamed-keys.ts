import type { Path } from '../modules/core';

/**
 * Keys of an environment file that have another name now. On the left the path that used to be
 * right, with `[]` for every item of a list; on the right the new name of its last key.
 */
export const RENAMED_KEYS: Readonly<Record<string, string>> = {
  'fastLaunch.kmsKey': 'keyGrant',
  'fastLaunch.keyGrant.arn': 'kmsKeyArn',
  'image.distribution.description': 'amiDescription',
  'image.keyPair': 'keyName',
  'nodes.groups[].metadataHopLimit': 'httpPutResponseHopLimit',
  'nodes.terminationQueue.kmsKeyArn': 'kmsKeyId',
};

/** What the key at a path is called now; nothing for one that never had another name. */
export function renamedKey(path: Path): string | undefined {
  const written = path.map((part) => (typeof part === 'number' ? '[]' : `.${part}`)).join('');
  const old = written.slice(1);
  return Object.hasOwn(RENAMED_KEYS, old) ? RENAMED_KEYS[old] : undefined;
}
