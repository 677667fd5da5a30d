import { describe, expect, it } from '@jest/globals';
import { problemsOf, withChanges } from '../full-environment';

const problems = (access: string) =>
  problemsOf(withChanges(['nodes:\n', `nodes:\n  access: ${access}\n`]));

describe('access of the nodes in an environment file', () => {
  it.each([
    '{}',
    '{ entry: none, sessionManager: true, policyArns: ["arn:aws:iam::111122223333:policy/logs"] }',
    '{ entry: aws-auth }',
    '{ entry: existing-entry, instanceProfileName: nodes }',
    '{ roleArn: "arn:aws:iam::111122223333:role/nodes" }',
  ])('may be %s', (access) => {
    expect(problems(access)).toEqual([]);
  });

  it('is refused with the place in the file, by the rules of the construct', () => {
    expect(problems('{ roleArn: nodes, sessionManager: true }')).toEqual([
      expect.stringMatching(/^e\.yaml:\d+:22 {2}`nodes\.access\.roleArn` role-arn: "nodes"$/),
      expect.stringMatching(
        /^e\.yaml:\d+:45 {2}`nodes\.access\.sessionManager` existing-role-session-manager: true$/,
      ),
    ]);
  });
});
