import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { parse } from 'yaml';
import { renderAwsAuthRole } from '../../../../modules/eks-windows-nodes';
import { expectGolden } from '../../../support/golden';
import { Template } from '../../../support/template';
import { evaluate, valuesOf } from '../../../support/terraform-console';
import { describeWith } from '../../../support/tools';

const ARN = 'arn:aws:iam::111122223333:role/windows-nodes';

describe('renderAwsAuthRole', () => {
  it('lets the role join as Windows nodes', () => {
    const text = renderAwsAuthRole(ARN);
    expectGolden('hand-off/aws-auth-role.yaml', text);
    expect(parse(text)).toEqual([
      {
        rolearn: ARN,
        username: 'system:node:{{EC2PrivateDNSName}}',
        groups: ['system:bootstrappers', 'system:nodes', 'eks:kube-proxy-windows'],
      },
    ]);
  });

  it('leaves out the path of the role, which aws-auth does not know', () => {
    const withPath = renderAwsAuthRole('arn:aws:iam::111122223333:role/eks/team/windows-nodes');
    expect(withPath).toBe(renderAwsAuthRole(ARN));
  });
});

describeWith(['terraform'], 'the aws-auth item of a role that Terraform makes', () => {
  it.each([ARN, 'arn:aws:iam::111122223333:role/eks/team/windows-nodes'])('for %s', (arn) => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'arn', { default: arn });
      new TerraformOutput(stack, 'Out', { value: renderAwsAuthRole(stringValue) });
    });
    const { variable } = valuesOf(template);
    const { value } = template.part('output')['Out'] as { value: string };
    const locals = { text: value };
    expect(evaluate('local.text', { variable, locals })).toBe(renderAwsAuthRole(ARN));
  });
});
