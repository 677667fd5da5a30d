import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { renderFastLaunchScript } from '../../../../modules/fast-launch/scripts';
import { repositoryText } from '../../../support/repository';

const PAGE = repositoryText('docs/fast-launch-failures.md');

/** The second column of the table of the page. */
function documentedFixes(): string[] {
  const [, section = ''] = PAGE.split('## Reasons and fixes');
  const [table = ''] = section.split('\n## ');
  const rows = table.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) => row.split(' | ')[1]?.replace(/ \|$/, '') ?? '');
}

/** The sentences of the script. */
function knownFixes(): string[] {
  const [, rest = ''] = renderFastLaunchScript('enable').split('known_fix() {');
  const [body = ''] = rest.split('\n}\n');
  return [...body.matchAll(/echo '([^']*)'/g)].map(([, fix]) => fix ?? '');
}

/** What the script says about a reason. */
function fixOf(reason: string): string {
  const [, is = ''] = renderFastLaunchScript('enable').split('is_passing() {');
  const [, fix = ''] = renderFastLaunchScript('enable').split('known_fix() {');
  const script = [
    `is_passing() {${is.split('\n}\n')[0]}\n}`,
    `known_fix() {${fix.split('\n}\n')[0]}\n}`,
    'known_fix "$1"',
  ].join('\n');
  return spawnSync('/bin/sh', ['-c', script, 'sh', reason], { encoding: 'utf8' }).stdout.trim();
}

describe('known fixes', () => {
  it('are the same on the page and in the script, in the same order', () => {
    expect(documentedFixes()).toEqual(knownFixes());
  });

  it.each([
    ['Unable to stop instance ID=i-1 for snapshot creation.', 'Sysprep and shutdown'],
    [
      "Can't enable EC2 Fast Launch. The IAM credentials you used do not have sufficient permissions. Attach EC2FastLaunchFullAccess",
      'the policy EC2FastLaunchFullAccess',
    ],
    ['The VPC limit was reached', 'give a subnet, so that'],
    ['An error occurred (VpcLimitExceeded) when calling the x operation: y', 'give a subnet, so'],
    [
      'You are not authorized to perform ec2:CreateTags on network-interface',
      'remove the tags on network interfaces',
    ],
    ['Run instances dry run failed', 'allow ec2:RunInstances'],
    ['Client.InternalError: Client error on launch', 'AWSServiceRoleForEC2FastLaunch'],
    ['An error occurred (InternalError) when calling the x operation: y', 'it may pass by itself'],
    ['An error occurred (502) when calling the x operation: Bad Gateway', 'it may pass by itself'],
    ['Unable to parse response (no element found), invalid XML received', 'it may pass by itself'],
    ['aws: [ERROR]: Read timeout on endpoint URL: "https://x/"', 'it may pass by itself'],
    [
      'An error occurred (ExpiredToken) when calling the x operation: The security token included in the request is expired',
      'credentials that last longer',
    ],
    ['something else', 'win-fast-launch-troubleshoot'],
  ])('has a fix for: %s', (reason, fix) => {
    expect(fixOf(reason)).toContain(fix);
  });
});
