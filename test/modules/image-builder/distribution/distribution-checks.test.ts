import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import fc from 'fast-check';
import type { DistributionTarget } from '../../../../modules/image-builder';
import { checkDistributionTargets } from '../../../../modules/image-builder/distribution/distribution-checks';
import { EVERYONE } from '../../../../modules/image-builder/distribution/launch-permission';
import { outline } from '../../../support/problem';

const A = '111122223333';
const B = '444455556666';
const KEY = `arn:aws:kms:us-east-1:${A}:key/0123`;
const TEMPLATE = 'lt-0123456789abcdef0';

const problemsOf = (...targets: readonly DistributionTarget[]) =>
  checkDistributionTargets(['targets'], targets).map(outline);

/** What is wrong with one target in us-east-1, without `targets[0].`. */
const problemsWith = (target: Omit<DistributionTarget, 'region'>) =>
  problemsOf({ region: 'us-east-1', ...target }).map((text) => text.replace('targets[0].', ''));

const COPIES = { accountIds: [A], kmsKeyId: KEY };

describe('targets', () => {
  it('name each Region once', () => {
    const targets = ['us-east-1', 'eu-west-1', 'us-east-1'].map((region) => ({ region }));
    expect(problemsOf(...targets)).toEqual(['`targets[2].region` unique: "us-east-1"']);
  });
});

describe('accounts with a copy', () => {
  it('are account ids, each once, up to 1,536', () => {
    expect(problemsWith({ kmsKeyId: KEY, accountIds: [A, '12345', A] })).toEqual([
      `\`accountIds[2]\` unique: "${A}"`,
      '`accountIds[1]` account-id: "12345"',
    ]);
    const many = Array.from({ length: 1537 }, (_, index) => String(100_000_000_000 + index));
    expect(problemsWith({ kmsKeyId: KEY, accountIds: many.slice(1) })).toEqual([]);
    expect(problemsWith({ kmsKeyId: KEY, accountIds: many })).toEqual([
      '`accountIds` list-length: 1537',
    ]);
  });

  it('need a key that they can use', () => {
    expect(problemsWith({ accountIds: [A] })).toEqual(['`kmsKeyId` copy-without-key: nothing']);
  });
});

describe('the key of copies', () => {
  it.each([KEY, `arn:aws-cn:kms:us-east-1:${A}:alias/images/windows`])('may be %s', (kmsKeyId) => {
    expect(problemsWith({ kmsKeyId })).toEqual([]);
  });

  it.each(['0123', 'alias/images', `arn:aws:kms:eu-west-1:${A}:key/0123`, `${KEY} `])(
    'must be an ARN of the Region, not %j',
    (kmsKeyId) => {
      expect(problemsWith({ kmsKeyId })).toEqual([
        `\`kmsKeyId\` copy-key-arn: ${JSON.stringify(kmsKeyId)}`,
      ]);
    },
  );

  it('is of any Region when the Region is not known, or is none', () => {
    const region = Fn.lower('us-east-1');
    expect(problemsOf({ region, kmsKeyId: KEY })).toEqual([]);
    expect(problemsOf({ region, kmsKeyId: 'k' })).toEqual([
      '`targets[0].kmsKeyId` copy-key-arn: "k"',
    ]);
    expect(problemsOf({ region: 'mars', kmsKeyId: KEY })).toEqual([
      '`targets[0].region` region: "mars"',
    ]);
  });

  it('is not for public AMIs', () => {
    expect(problemsWith({ kmsKeyId: KEY, launchPermission: { everyone: EVERYONE } })).toEqual([
      `\`kmsKeyId\` key-of-public-ami: "${KEY}"`,
    ]);
  });
});

