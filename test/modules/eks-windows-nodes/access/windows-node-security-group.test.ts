import { describe, expect, it } from '@jest/globals';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  WindowsNodeSecurityGroup,
  type WindowsNodeSecurityGroupProps,
} from '../../../../modules/eks-windows-nodes';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const CLUSTER = 'sg-0123456789abcdef0';

const groupWith = (props: Partial<WindowsNodeSecurityGroupProps>) => (stack: TerraformStack) =>
  new WindowsNodeSecurityGroup(stack, 'Nodes', {
    name: 'shop-nodes',
    cluster: { name: 'shop', securityGroupId: CLUSTER },
    subnetId: 'subnet-0123456789abcdef0',
    ...props,
  });

/** `<from> -> <to> <protocol> <ports>` for each rule that lets something in. */
function lettingIn(template: Template): string[] {
  const [own] = Object.keys(template.resources('aws_security_group'));
  const nameOf = (id: unknown): string => (id === CLUSTER ? 'cluster' : `${id}`);
  return Object.values(template.resources('aws_vpc_security_group_ingress_rule'))
    .map((rule) => {
      const ports = rule['from_port'] === undefined ? '' : ` ${rule['from_port']}`;
      const to = rule['to_port'] === rule['from_port'] ? '' : ` to ${rule['to_port']}`;
      const ends = `${nameOf(rule['referenced_security_group_id'])} -> ${nameOf(rule['security_group_id'])}`;
      return `${ends} ${rule['ip_protocol']}${ports}${to}`;
    })
    .map((text) => text.replaceAll(`\${aws_security_group.${own}.id}`, 'nodes'))
    .sort();
}

describe('WindowsNodeSecurityGroup', () => {
  const template = Template.of(groupWith({}));

  it('is a group in the VPC of the subnet, made before the one that it replaces goes', () => {
    const [subnet] = Object.keys(template.dataSources('aws_subnet'));
    expect(template.data('aws_subnet')).toEqual({ id: 'subnet-0123456789abcdef0' });
    expect(template.resource('aws_security_group')).toEqual({
      name_prefix: 'shop-nodes-',
      description: 'Windows nodes of the EKS cluster shop',
      vpc_id: `\${data.aws_subnet.${subnet}.vpc_id}`,
      lifecycle: { create_before_destroy: true },
    });
  });

  it('lets everything out', () => {
    const [group] = Object.keys(template.resources('aws_security_group'));
    expect(template.resource('aws_vpc_security_group_egress_rule')).toEqual({
      security_group_id: `\${aws_security_group.${group}.id}`,
      ip_protocol: '-1',
      cidr_ipv4: '0.0.0.0/0',
    });
  });

  it('joins its nodes and those of the cluster, both ways', () => {
    expect(lettingIn(template)).toEqual([
      'cluster -> nodes -1',
      'nodes -> cluster -1',
      'nodes -> nodes -1',
    ]);
  });

  it('opens kubelet, API server and DNS only, when pods keep to Windows nodes', () => {
    expect(lettingIn(Template.of(groupWith({ podTraffic: 'windows-only' })))).toEqual([
      'cluster -> nodes tcp 10250',
      'nodes -> cluster tcp 443',
      'nodes -> cluster tcp 53',
      'nodes -> cluster udp 53',
      'nodes -> nodes -1',
    ]);
  });

  it('gives out its id, and the rules without which a node cannot join', () => {
    Template.of((stack) => {
      const group = groupWith({})(stack);
      expect(group.rules).toHaveLength(4);
      expect(stack.node.findAll()).toEqual(expect.arrayContaining([...group.rules]));
    });
  });

  it('tags the group and its rules', () => {
    const tags = { team: 'windows' };
    const tagged = Template.of(groupWith({ tags }));
    const types = ['aws_security_group', 'aws_vpc_security_group_egress_rule'];
    const all = [...types, 'aws_vpc_security_group_ingress_rule'].flatMap((type) =>
      Object.values(tagged.resources(type)),
    );
    expect(all.map((one) => one['tags'])).toEqual(all.map(() => tags));
  });

  it('passes inputs that only Terraform knows', () => {
    const unknown = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const cluster = { name: text, securityGroupId: text };
      groupWith({ name: text, subnetId: text, cluster })(stack);
    });
    expect(unknown.data('aws_subnet')).toEqual({ id: '${var.text}' });
    expect(unknown.resource('aws_security_group')['name_prefix']).toBe('${var.text}-');
  });

  it('lists every wrong input at once', () => {
    const wrong = {
      name: 'sg-nodes',
      cluster: { name: '-', securityGroupId: 'sg-1' },
      subnetId: 'subnet-1',
      podTraffic: 'none' as never,
    };
    expect(refusedBy(() => Template.of(groupWith(wrong)))).toEqual([
      '`name` security-group-name: "sg-nodes"',
      '`cluster.name` cluster-name: "-"',
      '`cluster.securityGroupId` sg-id: "sg-1"',
      '`subnetId` subnet-id: "subnet-1"',
      '`podTraffic` one-of: "none"',
    ]);
  });
});
