import type { WindowsNodesWords } from '../modules';

/** How an environment file calls what a message of the nodes' stack tells its reader to change. */
export function nodeWords(amiId: string): WindowsNodesWords {
  return {
    ami: 'nodes.ami',
    nameOwner: `name the owner there: { imageId: ${amiId}, owner: "111122223333" }`,
    buildAmi: 'build one (nodes.ami: built)',
    kubernetesVersion: 'cluster.kubernetesVersion',
    windowsServer: 'windows.server',
    amiOfAmazon: 'Build one from it (nodes.ami: built), or remove fastLaunch.',
    accessEntry: 'nodes.access.entry: access-entry',
  };
}
