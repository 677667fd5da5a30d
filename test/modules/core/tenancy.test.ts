import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { checkHostTenancy, type HostTenancy } from '../../../modules/core';
import { outline } from '../../support/problem';

const HOST = 'h-0123456789abcdef0';
const GROUP = 'arn:aws:resource-groups:us-east-1:111122223333:group/hosts';

const problems = (tenancy: HostTenancy) => checkHostTenancy(['p'], tenancy).map(outline);

describe('checkHostTenancy', () => {
  it.each<HostTenancy>([
    {},
    { tenancy: 'default' },
    { tenancy: 'dedicated' },
    { tenancy: 'host' },
    { tenancy: 'host', hostId: HOST },
    { tenancy: 'host', hostResourceGroupArn: GROUP },
  ])('takes %j', (tenancy) => {
    expect(problems(tenancy)).toEqual([]);
  });

  it.each<[HostTenancy, string]>([
    [{ tenancy: 'shared' as never }, '`p.tenancy` one-of: "shared"'],
    [{ hostId: HOST }, '`p.tenancy` tenancy-of-host: nothing'],
    [{ tenancy: 'dedicated', hostResourceGroupArn: GROUP }, '`p.tenancy` one-of: "dedicated"'],
    [
      { tenancy: 'host', hostId: HOST, hostResourceGroupArn: GROUP },
      `\`p.hostResourceGroupArn\` host-or-host-group: "${GROUP}"`,
    ],
    [{ tenancy: 'host', hostId: 'h-1' }, '`p.hostId` h-id: "h-1"'],
    [
      { tenancy: 'host', hostResourceGroupArn: 'hosts' },
      '`p.hostResourceGroupArn` resource-group-arn: "hosts"',
    ],
  ])('refuses %j', (tenancy, problem) => {
    expect(problems(tenancy)).toEqual([problem]);
  });

  it('passes values that only Terraform knows', () => {
    const unknown = Fn.upper('a');
    expect(problems({ tenancy: unknown as never, hostId: unknown })).toEqual([]);
    expect(problems({ tenancy: unknown as never, hostResourceGroupArn: unknown })).toEqual([]);
  });
});
