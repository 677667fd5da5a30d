import { describe, expect, it } from '@jest/globals';
import type { DistributionTarget } from '../../../../modules/image-builder';
import {
  checkEncryptedImageTargets,
  publicLaunchWarning,
} from '../../../../modules/image-builder/distribution/encrypted-sharing';
import { EVERYONE } from '../../../../modules/image-builder/distribution/launch-permission';
import { outline } from '../../../support/problem';

const A = '111122223333';
const region = 'us-east-1';
const kmsKeyId = `arn:aws:kms:eu-west-1:${A}:key/0123`;

const texts = (target: DistributionTarget, rootVolumeKmsKeyId?: string) =>
  checkEncryptedImageTargets(['targets'], [target], { region, rootVolumeKmsKeyId }).map(outline);

describe('checkEncryptedImageTargets', () => {
  it('refuses to publish an encrypted AMI', () => {
    expect(texts({ region, launchPermission: { everyone: EVERYONE } }, kmsKeyId)).toEqual([
      `\`targets[0].launchPermission.everyone\` public-encrypted-ami: "${EVERYONE}"`,
    ]);
  });

  it('has nothing against sharing an AMI without an encrypted volume', () => {
    const everyone = { region, launchPermission: { everyone: EVERYONE, accountIds: [A] } } as const;
    const image = { region, encrypted: false };
    expect(checkEncryptedImageTargets(['targets'], [everyone], image)).toEqual([]);
  });

  it('wants a key of your own on the root volume for copies in other accounts', () => {
    const copies = { region: 'eu-west-1', accountIds: [A], kmsKeyId };
    expect(texts(copies)).toEqual([`\`targets[0].accountIds\` copies-of-default-key: ["${A}"]`]);
    expect(texts(copies, 'alias/root')).toEqual([]);
  });

  it('wants one for launches by others in the Region of the build', () => {
    const shared = { region, launchPermission: { accountIds: [A] } };
    expect(texts(shared)).toEqual([
      `\`targets[0].launchPermission\` launch-permission-of-default-key: {"accountIds":["${A}"]}`,
    ]);
    expect(texts(shared, 'alias/root')).toEqual([]);
  });

  it('wants one on the copy for launches by others elsewhere', () => {
    const shared = { region: 'eu-west-1', launchPermission: { accountIds: [A] } };
    expect(texts(shared, 'alias/root')).toEqual([
      `\`targets[0].launchPermission\` launch-permission-without-key: {"accountIds":["${A}"]}`,
    ]);
    expect(texts({ ...shared, kmsKeyId })).toEqual([]);
  });

  it.each<DistributionTarget>([
    { region },
    { region: 'eu-west-1' },
    { region, accountIds: [], launchPermission: { accountIds: [] } },
  ])('takes %j, which shares nothing', (target) => {
    expect(texts(target)).toEqual([]);
  });
});

describe('publicLaunchWarning', () => {
  it('names the Regions in which AMIs will be public', () => {
    const launchPermission = { everyone: EVERYONE } as const;
    const targets = [
      { region, launchPermission },
      { region: 'ap-south-1' },
      { region: 'eu-west-1', launchPermission },
    ];
    expect(publicLaunchWarning(targets)).toBe(
      'AMIs in us-east-1, eu-west-1 will be public: anyone with an AWS account can launch them ' +
        'and read everything in them, cached container images included.',
    );
  });

  it('says nothing when none is', () => {
    expect(publicLaunchWarning([{ region, launchPermission: { accountIds: [A] } }])).toBe(
      undefined,
    );
  });
});
