import { describe, expect, it } from '@jest/globals';
import { MAX_INLINE_POLICY_CHARACTERS, policySize } from '../../../../modules/iam';
import { expectGolden } from '../../../support/golden';
import {
  actionsOf,
  misfits,
  resourcesOf,
  sidsOf,
  unknownActions,
  unknownConditionKeys,
} from '../../../support/iam';
import { repositoryText } from '../../../support/repository';
import { RENDERED_POLICIES } from './rendered-policies';

const POLICIES = Object.entries(RENDERED_POLICIES);

const STATEMENTS = POLICIES.flatMap(([, { Statement }]) => Statement);

describe.each(POLICIES)('the policy %s', (name, policy) => {
  it('is the one that a person has read', () => {
    expectGolden(`policy/${name}.json`, `${JSON.stringify(policy, null, 2)}\n`);
  });

  it('names only actions that AWS knows', async () => {
    expect(actionsOf(policy).length).toBeGreaterThan(0);
    expect(await unknownActions(policy)).toEqual([]);
  });

  it('allows actions on resources of their kind', async () => {
    expect((await Promise.all(policy.Statement.map(misfits))).flat()).toEqual([]);
  });

  it('asks for conditions that AWS knows', async () => {
    expect((await Promise.all(policy.Statement.map(unknownConditionKeys))).flat()).toEqual([]);
  });

  it('gives each statement a name of letters and digits, once', () => {
    const sids = sidsOf(policy);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid ?? ''))).toEqual([]);
    expect(new Set(sids).size).toBe(sids.length);
  });

  it('stays in one partition', () => {
    const arns = resourcesOf(policy).filter((one) => one !== '*');
    expect(new Set(arns.map((arn) => arn.split(':')[1])).size).toBe(1);
  });
});

describe('the checks of policies', () => {
  it('find an action on a resource of another kind', async () => {
    const Resource = ['arn:aws:ec2:*:*:instance/*', 'arn:aws:s3:::a/*'];
    const statement = {
      Sid: 'A',
      Effect: 'Allow',
      Action: ['s3:GetObject', 'sns:Publish'],
    } as const;
    expect(await misfits({ ...statement, Resource })).toEqual([
      'A: sns:Publish works on none of the resources',
      'A: no action works on arn:aws:ec2:*:*:instance/*',
    ]);
  });

  it('find actions and conditions that do not exist', async () => {
    const statement = {
      Effect: 'Allow',
      Action: 'ec2:RunInstance',
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaServices': 'ec2', 'aws:CalledVia': 'a' } },
    } as const;
    expect(await unknownActions({ Version: '2012-10-17', Statement: [statement] })).toEqual([
      'ec2:RunInstance',
    ]);
    expect(await unknownConditionKeys(statement)).toEqual(['kms:ViaServices']);
  });
});

/** Rows of the table of wildcards: the Sid and the reason. */
function documentedWildcards(): Map<string, string> {
  const section = /^## Statements on every resource\n([^#]*)/m.exec(
    repositoryText('docs/permissions.md'),
  )?.[1];
  const rows = (section ?? '').matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm);
  return new Map([...rows].map(([, sid = '', reason = '']) => [sid, reason.trim()] as const));
}

describe('statements on every resource', () => {
  const sids = STATEMENTS.filter(({ Resource }) => [Resource].flat().includes('*')).map(
    ({ Sid }) => Sid,
  );

  it('are all in docs/permissions.md, with a reason, and no other ones are', () => {
    const documented = documentedWildcards();
    expect([...new Set(sids)].sort()).toEqual([...documented.keys()].sort());
    expect([...documented].filter(([, reason]) => reason.length < 20)).toEqual([]);
  });

  it('change nothing but what the instance itself tells Systems Manager', () => {
    const changing = STATEMENTS.filter(({ Resource }) => Resource === '*')
      .flatMap(({ Action }) => Action)
      .filter((action) => !/^[^:]+:(?:Describe|Get|List)/.test(action));
    expect(new Set(changing.map((action) => action.split(':')[0]))).toEqual(
      new Set(['ec2messages', 'ssm', 'ssmmessages']),
    );
  });
});

describe('the size of policies', () => {
  it('leaves half of what a role may have to the resources of a build', () => {
    const size = (name: string): number => {
      const policy = RENDERED_POLICIES[name];
      return policy === undefined ? Number.NaN : policySize(policy);
    };
    expect(size('build')).toBeLessThan(MAX_INLINE_POLICY_CHARACTERS / 2);
    expect(size('execution-in-europe')).toBeLessThan(MAX_INLINE_POLICY_CHARACTERS * 0.6);
  });
});