describe('tags of AMIs', () => {
  it('have the keys that Image Builder takes', () => {
    const amiTags = { 'cost centre': '1', 'a:b/c=d+e-f@g_.': '', 'aws:x': '1', ä: '1' };
    expect(problemsWith({ amiTags })).toEqual([
      '`amiTags["aws:x"]` ami-tag-key: "aws:x"',
      '`amiTags["ä"]` ami-tag-key: "ä"',
    ]);
  });

  it('have up to 256 characters, and are up to 50', () => {
    expect(problemsWith({ amiTags: { a: 'x'.repeat(256) } })).toEqual([]);
    expect(problemsWith({ amiTags: { a: 'x'.repeat(257) } })).toEqual([
      `\`amiTags.a\` ami-tag-length: "${'x'.repeat(116)}...`,
    ]);
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
    expect(problemsWith({ amiTags: tags(50) })).toEqual([]);
    expect(problemsWith({ amiTags: tags(51) })).toEqual(['`amiTags` list-length: 51']);
  });

  it('may be a map that only Terraform knows', () => {
    expect(problemsWith({ amiTags: Token.asStringMap(Fn.merge([{ 'aws:x': '1' }])) })).toEqual([]);
  });
});

describe('launch permissions', () => {
  it('name accounts, organizations and units in their forms, each once', () => {
    const organization = `arn:aws:organizations::${A}:organization/o-0123456789`;
    const launchPermission = {
      accountIds: ['1'],
      organizationArns: [organization, 'o-0123456789', organization],
      organizationalUnitArns: ['ou-abcd-01234567'],
    };
    expect(problemsWith({ launchPermission })).toEqual([
      '`launchPermission.accountIds[0]` account-id: "1"',
      `\`launchPermission.organizationArns[2]\` unique: "${organization}"`,
      '`launchPermission.organizationArns[1]` organization-arn: "o-0123456789"',
      '`launchPermission.organizationalUnitArns[0]` organizational-unit-arn: "ou-abcd-01234567"',
    ]);
  });

  it('are up to 25 organizations', () => {
    const organizationArns = Array.from(
      { length: 26 },
      (_, index) => `arn:aws:organizations::${A}:organization/o-${100_000_000_000 + index}`,
    );
    expect(problemsWith({ launchPermission: { organizationArns } })).toEqual([
      '`launchPermission.organizationArns` list-length: 26',
    ]);
  });

  it.each(['all', 'yes', ''])('do not publish an AMI for the word %j', (word) => {
    const everyone = word as typeof EVERYONE;
    expect(problemsWith({ launchPermission: { everyone } })).toEqual([
      `\`launchPermission.everyone\` public-ami-words: ${JSON.stringify(word)}`,
    ]);
  });
});

describe('licence configurations', () => {
  it('are ARNs', () => {
    expect(problemsWith({ licenseConfigurationArns: ['lic-0'] })).toEqual([
      '`licenseConfigurationArns[0]` license-configuration-arn: "lic-0"',
    ]);
  });
});

describe('SSM parameters', () => {
  it('are named once in an account that has an AMI', () => {
    const name = '/windows/ami';
    const amiParameters = [
      { name },
      { name, accountId: A },
      { name, accountId: A },
      { name, accountId: B },
      { name },
    ];
    expect(problemsWith({ ...COPIES, amiParameters })).toEqual([
      `\`amiParameters[3].accountId\` parameter-account: "${B}"`,
      '`amiParameters[2].name` unique: "/windows/ami"',
      '`amiParameters[4].name` unique: "/windows/ami"',
    ]);
  });

  it('may be in an account that only Terraform knows, or whose copy only it knows', () => {
    const unknown = Fn.upper('1');
    const parameter = (accountId: string) => [{ name: '/windows/ami', accountId }];
    expect(problemsWith({ amiParameters: parameter(unknown) })).toEqual([]);
    const accountIds = [unknown];
    expect(problemsWith({ kmsKeyId: KEY, accountIds, amiParameters: parameter(A) })).toEqual([]);
  });
});

