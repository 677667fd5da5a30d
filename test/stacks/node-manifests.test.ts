import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { Change } from '../app/full-environment';
import { expectGolden } from '../support/golden';
import {
  addressOf,
  SECOND_GROUP,
  synthesizeEnvironment,
  WITHOUT_FAST_LAUNCH,
} from './synthesized-environment';

const withManifests = (keys: string): Change => ['nodes:\n', `nodes:\n  manifests: { ${keys} }\n`];

const documents = (text: string) => parseAllDocuments(text).map((one) => one.toJS());

describe('the manifests of an environment', () => {
  it('are not written unless the file asks for them', () => {
    const { nodes, nodesReview } = synthesizeEnvironment(
      WITHOUT_FAST_LAUNCH,
      withManifests('runtimeClass: false'),
    );
    expect(Object.keys(nodes.part('output'))).toEqual(['ami_id', 'auto_scaling_groups']);
    expect(Object.keys(nodesReview)).toEqual(['user-data/apps.ps1']);
  });

  it('have a RuntimeClass of the release, whose pods tolerate every group', () => {
    const { nodes, nodesReview } = synthesizeEnvironment(
      SECOND_GROUP,
      withManifests('runtimeClass: true'),
    );
    const text = nodesReview['runtime-class.yaml'] ?? '';
    expectGolden('hand-off/environment-runtime-class.yaml', text);
    expect(nodes.part('output')['runtime_class']).toEqual({ value: text });
    expect(Object.keys(nodes.part('output'))).not.toContain('karpenter');
  });

  it('have a class and a pool of Karpenter for each group', () => {
    const { nodes, nodesReview } = synthesizeEnvironment(
      SECOND_GROUP,
      withManifests('karpenter: true'),
    );
    const text = nodesReview['karpenter.yaml'] ?? '';
    expectGolden('hand-off/environment-karpenter.yaml', text);
    expect(documents(text).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'EC2NodeClass example-windows-nodes-batch',
      'NodePool example-windows-nodes-batch',
      'EC2NodeClass example-windows-nodes-apps',
      'NodePool example-windows-nodes-apps',
    ]);
    const profile = addressOf(nodes, 'aws_iam_instance_profile', 'NodeRole_InstanceProfile');
    const role = addressOf(nodes, 'aws_iam_role', 'NodeRole');
    expect(nodes.part('output')).toMatchObject({
      karpenter: { value: text },
      node_role_arn: { value: `\${${role}.arn}` },
      instance_profile_name: { value: `\${${profile}.name}` },
      ami_parameter_name: { value: '/imagebuilder/example-windows/ami-id' },
    });
  });

  it('name the AMI itself when it is not the newest that was built', () => {
    const { nodes, nodesReview } = synthesizeEnvironment(withManifests('karpenter: true'), [
      'ami: built',
      'ami: { builtVersion: 3 }',
    ]);
    const parameter = addressOf(nodes, 'data.aws_ssm_parameter', 'BuiltAmi');
    const [nodeClass] = documents(nodesReview['karpenter.yaml'] ?? '');
    expect(nodeClass.spec.amiSelectorTerms).toEqual([{ id: `\${${parameter}.insecure_value}` }]);
    expect(Object.keys(nodes.part('output'))).not.toContain('ami_parameter_name');
  });
});
