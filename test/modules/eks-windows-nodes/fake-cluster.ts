import type { EksClusterAttributes } from '../../../modules/eks-windows-nodes';

/** A cluster that is known when the stack is built; the authority is the text "fake-ca". */
export const FAKE_CLUSTER: EksClusterAttributes = {
  name: 'demo',
  version: '1.35',
  endpoint: 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'ZmFrZS1jYQ==',
  serviceCidr: '10.100.0.0/16',
  dnsIp: '10.100.0.10',
  securityGroupId: 'sg-0c1a57e4000000000',
  authenticationMode: 'API',
};
