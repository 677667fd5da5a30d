import { describe, expect, it } from '@jest/globals';
import { scheduleProblem } from '../../../image-builder/resources/pipeline-schedule';

describe('scheduleProblem', () => {
  it.each([
    'cron(0 0 * * ? *)',
    'cron(0 9 ? * mon#3 *)',
    'cron(0 9 ? * 2#1 *)',
    'cron(0/15 8-17 L * ? 2026-2030)',
    'cron(0 3 ? JAN,JUL FRIL *)',
    'cron(0 3 1W * ? *)',
  ])('accepts %s', (expression) => {
    expect(scheduleProblem(expression, 'Europe/Berlin')).toBeUndefined();
  });

  it.each([
    ['rate(1 day)', 'the expression must have the form cron(...), got: rate(1 day)'],
    ['cron(0 3 * * ?)', 'the expression must have six fields, got 5: cron(0 3 * * ?)'],
    [
      'cron(0 3 * * * *)',
      'exactly one of day of month and day of week must be ?, got: cron(0 3 * * * *)',
    ],
    [
      'cron(0 3 ? * ? *)',
      'exactly one of day of month and day of week must be ?, got: cron(0 3 ? * ? *)',
    ],
    ['cron(60 3 * * ? *)', 'the field minutes is invalid in: cron(60 3 * * ? *)'],
    ['cron(0 3 ? * mon#6 *)', 'the field day of week is invalid in: cron(0 3 ? * mon#6 *)'],
    ['cron(0 3 1/0 * ? *)', 'the field day of month is invalid in: cron(0 3 1/0 * ? *)'],
    ['cron(0 3 ? foo tue *)', 'the field month is invalid in: cron(0 3 ? foo tue *)'],
  ])('refuses %s', (expression, problem) => {
    expect(scheduleProblem(expression, undefined)).toBe(problem);
  });

  it('refuses a time zone that does not exist', () => {
    expect(scheduleProblem('cron(0 0 * * ? *)', 'Mars/Base')).toBe('unknown time zone: Mars/Base');
  });
});
