import { describe, expect, it } from '@jest/globals';
import { TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import {
  AmiInUse,
  type AmiInUseProps,
  amiInUseTagKey,
} from '../../../../modules/eks-windows-nodes/guards/ami-in-use';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const PROPS: AmiInUseProps = { amiId: 'ami-0123456789abcdef0', name: 'shop-windows-nodes' };

const synth = (props: Partial<AmiInUseProps> = {}): Template =>
  Template.of((stack) => {
    new AmiInUse(stack, 'InUse', { ...PROPS, ...props });
  });

describe('AmiInUse', () => {
  it('tags the AMI with who runs it, and puts a new tag on before it takes the old one off', () => {
    expect(synth().resource('aws_ec2_tag')).toEqual({
      resource_id: 'ami-0123456789abcdef0',
      key: 'cdktf-eks-windows-ami:in-use-by:shop-windows-nodes',
      value: 'true',
      lifecycle: { create_before_destroy: true },
    });
  });

  it('lets nodes wait for the tag', () => {
    const template = Template.of((stack) => {
      const { tagged } = new AmiInUse(stack, 'InUse', PROPS);
      new TerraformData(stack, 'Nodes', { triggersReplace: {}, dependsOn: [tagged] });
    });
    const [tag] = Object.keys(template.resources('aws_ec2_tag'));
    expect(template.resource('terraform_data')['depends_on']).toEqual([`aws_ec2_tag.${tag}`]);
  });

  it('takes a reference to an AMI', () => {
    const template = Template.of((stack) => {
      const ami = new TerraformVariable(stack, 'ami', { type: 'string' });
      new AmiInUse(stack, 'InUse', { amiId: ami.stringValue, name: 'shop' });
    });
    expect(template.resource('aws_ec2_tag')['resource_id']).toBe('${var.ami}');
  });

  it('refuses an id and a name that AWS would not take', () => {
    expect(refusedBy(() => synth({ amiId: 'i-1', name: 'shop nodes' }))).toEqual([
      '`amiId` ami-id: "i-1"',
      '`name` mark-name: "shop nodes"',
    ]);
  });
});

describe('amiInUseTagKey', () => {
  it('is not longer than EC2 takes, with the longest name', () => {
    const name = 'n'.repeat(90);
    const { key } = synth({ name }).resource('aws_ec2_tag');
    expect(key).toBe(amiInUseTagKey(name));
    expect(String(key).length).toBeLessThanOrEqual(128);
  });
});
