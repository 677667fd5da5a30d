/**
 * Keys that are written by hand, in no table, so that docs/settings.md does not know what a change
 * of them does. No key is added: a new one is described in a table.
 */
export const KEYS_WITHOUT_CHANGE: ReadonlySet<string> = new Set([
  'cluster.windowsSupport.configuration',
  'image.base.imageId',
  'image.components[].file',
  'image.components[].whenTooLong',
  'image.components[].amazonManaged',
  'image.components[].version',
  'image.components[].arn',
  'image.components[].parameters',
  'image.componentBucket.bucket',
  'image.componentBucket.keyPrefix',
  'image.componentFiles[].bucket',
  'image.componentFiles[].keyPrefix',
  'image.rebuild',
  'image.logs.keyPrefix',
  'nodes.ami.imageId',
  'nodes.ami.owner',
  'nodes.ami.builtVersion',
  'nodes.allowedKubeletSkew',
  'nodes.manifests.runtimeClass',
  'nodes.manifests.karpenter',
  'nodes.groups[].name',
  'nodes.groups[].trustedCertificates[].file',
  'nodes.groups[].preBootstrapScript.file',
  'nodes.groups[].postBootstrapScript.file',
]);
