import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import type { CapacityReservation, NodeTenancy } from '../../../../modules/eks-windows-nodes';
import {
  buildCapacityReservation,
  buildNodeTenancy,
  capacityReservation,
  checkReservationTenancy,
  nodeTenancy,
} from '../../../../modules/eks-windows-nodes/instance/tenancy-and-reservation';
import { outline } from '../../../support/problem';

const ID = 'cr-0123456789abcdef0';
const GROUP = 'arn:aws:resource-groups:us-east-1:111122223333:group/windows';

describe('the placement of nodes', () => {
  it.each<NodeTenancy>([
    {},
    { groupName: 'spread' },
    { tenancy: 'dedicated', groupName: 'spread' },
    { tenancy: 'host', hostId: 'h-0123456789abcdef0' },
    { tenancy: 'host', hostResourceGroupArn: GROUP },
  ])('is written as it is: %j', (placement) => {
    expect(nodeTenancy.check(['placement'], placement)).toEqual([]);
    expect(buildNodeTenancy(placement)).toEqual(placement);
  });

  it('lists all that is wrong with it', () => {
    const wrong = { tenancy: 'shared' as never, groupName: ' spread' };
    expect(nodeTenancy.check(['placement'], wrong).map(outline)).toEqual([
      '`placement.tenancy` one-of: "shared"',
      '`placement.groupName` placement-group-name: " spread"',
    ]);
  });
});

describe('the Capacity Reservation of nodes', () => {
  const problems = (reservation: CapacityReservation) =>
    capacityReservation.check(['capacityReservation'], reservation).map(outline);

  const onHosts = (reservation: CapacityReservation, tenancy: NodeTenancy['tenancy']) =>
    checkReservationTenancy(['capacityReservation'], reservation, { tenancy }).map(outline);

  it.each<[CapacityReservation, object]>([
    [{ preference: 'open' }, { capacityReservationPreference: 'open' }],
    [{ preference: 'none' }, { capacityReservationPreference: 'none' }],
    [
      { preference: 'capacity-reservations-only' },
      { capacityReservationPreference: 'capacity-reservations-only' },
    ],
    [{ id: ID }, { capacityReservationTarget: { capacityReservationId: ID } }],
    [
      { resourceGroupArn: GROUP },
      { capacityReservationTarget: { capacityReservationResourceGroupArn: GROUP } },
    ],
    [
      { preference: 'capacity-reservations-only', resourceGroupArn: GROUP },
      {
        capacityReservationPreference: 'capacity-reservations-only',
        capacityReservationTarget: { capacityReservationResourceGroupArn: GROUP },
      },
    ],
  ])('may be %j', (reservation, block) => {
    expect(problems(reservation)).toEqual([]);
    expect(buildCapacityReservation(reservation)).toEqual(block);
  });

  it.each<[CapacityReservation, string]>([
    [{}, '`capacityReservation` reservation-empty: nothing'],
    [{ preference: 'only' as never }, '`capacityReservation.preference` one-of: "only"'],
    [{ id: 'cr-1' }, '`capacityReservation.id` cr-id: "cr-1"'],
    [
      { resourceGroupArn: 'windows' },
      '`capacityReservation.resourceGroupArn` resource-group-arn: "windows"',
    ],
    [
      { id: ID, resourceGroupArn: GROUP },
      `\`capacityReservation.resourceGroupArn\` reservation-targets: "${GROUP}"`,
    ],
    [
      { preference: 'open', id: ID },
      '`capacityReservation.preference` reservation-preference: "open"',
    ],
    [
      { preference: 'none', resourceGroupArn: GROUP },
      '`capacityReservation.preference` reservation-preference: "none"',
    ],
  ])('may not be %j', (reservation, problem) => {
    expect(problems(reservation)).toEqual([problem]);
  });

  it.each<CapacityReservation>([
    { id: ID },
    { resourceGroupArn: GROUP },
    { preference: 'capacity-reservations-only' },
  ])('is not asked for on Dedicated Hosts: %j', (reservation) => {
    expect(onHosts(reservation, 'host')).toEqual([
      `\`capacityReservation\` reservation-on-host: ${JSON.stringify(reservation)}`,
    ]);
    expect(onHosts(reservation, 'dedicated')).toEqual([]);
    expect(onHosts(reservation, undefined)).toEqual([]);
    expect(onHosts(reservation, Fn.upper('host') as never)).toEqual([]);
  });

  it.each<CapacityReservation>([{ preference: 'none' }, { preference: 'open' }])(
    'may be left to chance on Dedicated Hosts: %j',
    (reservation) => {
      expect(onHosts(reservation, 'host')).toEqual([]);
    },
  );

  it('passes what only Terraform knows', () => {
    const unknown = Fn.upper('a');
    expect(problems({ preference: unknown as never, id: unknown })).toEqual([]);
    expect(problems({ preference: unknown as never, resourceGroupArn: unknown })).toEqual([]);
  });
});
