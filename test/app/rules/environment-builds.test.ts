import { describe, expect, it } from '@jest/globals';
import type { Change } from '../full-environment';
import { wideProblems } from '../wide-environment';

type Mistake = [name: string, changes: readonly Change[], expected: readonly string[]];

describe('when an image is built and what becomes of it, in an environment file', () => {
  describe('when it is built', () => {
    it.each<Mistake>([
      [
        'a start condition that is none',
        [['when-dependencies-changed', 'sometimes']],
        ['82:76  `image.schedule.startCondition` one-of: "sometimes"'],
      ],
      [
        'a pipeline that is no yes or no',
        [['pipelineEnabled: false', 'pipelineEnabled: off']],
        ['83:20  `image.pipelineEnabled` wrong-type: "off"'],
      ],
      [
        'a reason to build again with a line end',
        [['rebuild: 2026-11 patches', 'rebuild: "a\\nb"']],
        ['86:12  `image.rebuild` rebuild: "a\\nb"'],
      ],
      [
        'a reason to build again that is too long',
        [
          [
            'rebuild: 2026-11 patches',
            'rebuild: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
          ],
        ],
        [
          '86:12  `image.rebuild` rebuild: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
        ],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('notifications', () => {
    it.each<Mistake>([
      [
        'a state that is none',
        [['[FAILED]', '[BROKEN]']],
        ['84:29  `image.notifications.states[0]` one-of: "BROKEN"'],
      ],
      ['no state', [['[FAILED]', '[]']], ['84:28  `image.notifications.states` list-length: 0']],
      [
        'a state twice',
        [['[FAILED]', '[FAILED, FAILED]']],
        ['84:37  `image.notifications.states[1]` unique: "FAILED"'],
      ],
      [
        'nobody to tell',
        [[', emails: [team@example.com]', '']],
        ['84:3  `image.notifications.topicArn` receiver-missing: nothing'],
      ],
      [
        'a topic and addresses',
        [['emails:', 'topicArn: "arn:aws:sns:us-east-1:111122223333:a", emails:']],
        ['84:96  `image.notifications.emails` receiver-twice: ["team@example.com"]'],
      ],
      [
        'a topic that is none, without a consequence',
        [['emails: [team@example.com]', 'topicArn: images']],
        ['84:48  `image.notifications.topicArn` sns-topic-arn: "images"'],
      ],
      [
        'an empty list of addresses',
        [['[team@example.com]', '[]']],
        ['84:46  `image.notifications.emails` list-length: 0'],
      ],
      [
        'an address twice',
        [['[team@example.com]', '[team@example.com, team@example.com]']],
        ['84:65  `image.notifications.emails[1]` unique: "team@example.com"'],
      ],
      [
        'an address that Terraform would read',
        [['team@example.com', '"${x}@example.com"']],
        ['84:47  `image.notifications.emails[0]` terraform-expression: "${x}@example.com"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });

  describe('retention', () => {
    it.each<Mistake>([
      [
        'a word that is none',
        [
          [
            'retention: { older: deprecate, keep: 5, onDestroy: delete, timeoutMinutes: 90 }',
            'retention: keep',
          ],
        ],
        ['85:14  `image.retention` alternative: "keep"'],
      ],
      [
        'what happens to older AMIs, written wrongly',
        [['older: deprecate', 'older: remove']],
        ['85:23  `image.retention.older` one-of: "remove"'],
      ],
      [
        'a number of AMIs alone',
        [['older: deprecate, keep: 5, ', 'keep: 5, ']],
        ['85:22  `image.retention.keep` keep-without-older: 5'],
      ],
      [
        'no AMI that stays',
        [['keep: 5', 'keep: 0']],
        ['85:40  `image.retention.keep` integer-range: 0'],
      ],
      [
        'too many AMIs that stay',
        [['keep: 5', 'keep: 1001']],
        ['85:40  `image.retention.keep` integer-range: 1001'],
      ],
      [
        'what happens at the end, written wrongly',
        [['onDestroy: delete', 'onDestroy: all']],
        ['85:54  `image.retention.onDestroy` one-of: "all"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
