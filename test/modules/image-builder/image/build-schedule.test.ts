import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import {
  BUILD_SCHEDULE,
  checkScheduleExpression,
  checkTimezone,
} from '../../../../modules/image-builder/image/build-schedule';
import { adviceOf, outline } from '../../../support/problem';

const TOKEN = Fn.upper('a');

/** What is found, and what is said to do about it. */
const texts = (value: string) =>
  checkScheduleExpression(['cron'], value).map((one) => [outline(one), adviceOf(one)]);

const refusal = (value: string, fault?: string) => [
  [
    `\`cron\` ${fault === undefined ? 'schedule-form' : 'schedule-days'}: ${JSON.stringify(value)}`,
    fault ?? '',
  ],
];

describe('checkScheduleExpression', () => {
  it.each([
    '0 0 * * ? *',
    '0 9 ? * mon#3 *',
    '0 6 ? * SUN *',
    '59 23 31 12 ? 2199',
    '0 0 1 1 ? 1970',
    '*/15 * * * ? *',
    '0/15 * * * ? *',
    '0,15,30,45 * * * ? *',
    '0 8-18 ? * MON-FRI *',
    '0 8-18/2 ? * 2-6 *',
    '0 6 L * ? *',
    '0 6 LW * ? *',
    '0 6 1W * ? *',
    '0 6 31W * ? *',
    '0 6 */2 * ? *',
    '0 6 1,15 * ? *',
    '0 6 1-7 JAN,apr,Jul,OCT ? *',
    '0 6 1 JAN-DEC ? *',
    '0 6 1 1/3 ? *',
    '0 6 ? * L *',
    '0 6 ? * 5L *',
    '0 6 ? * FRIL *',
    '0 6 ? * 7 *',
    '0 6 ? * 1#1 *',
    '0 6 ? * SAT#5 *',
    '0 6 ? * SUN,WED 2026-2030',
    '0 6 ? * * *',
    '0 6 1 * ? 2026/2',
    // The examples of the Image Builder guide.
    '0 10 * * ? *',
    '15 12 * * ? *',
    '0 10 ? * 1-5 *',
    '0 18 ? * mon-fri *',
    '0 8 1 * ? *',
    '30 22 ? * tue#2 *',
    '0 6 ? * sat#2,4 *',
    '0 6 ? jan,feb,mar fri *',
    // The edges of every field.
    '59 23 31 12 ? *',
    '00 06 01 01 ? *',
    '0-59 0-23 1-31 1-12 ? 1970-2199',
    '*/59 */23 */31 */12 ? *',
    '0 6 ? * Sun-Sat *',
    '0 6 ? * 1,3,5 *',
    '0 6 ? * satL *',
    '0 6 15W * ? *',
    '0 6 L 2 ? *',
    '0 6 ? * 2#5 *',
    '5 4 ? DEC * 2026',
  ])('takes cron(%s)', (fields) => {
    expect(texts(`cron(${fields})`)).toEqual([]);
  });

  it.each([
    'rate(1 minute)',
    'rate(1 hour)',
    'rate(1 day)',
    'rate(7 days)',
    'rate(90 minutes)',
    'rate(10 hours)',
  ])('takes %s', (value) => {
    expect(texts(value)).toEqual([]);
  });

  it('passes a schedule that only Terraform knows, also in part', () => {
    expect(texts(TOKEN)).toEqual([]);
    expect(texts(`cron(0 ${TOKEN} ? * SUN *)`)).toEqual([]);
  });

  it.each([
    '',
    '0 6 ? * SUN *',
    'cron 0 6 ? * SUN *',
    'cron(0 6 ? * SUN *',
    'Cron(0 6 ? * SUN *)',
    ' cron(0 6 ? * SUN *)',
    'cron(0 6 ? * SUN *) ',
    'cron(0 6 ? * SUN *)\n',
    'at(2026-12-24T18:00:00)',
    '@daily',
    'rate(0 days)',
    'rate(1 days)',
    'rate(7 day)',
    'rate(-1 days)',
    'rate(1.5 days)',
    'rate(1 week)',
    'rate(2 Days)',
    'rate( 7 days)',
    'rate(days)',
    'rate()',
    'rate(01 day)',
    'rate(07 days)',
    'rate(7  days)',
    'rate(7 days )',
    'Rate(7 days)',
    'RATE(7 DAYS)',
    'rate(7 months)',
    'rate(2 hour)',
    'rate(1 hours)',
    'CRON(0 6 ? * SUN *)',
    'cron (0 6 ? * SUN *)',
    'cron[0 6 ? * SUN *]',
  ])('refuses %j, which is no expression', (value) => {
    expect(texts(value)).toEqual(refusal(value));
  });

  it.each([
    '',
    '*',
    '0 6 * * ?',
    '0 6 ? * SUN * *',
    '0  6 ? * SUN *',
    ' 0 6 ? * SUN *',
    '0 6 ? * SUN * ',
    '0 6 ?  * SUN *',
    '0 6 ? *  SUN *',
    '0 6 ? * MON, WED *',
    '0\t6 ? * SUN *',
  ])('refuses cron(%s), which has not six fields', (fields) => {
    const fault =
      'write six fields (minute hour day-of-month month day-of-week year) with one blank between';
    expect(texts(`cron(${fields})`)).toEqual(refusal(`cron(${fields})`, fault));
  });

  it.each([
    ['60 6 ? * SUN *', 'minute'],
    ['-1 6 ? * SUN *', 'minute'],
    ['? 6 ? * SUN *', 'minute'],
    ['0-60 6 ? * SUN *', 'minute'],
    ['30-15 6 ? * SUN *', 'minute'],
    ['0/0 6 ? * SUN *', 'minute'],
    ['*/60 6 ? * SUN *', 'minute'],
    ['0/ 6 ? * SUN *', 'minute'],
    ['0,, 6 ? * SUN *', 'minute'],
    [', 6 ? * SUN *', 'minute'],
    ['1.5 6 ? * SUN *', 'minute'],
    ['0- 6 ? * SUN *', 'minute'],
    ['0\t 6 ? * SUN *', 'minute'],
    ['0 24 ? * SUN *', 'hour'],
    ['0 6am ? * SUN *', 'hour'],
    ['0 L ? * SUN *', 'hour'],
    ['0 6 0 * ? *', 'day of month'],
    ['0 6 32 * ? *', 'day of month'],
    ['0 6 0W * ? *', 'day of month'],
    ['0 6 32W * ? *', 'day of month'],
    ['0 6 W * ? *', 'day of month'],
    ['0 6 WL * ? *', 'day of month'],
    ['0 6 MON * ? *', 'day of month'],
    ['0 6 ?? * ? *', 'day of month'],
    ['0 6 ?,5 * ? *', 'day of month'],
    ['0 6 ? * MON/2 *', 'day of week'],
    ['0 6 ? * */2 *', 'day of week'],
    ['0 6 1 0 ? *', 'month'],
    ['0 6 1 13 ? *', 'month'],
    ['0 6 1 JANUARY ? *', 'month'],
    ['0 6 1 MON ? *', 'month'],
    ['0 6 1 DEC-JAN ? *', 'month'],
    ['0 6 1 ? ? *', 'month'],
    ['0 6 ? * 0 *', 'day of week'],
    ['0 6 ? * 8 *', 'day of week'],
    ['0 6 ? * SUNDAY *', 'day of week'],
    ['0 6 ? * JAN *', 'day of week'],
    ['0 6 ? * MON#0 *', 'day of week'],
    ['0 6 ? * MON#6 *', 'day of week'],
    ['0 6 ? * #1 *', 'day of week'],
    ['0 6 ? * 8L *', 'day of week'],
    ['0 6 ? * LW *', 'day of week'],
    // Letters with a meaning are written as capitals.
    ['0 6 l * ? *', 'day of month'],
    ['0 6 lw * ? *', 'day of month'],
    ['0 6 3w * ? *', 'day of month'],
    ['0 6 ? * 5l *', 'day of week'],
    ['0 6 0L * ? *', 'day of month'],
    ['0 6 1-5W * ? *', 'day of month'],
    ['0 6 1#2 * ? *', 'day of month'],
    // A range that runs past the end of the week, the month or the year.
    ['0 6 ? * FRI-MON *', 'day of week'],
    ['0 6 ? * FRI-SUN *', 'day of week'],
    ['0 6 ? * 7-1 *', 'day of week'],
    ['0 6 28-3 * ? *', 'day of month'],
    ['0 6 1 NOV-FEB ? *', 'month'],
    ['0 22-4 ? * SUN *', 'hour'],
    ['0 6 ? * SUN 2030-2026', 'year'],
    // EventBridge: two days with # are two expressions.
    ['0 6 ? * 3#1,6#3 *', 'day of week'],
    ['0 6 ? * MON,TUE#2 *', 'day of week'],
    ['0 6 ? * TUE#2,6 *', 'day of week'],
    ['0 6 ? * TUE#2, *', 'day of week'],
    ['0 6 ? * TUE#0,2 *', 'day of week'],
    ['0 6 ? * MON-FRI#2 *', 'day of week'],
    ['0 6 ? * 0-6 *', 'day of week'],
    ['0 6 ? * mo *', 'day of week'],
    ['0 6 1 jan- ? *', 'month'],
    ['0 6 1 */13 ? *', 'month'],
    ['0 6 1-32 * ? *', 'day of month'],
    ['0 */24 ? * SUN *', 'hour'],
    ['0 6 ? * SUN 1970-2200', 'year'],
    ['00000x 6 ? * SUN *', 'minute'],
    ['H 6 ? * SUN *', 'minute'],
    ['0/-5 6 ? * SUN *', 'minute'],
    ['0/5/5 6 ? * SUN *', 'minute'],
    ['1-2-3 6 ? * SUN *', 'minute'],
    ['+5 6 ? * SUN *', 'minute'],
    ['0 6 ? * SUN 1969', 'year'],
    ['0 6 ? * SUN 2200', 'year'],
    ['0 6 ? * SUN 26', 'year'],
    ['0 6 ? * SUN ?', 'year'],
  ])('refuses cron(%s) for its %s', (fields, name) => {
    const fault = `the ${name} is out of its range or form`;
    expect(texts(`cron(${fields})`)).toEqual(refusal(`cron(${fields})`, fault));
  });

  it.each(['0 6 * * * *', '0 6 1 * MON *', '0 6 ? * ? *', '0 6 L * FRI *'])(
    'refuses cron(%s), which fixes both days or none',
    (fields) => {
      const fault = 'exactly one of day of month and day of week must be ?';
      expect(texts(`cron(${fields})`)).toEqual(refusal(`cron(${fields})`, fault));
    },
  );
});

