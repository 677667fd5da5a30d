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
        [
          '82:76  `image.schedule.startCondition` must be one of "always", "when-dependencies-changed", got: "sometimes"',
        ],
      ],
      [
        'a pipeline that is no yes or no',
        [['pipelineEnabled: false', 'pipelineEnabled: off']],
        [
          '83:20  `image.pipelineEnabled` must be true or false, got: "off"; write true or false, without quotes',
        ],
      ],
      [
        'a reason to build again with a line end',
        [['rebuild: 2026-11 patches', 'rebuild: "a\\nb"']],
        [
          '86:12  `image.rebuild` must be 1 to 100 characters that a keyboard has, such as a date or a ticket, got: "a\\nb"',
        ],
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
          '86:12  `image.rebuild` must be 1 to 100 characters that a keyboard has, such as a date or a ticket, got: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
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
        [
          '84:29  `image.notifications.states[0]` must be one of "FAILED", "AVAILABLE", "CANCELLED", got: "BROKEN"',
        ],
      ],
      [
        'no state',
        [['[FAILED]', '[]']],
        ['84:28  `image.notifications.states` must have at least 1 item, got: 0'],
      ],
      [
        'a state twice',
        [['[FAILED]', '[FAILED, FAILED]']],
        [
          '84:37  `image.notifications.states[1]` must be named once, got: "FAILED"; remove the repetition',
        ],
      ],
      [
        'nobody to tell',
        [[', emails: [team@example.com]', '']],
        ['84:18  `image.notifications` must have either topicArn or emails, got: nothing'],
      ],
      [
        'a topic and addresses',
        [['emails:', 'topicArn: "arn:aws:sns:us-east-1:111122223333:a", emails:']],
        ['84:18  `image.notifications` must have either topicArn or emails, got: "both"'],
      ],
      [
        'a topic that is none, without a consequence',
        [['emails: [team@example.com]', 'topicArn: images']],
        [
          '84:48  `image.notifications.topicArn` must be the ARN of an SNS topic such as arn:aws:sns:us-east-1:111122223333:images, got: "images"',
        ],
      ],
      [
        'an empty list of addresses',
        [['[team@example.com]', '[]']],
        ['84:46  `image.notifications.emails` must have at least 1 item, got: 0'],
      ],
      [
        'an address twice',
        [['[team@example.com]', '[team@example.com, team@example.com]']],
        [
          '84:65  `image.notifications.emails[1]` must be named once, got: "team@example.com"; remove the repetition',
        ],
      ],
      [
        'an address that Terraform would read',
        [['team@example.com', '"${x}@example.com"']],
        [
          '84:47  `image.notifications.emails[0]` must be text without ${ and %{, got: "${x}@example.com"; Terraform would read it as an expression of its own',
        ],
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
        [
          '85:14  `image.retention` must be "none" or keys such as { older: delete, keep: 3 }, got: "keep"',
        ],
      ],
      [
        'what happens to older AMIs, written wrongly',
        [['older: deprecate', 'older: remove']],
        [
          '85:23  `image.retention.older` must be one of "deprecate", "disable", "delete", got: "remove"',
        ],
      ],
      [
        'a number of AMIs alone',
        [['older: deprecate, keep: 5, ', 'keep: 5, ']],
        [
          '85:22  `image.retention.keep` must stand beside `older`, got: 5; say in `older` what happens to the others',
        ],
      ],
      [
        'no AMI that stays',
        [['keep: 5', 'keep: 0']],
        ['85:40  `image.retention.keep` must be an integer between 1 and 1000, got: 0'],
      ],
      [
        'too many AMIs that stay',
        [['keep: 5', 'keep: 1001']],
        ['85:40  `image.retention.keep` must be an integer between 1 and 1000, got: 1001'],
      ],
      [
        'what happens at the end, written wrongly',
        [['onDestroy: delete', 'onDestroy: all']],
        ['85:54  `image.retention.onDestroy` must be one of "keep", "delete", got: "all"'],
      ],
    ])('refuses %s', (_name, changes, expected) => {
      expect(wideProblems(...changes)).toEqual(expected);
    });
  });
});
