import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import {
  checkKmsKeyArn,
  checkKmsKeyOrAliasArn,
  checkLicenseConfigurationArn,
  checkResourceGroupArn,
  checkSnsTopicArn,
  type Path,
  type Problem,
} from '../../../modules/core';
import { outline } from '../../support/problem';

type Check = (path: Path, value: string) => Problem[];

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ALIAS = 'arn:aws:kms:us-east-1:111122223333:alias/team/images';
const LICENCE = 'lic-0123456789abcdef0123456789abcdef';

const CASES: readonly {
  readonly check: Check;
  readonly id: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}[] = [
  {
    check: checkSnsTopicArn,
    id: 'sns-topic-arn',
    good: [
      'arn:aws:sns:us-east-1:111122223333:Images_1-a',
      'arn:aws-us-gov:sns:us-gov-west-1:111122223333:images',
    ],
    bad: [
      '',
      'images',
      'arn:aws:sns:us-east-1:111122223333:images.fifo',
      'arn:aws:sns:us-east-1:1111:images',
      'arn:aws:sqs:us-east-1:111122223333:images',
      'arn:aws:sns:us-east-1:111122223333:images\n',
    ],
  },
  {
    check: checkKmsKeyArn,
    id: 'kms-key-arn',
    good: [KEY, 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab'],
    bad: ['', '1234abcd-12ab-34cd-56ef-1234567890ab', 'alias/images', ALIAS],
  },
  {
    check: checkKmsKeyOrAliasArn,
    id: 'kms-key-or-alias-arn',
    good: [KEY, ALIAS],
    bad: ['', 'alias/images', 'arn:aws:kms:us-east-1:111122223333:alias/'],
  },
  {
    check: checkLicenseConfigurationArn,
    id: 'license-configuration-arn',
    good: [`arn:aws:license-manager:us-east-1:111122223333:license-configuration:${LICENCE}`],
    bad: [
      '',
      LICENCE,
      `arn:aws:license-manager:us-east-1:111122223333:license-configuration/${LICENCE}`,
      `arn:aws:license-manager:us-east-1:111122223333:license-configuration:${LICENCE}0`,
    ],
  },
  {
    check: checkResourceGroupArn,
    id: 'resource-group-arn',
    good: ['arn:aws:resource-groups:us-east-1:111122223333:group/my.hosts-1_a'],
    bad: ['', 'hosts', 'arn:aws:resource-groups:us-east-1:111122223333:hosts'],
  },
];

describe.each(CASES)('$check.name', ({ check, id, good, bad }) => {
  it.each([...good, Fn.upper('a')])('takes %s', (value) => {
    expect(check(['x'], value)).toEqual([]);
  });

  it.each(bad)('refuses %j', (value) => {
    expect(check(['x'], value).map(outline)).toEqual([`\`x\` ${id}: ${JSON.stringify(value)}`]);
  });
});
