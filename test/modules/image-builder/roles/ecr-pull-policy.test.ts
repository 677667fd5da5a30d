import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { policyOf } from '../../../../modules/iam';
import {
  ecrPullStatements,
  PULL_THROUGH_CACHE_PREFIXES,
} from '../../../../modules/image-builder/roles/ecr-pull-policy';
import { expectGolden } from '../../../support/golden';
import { statementOf } from '../../../support/iam';
import { outline } from '../../../support/problem';

const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const IMAGES = [
  'mcr.microsoft.com/windows/servercore:ltsc2022',
  '444455556666.dkr.ecr.us-west-2.amazonaws.com/shared/agent:7',
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:42',
  `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web@${DIGEST}`,
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/base:1',
];

const policyFor = (...args: Parameters<typeof ecrPullStatements>) =>
  policyOf(ecrPullStatements(...args));

/** Repositories by the statement that allows something on them. */
const repositoriesOf = (...args: Parameters<typeof ecrPullStatements>) =>
  Object.fromEntries(
    ecrPullStatements(...args)
      .slice(1)
      .map(({ Sid, Resource }) => [
        Sid,
        [Resource ?? []].flat().map((arn) => arn.replace(/^.*:repository\//, '')),
      ]),
  );

describe('ecrPullStatements', () => {
  it('allow the login, and the pull of exactly these repositories', () => {
    expectGolden('policy/ecr-pull.json', `${JSON.stringify(policyFor(IMAGES), null, 2)}\n`);
  });

  it.each<[string, readonly string[]]>([
    ['no image', []],
    ['public images only', ['nginx:1', 'public.ecr.aws/nginx/nginx:1', 'mcr.microsoft.com/a:1']],
    ['an image that only Terraform knows', [Fn.upper('a')]],
    ['what is no reference', ['https://example.com']],
  ])('are none for %s', (_, images) => {
    expect(ecrPullStatements(images, ['ROOT'])).toEqual([]);
  });

  it('are the same for the same images in another order', () => {
    const prefixes = ['shop'];
    expect(policyFor([...IMAGES].reverse(), prefixes)).toEqual(policyFor(IMAGES, prefixes));
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
  ])('name repositories of %s in their partition', (host, arn) => {
    expect(statementOf(policyFor([`${host}/a/b:1`]), 'PullCachedImages').Resource).toEqual([arn]);
  });

  it('let the build make and fill the repositories below a cache prefix, and only those', () => {
    expect(repositoriesOf(IMAGES, ['shop'])).toEqual({
      PullCachedImages: ['base', 'shared/agent'],
      PullThroughCache: ['shop/web'],
    });
  });

  it('name each repository once, whatever the prefixes are', () => {
    expect(repositoriesOf(IMAGES, ['ROOT'])).toEqual({
      PullThroughCache: ['base', 'shop/web', 'shared/agent'],
    });
  });

  it('take a prefix as whole parts of a name', () => {
    expect(repositoriesOf(IMAGES, ['sho', 'base', 'shop/web'])).toEqual({
      PullCachedImages: ['base', 'shop/web', 'shared/agent'],
    });
  });

  it('allow no more on other repositories than to pull', () => {
    const { Action } = statementOf(policyFor(IMAGES, ['shop']), 'PullCachedImages');
    expect(Action).toEqual([
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    ]);
  });
});

describe('PULL_THROUGH_CACHE_PREFIXES', () => {
  const problems = (prefixes: readonly string[]) =>
    PULL_THROUGH_CACHE_PREFIXES.check(['prefixes'], prefixes).map(outline);

  it.each(['docker-hub', 'ecr/public', 'a.b_c-d', 'ROOT', Fn.lower('A')])('takes %s', (prefix) => {
    expect(problems([prefix])).toEqual([]);
  });

  it.each(['', '/', 'docker-hub/', '/docker-hub', 'Docker', 'a*', 'a//b', 'root!'])(
    'refuses %j',
    (prefix) => {
      expect(problems(['ok', prefix])).toEqual([
        `\`prefixes[1]\` pull-through-prefix: ${JSON.stringify(prefix)}`,
      ]);
    },
  );
});
