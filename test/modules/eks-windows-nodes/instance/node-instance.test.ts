import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import type { NodeInstance } from '../../../../modules/eks-windows-nodes';
import {
  buildNodeInstance,
  checkNodeInstance,
  taggedResourceTypes,
} from '../../../../modules/eks-windows-nodes/instance/node-instance';
import { outline } from '../../../support/problem';

const LICENCE =
  'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef';

const SMALLEST = {
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'required',
    httpPutResponseHopLimit: 1,
  },
  blockDeviceMappings: [
    {
      deviceName: '/dev/sda1',
      ebs: { volumeSize: 100, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
    },
  ],
};

const problems = (instance: NodeInstance) => checkNodeInstance(instance).map(outline);

describe('buildNodeInstance', () => {
  it('asks for tokens, keeps pods from the metadata and encrypts the root volume', () => {
    expect(buildNodeInstance({})).toEqual(SMALLEST);
  });

  it.each<[NodeInstance, object]>([
    [
      { httpPutResponseHopLimit: 2 },
      { metadataOptions: { ...SMALLEST.metadataOptions, httpPutResponseHopLimit: 2 } },
    ],
    [{ detailedMonitoring: true }, { monitoring: { enabled: true } }],
    [{ detailedMonitoring: false }, {}],
    [{ keyName: 'operators' }, { keyName: 'operators' }],
    [{ cpuCredits: 'standard' }, { creditSpecification: { cpuCredits: 'standard' } }],
    [{ placement: { tenancy: 'dedicated' } }, { placement: { tenancy: 'dedicated' } }],
    [
      { capacityReservation: { preference: 'none' } },
      { capacityReservationSpecification: { capacityReservationPreference: 'none' } },
    ],
    [
      { licenseConfigurationArns: [LICENCE] },
      { licenseSpecification: [{ licenseConfigurationArn: LICENCE }] },
    ],
    [
      { rootVolumeGiB: 60 },
      {
        blockDeviceMappings: [
          {
            deviceName: '/dev/sda1',
            ebs: { ...SMALLEST.blockDeviceMappings[0]?.ebs, volumeSize: 60 },
          },
        ],
      },
    ],
  ])('adds nothing but %j', (instance, more) => {
    expect(problems(instance)).toEqual([]);
    expect(buildNodeInstance(instance)).toEqual({ ...SMALLEST, ...more });
  });
});

describe('taggedResourceTypes', () => {
  it('leaves network interfaces out, unless they are asked for', () => {
    expect(taggedResourceTypes({})).toEqual(['instance', 'volume']);
    expect(taggedResourceTypes({ tagNetworkInterfaces: false })).toEqual(['instance', 'volume']);
    expect(taggedResourceTypes({ tagNetworkInterfaces: true })).toEqual([
      'instance',
      'volume',
      'network-interface',
    ]);
  });
});

describe('checkNodeInstance', () => {
  it.each<[NodeInstance, string]>([
    [{ httpPutResponseHopLimit: 0 }, '`httpPutResponseHopLimit` integer-range: 0'],
    [{ httpPutResponseHopLimit: 3 }, '`httpPutResponseHopLimit` integer-range: 3'],
    [{ keyName: '' }, '`keyName` key-pair-name: ""'],
    [{ cpuCredits: 'none' as never }, '`cpuCredits` one-of: "none"'],
    [{ securityGroupIds: [] }, '`securityGroupIds` list-length: 0'],
    [
      { licenseConfigurationArns: [LICENCE, LICENCE] },
      `\`licenseConfigurationArns[1]\` unique: ${JSON.stringify(LICENCE)}`,
    ],
    [
      { licenseConfigurationArns: ['lic-1'] },
      '`licenseConfigurationArns[0]` license-configuration-arn: "lic-1"',
    ],
    [{ rootVolume: { iops: 1 } }, '`rootVolume.iops` integer-range: 1'],
    [{ placement: { tenancy: 'shared' as never } }, '`placement.tenancy` one-of: "shared"'],
    [
      { placement: { tenancy: 'host' }, capacityReservation: { id: 'cr-12345678' } },
      '`capacityReservation` reservation-on-host: {"id":"cr-12345678"}',
    ],
    [{ capacityReservation: {} }, '`capacityReservation` reservation-empty: nothing'],
  ])('refuses %j', (instance, problem) => {
    expect(problems(instance)).toEqual([problem]);
  });

  it('lists all problems at once', () => {
    expect(problems({ httpPutResponseHopLimit: 0, rootVolumeGiB: 49, keyName: ' ' })).toHaveLength(
      3,
    );
  });

  it('passes what only Terraform knows', () => {
    const [text, number] = [Fn.upper('a'), Token.asNumber(Fn.sum([1]))];
    expect(
      problems({
        httpPutResponseHopLimit: number,
        keyName: text,
        cpuCredits: text as never,
        securityGroupIds: Token.asList(Fn.concat([])),
        licenseConfigurationArns: [text],
      }),
    ).toEqual([]);
  });
});
