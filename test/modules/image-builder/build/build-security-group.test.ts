import { describe, expect, it } from '@jest/globals';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  BuildSecurityGroup,
  type BuildSecurityGroupProps,
} from '../../../../modules/image-builder';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const groupWith = (props: Partial<BuildSecurityGroupProps>) => (stack: TerraformStack) =>
  new BuildSecurityGroup(stack, 'group', {
    name: 'windows',
    subnetId: 'subnet-01234567',
    ...props,
  });

const MINIMAL = {
  name_prefix: 'image-build-windows-',
  description: 'Instances that build and test images',
  lifecycle: { create_before_destroy: true },
};

const template = Template.of(groupWith({}));
const [subnet] = Object.keys(template.dataSources('aws_subnet'));
const [group] = Object.keys(template.resources('aws_security_group'));

describe('BuildSecurityGroup', () => {
  it('is a group in the VPC of the subnet, under a name that can be there twice', () => {
    expect(template.data('aws_subnet')).toEqual({ id: 'subnet-01234567' });
    expect(template.resource('aws_security_group')).toEqual({
      ...MINIMAL,
      vpc_id: `\${data.aws_subnet.${subnet}.vpc_id}`,
    });
  });

  it('lets everything out and nothing in', () => {
    const everything = {
      security_group_id: `\${aws_security_group.${group}.id}`,
      ip_protocol: '-1',
    };
    const rules = template.resources('aws_vpc_security_group_egress_rule');
    expect(Object.values(rules)).toEqual([
      { ...everything, cidr_ipv4: '0.0.0.0/0' },
      { ...everything, cidr_ipv6: '::/0' },
    ]);
    expect(template.counts()).toEqual({
      aws_security_group: 1,
      aws_vpc_security_group_egress_rule: 2,
    });
  });

  it('tags the group and its rules', () => {
    const tags = { team: 'windows' };
    const tagged = Template.of(groupWith({ tags }));
    const rules = Object.values(tagged.resources('aws_vpc_security_group_egress_rule'));
    expect([tagged.resource('aws_security_group'), ...rules].map((one) => one['tags'])).toEqual([
      tags,
      tags,
      tags,
    ]);
  });

  it('passes inputs that only Terraform knows', () => {
    const unknown = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      groupWith({ name: text, subnetId: text })(stack);
    });
    expect(unknown.data('aws_subnet')).toEqual({ id: '${var.text}' });
    expect(unknown.resource('aws_security_group')['name_prefix']).toBe('image-build-${var.text}-');
  });

  it('lists every wrong input at once', () => {
    expect(
      refusedBy(() => Template.of(groupWith({ name: 'x', subnetId: 'vpc-01234567' }))),
    ).toEqual(['`name` resource-name: "x"', '`subnetId` subnet-id: "vpc-01234567"']);
  });
});
