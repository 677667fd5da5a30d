import type { Environment } from '../environment/schema/environment-schema';
import type { TextOrFile } from '../environment/schema/nodes/node-bootstrap-schema';

type Group = Environment['nodes']['groups'][number];

/** The scripts and certificates of a group, whose files have been read. */
export function nodeTexts(group: Group) {
  const { preBootstrapScript, postBootstrapScript, trustedCertificates } = group;
  return {
    preBootstrapScript: preBootstrapScript && textOf(preBootstrapScript),
    postBootstrapScript: postBootstrapScript && textOf(postBootstrapScript),
    trustedCertificates: trustedCertificates?.map(textOf),
  };
}

function textOf(value: TextOrFile): string {
  if (typeof value === 'string') return value;
  throw new Error(`bug: ${value.file} was not read`);
}
