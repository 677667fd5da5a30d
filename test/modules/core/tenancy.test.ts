import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { checkHostTenancy, formatProblem, type HostTenancy } from '../../../modules/core';

const HOST = 'h-0123456789abcdef0';
const GROUP = 'arn:aws:resource-groups:us-east-1:111122223333:group/hosts';

const problems = (tenancy: HostTenancy) => checkHostTenancy(['p'], tenancy).map(formatProblem);

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
    [
      { tenancy: 'shared' as never },
      '`p.tenancy` must be one of "default", "dedicated", "host", got: "shared"',
    ],
    [{ hostId: HOST }, '`p.tenancy` must be "host" for a host or a host group, got: nothing'],
    [
      { tenancy: 'dedicated', hostResourceGroupArn: GROUP },
      '`p.tenancy` must be one of "host", got: "dedicated"',
    ],
    [
      { tenancy: 'host', hostId: HOST, hostResourceGroupArn: GROUP },
      `\`p.hostResourceGroupArn\` must be left out when there is a \`hostId\`, got: "${GROUP}"`,
    ],
    [
      { tenancy: 'host', hostId: 'h-1' },
      '`p.hostId` must be the id of a Dedicated Host (h- and 8 or 17 hex digits), got: "h-1"',
    ],
    [
      { tenancy: 'host', hostResourceGroupArn: 'hosts' },
      '`p.hostResourceGroupArn` must be the ARN of a resource group such as ' +
        'arn:aws:resource-groups:us-east-1:111122223333:group/hosts, got: "hosts"',
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