describe('BUILD_SCHEDULE', () => {
  const cron = 'cron(0 6 ? * SUN *)';

  it.each(['always', 'when-dependencies-changed'] as const)(
    'takes a start %s',
    (startCondition) => {
      const schedule = { cron, timezone: 'Europe/Berlin', startCondition };
      expect(BUILD_SCHEDULE.check(['schedule'], schedule)).toEqual([]);
    },
  );

  it('needs no more than an expression', () => {
    expect(BUILD_SCHEDULE.check(['schedule'], { cron })).toEqual([]);
  });

  it('refuses a start condition that only Terraform knows', () => {
    const schedule = { cron, startCondition: TOKEN as 'always' };
    expect(BUILD_SCHEDULE.check(['schedule'], schedule).map(outline)).toEqual([
      '`schedule.startCondition` known: "a reference"',
    ]);
  });
});

describe('checkTimezone', () => {
  it.each([
    'Etc/UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'Asia/Kolkata',
    'Etc/GMT+5',
    'US/Pacific',
    'UTC',
    'EST5EDT',
    'Asia/Calcutta',
    TOKEN,
  ])('takes %s', (value) => {
    expect(checkTimezone(['timezone'], value)).toEqual([]);
  });

  it.each([
    '',
    'Mars/Olympus',
    'Europe/Berlin ',
    'Europe/',
    '/Europe/Berlin',
    'Europe Berlin',
    '+02:00',
    '-0500',
    'UTC+2',
    'GMT+0',
    'GB-Eire',
    'GB',
    'Europe/Berlin\n',
    'Europe//Berlin',
    'Local',
    'x'.repeat(101),
    'Berlin',
    'europe/berlin',
    'EUROPE/BERLIN',
  ])('refuses %j', (value) => {
    expect(checkTimezone(['schedule', 'timezone'], value).map(outline)).toEqual([
      `\`schedule.timezone\` timezone: ${JSON.stringify(value)}`,
    ]);
  });
});
