import { describe, expect, it } from '@jest/globals';
import {
  ImageLifecyclePolicy,
  type ImageLifecyclePolicyProps,
} from '../../../../modules/image-builder/image/image-lifecycle-policy';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const SMALLEST: ImageLifecyclePolicyProps = {
  name: 'win',
  recipe: { name: 'win', version: '1.0.7' },
  keep: 4,
};

const synth = (props: Partial<ImageLifecyclePolicyProps> = {}): Template =>
  Template.of((stack) => {
    new ImageLifecyclePolicy(stack, 'Lifecycle', { ...SMALLEST, ...props });
  });

const policyOf = (template: Template) => template.resource('aws_imagebuilder_lifecycle_policy');

describe('ImageLifecyclePolicy', () => {
  it('deletes all but the newest images of one version, with AMIs and snapshots', () => {
    const template = synth();
    const [role] = Object.keys(template.resources('aws_iam_role'));
    const [attachment] = Object.keys(template.resources('aws_iam_role_policy_attachment'));
    expect(policyOf(template)).toEqual({
      name: 'win',
      description: 'Keeps the newest images of win',
      execution_role: `\${aws_iam_role.${role}.arn}`,
      resource_type: 'AMI_IMAGE',
      resource_selection: [{ recipe: [{ name: 'win', semantic_version: '1.0.7' }] }],
      policy_detail: [
        {
          action: [{ type: 'DELETE', include_resources: [{ amis: true, snapshots: true }] }],
          filter: [{ type: 'COUNT', value: 4 }],
          exclusion_rules: [
            {
              tag_map: { 'cdktf-eks-windows-ami:built-by': 'terraform' },
              amis: [{ is_public: false }],
            },
          ],
        },
      ],
      depends_on: [`aws_iam_role_policy_attachment.${attachment}`],
    });
  });

  it('has a role that Image Builder takes on, with its policy for that', () => {
    const template = synth({ iam: { path: '/ci/' } });
    expect(template.resource('aws_iam_role')).toMatchObject({
      name: expect.stringMatching(/^win-lifecycle/),
      path: '/ci/',
    });
    expect(template.resource('aws_iam_role_policy_attachment')['policy_arn']).toMatch(
      /:iam::aws:policy\/service-role\/EC2ImageBuilderLifecycleExecutionPolicy$/,
    );
  });

  it('leaves alone AMIs with tags that are named', () => {
    const keptAmiTags = { 'cdktf-eks-windows-ami:in-use-by:shop': 'true' };
    expect(policyOf(synth({ keptAmiTags }))['policy_detail']).toMatchObject([
      { exclusion_rules: [{ amis: [{ is_public: false, tag_map: keptAmiTags }] }] },
    ]);
  });

  it('tags the policy and the role', () => {
    const template = synth({ tags: { team: 'windows' } });
    expect(policyOf(template)['tags']).toEqual({ team: 'windows' });
    expect(template.resource('aws_iam_role')['tags']).toEqual({ team: 'windows' });
  });

  it('refuses a name and a number that Image Builder would not take', () => {
    expect(refusedBy(() => synth({ name: 'w!', keep: 0 }))).toEqual([
      '`name` resource-name: "w!"',
      '`keep` integer-range: 0',
    ]);
  });
});
