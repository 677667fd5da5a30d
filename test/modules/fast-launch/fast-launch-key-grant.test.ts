import { describe, expect, it } from '@jest/globals';
import { TerraformVariable } from 'cdktf';
import { FastLaunchKeyGrant, type FastLaunchKeyGrantProps } from '../../../modules/fast-launch';
import { refusedBy } from '../../support/problem';
import { Template } from '../../support/template';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d';

const synth = (props: Partial<FastLaunchKeyGrantProps> = {}): Template =>
  Template.of((stack) => {
    new FastLaunchKeyGrant(stack, 'Grant', { kmsKeyArn: ARN, ...props });
  });

describe('FastLaunchKeyGrant', () => {
  it('lets the service make grants of its own, and nothing else', () => {
    const template = synth();
    const [role = ''] = Object.keys(template.dataSources('aws_iam_role'));
    expect(template.counts()).toEqual({ aws_kms_grant: 1 });
    expect(template.data('aws_iam_role')).toEqual({ name: 'AWSServiceRoleForEC2FastLaunch' });
    expect(template.resource('aws_kms_grant')).toEqual({
      name: 'ec2-fast-launch',
      key_id: ARN,
      grantee_principal: `\${data.aws_iam_role.${role}.arn}`,
      operations: ['CreateGrant'],
    });
  });

  it('makes the role of the service where there is none yet', () => {
    const template = synth({ createServiceLinkedRole: true });
    const [role = ''] = Object.keys(template.resources('aws_iam_service_linked_role'));
    expect(template.resource('aws_iam_service_linked_role')).toEqual({
      aws_service_name: 'ec2fastlaunch.amazonaws.com',
    });
    expect(template.resource('aws_kms_grant')['grantee_principal']).toBe(
      `\${aws_iam_service_linked_role.${role}.arn}`,
    );
    expect(template.dataSources('aws_iam_role')).toEqual({});
  });

  it('refuses what is not the ARN of a key', () => {
    expect(refusedBy(() => synth({ kmsKeyArn: 'alias/windows' }))).toEqual([
      '`kmsKeyArn` kms-key-arn: "alias/windows"',
    ]);
  });

  it('takes a key that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const key = new TerraformVariable(stack, 'key', { type: 'string' });
      new FastLaunchKeyGrant(stack, 'Grant', { kmsKeyArn: key.stringValue });
    });
    expect(template.resource('aws_kms_grant')['key_id']).toBe('${var.key}');
  });
});