describe('launch templates', () => {
  it('have ids, each once', () => {
    expect(problemsWith({ launchTemplates: [{ id: 'nodes' }] })).toEqual([
      '`launchTemplates[0].id` launch-template-id: "nodes"',
    ]);
    expect(problemsWith({ launchTemplates: [{ id: TEMPLATE }, { id: TEMPLATE }] })).toEqual([
      `\`launchTemplates[1].id\` unique: "${TEMPLATE}"`,
    ]);
  });

  it('of another account need its launch permission, not a copy', () => {
    const launchTemplates = [{ id: TEMPLATE, accountId: A }];
    expect(problemsWith({ ...COPIES, launchTemplates })).toEqual([
      `\`launchTemplates[0].accountId\` launch-template-account: "${A}"`,
    ]);
    const organizationArns = [`arn:aws:organizations::${A}:organization/o-0123456789`];
    for (const launchPermission of [
      { accountIds: [A] },
      { organizationArns },
      { everyone: EVERYONE },
    ] as const) {
      expect(problemsWith({ launchPermission, launchTemplates })).toEqual([]);
    }
  });
});

describe('Fast Launch', () => {
  it('is for one entry an account, of those with an AMI', () => {
    const fastLaunch = [{}, { accountId: A }, { accountId: B }, {}, { accountId: A }];
    expect(problemsWith({ ...COPIES, fastLaunch })).toEqual([
      `\`fastLaunch[2].accountId\` parameter-account: "${B}"`,
      '`fastLaunch[3].accountId` unique: nothing',
      `\`fastLaunch[4].accountId\` unique: "${A}"`,
    ]);
  });

  it('keeps to the limits of EC2, which are narrower than those of the provider', () => {
    const launchTemplate = { id: 'x', version: '$Latest' };
    const fastLaunch = [{ targetResourceCount: 0, maxParallelLaunches: 5, launchTemplate }];
    expect(problemsWith({ fastLaunch })).toEqual([
      '`fastLaunch[0].targetResourceCount` integer-range: 0',
      '`fastLaunch[0].maxParallelLaunches` integer-range: 5',
      '`fastLaunch[0].launchTemplate.id` launch-template-id: "x"',
      '`fastLaunch[0].launchTemplate.version` launch-template-version: "$Latest"',
    ]);
  });
});

describe('any set of targets', () => {
  const account = fc.constantFrom(A, B, '12345');
  const target: fc.Arbitrary<DistributionTarget> = fc.record(
    {
      region: fc.constantFrom('us-east-1', 'eu-west-1', 'ap-south-1', 'mars'),
      accountIds: fc.array(account, { maxLength: 3 }),
      kmsKeyId: fc.constantFrom(KEY, 'alias/x'),
      amiParameters: fc.array(
        fc.record(
          { name: fc.constantFrom('/a/b', '/c/d', 'x'), accountId: account },
          { requiredKeys: ['name'] },
        ),
        { maxLength: 3 },
      ),
      fastLaunch: fc.array(fc.record({ accountId: account }, { requiredKeys: [] }), {
        maxLength: 3,
      }),
    },
    { requiredKeys: ['region'] },
  );
  const targets = fc.array(target, { minLength: 1, maxLength: 5 });

  it('has each problem reported once', () => {
    fc.assert(
      fc.property(targets, (list) => {
        const texts = problemsOf(...list);
        expect(texts).toEqual([...new Set(texts)]);
      }),
    );
  });

  it('has no Region twice unless that is reported, once for each repetition', () => {
    fc.assert(
      fc.property(targets, (list) => {
        const repetitions = list.length - new Set(list.map(({ region }) => region)).size;
        const reported = checkDistributionTargets([], list).filter(
          ({ path, id }) => path[1] === 'region' && id === 'unique',
        );
        expect(reported).toHaveLength(repetitions);
      }),
    );
  });

  it('has the problems of a target whatever stands beside it', () => {
    const place = fc.tuple(target, fc.array(target, { maxLength: 3 }));
    fc.assert(
      fc.property(place, ([one, others]) => {
        const alone = checkDistributionTargets([], [one]).map(({ message }) => message);
        const beside = checkDistributionTargets([], [one, ...others])
          .filter(({ path }) => path[0] === 0)
          .map(({ message }) => message);
        expect(beside).toEqual(alone);
      }),
    );
  });
});
