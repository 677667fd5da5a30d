import { Token } from 'cdktf';
import { type Path, type Problem, problem } from '../../core';
import { choice, group, known, type SettingProps, setting, text } from '../../settings';

/** What has to be true at a tick of a schedule for a build. */
const BUILD_START_CONDITIONS = ['always', 'when-dependencies-changed'] as const;

/** One of {@link BUILD_START_CONDITIONS}. */
export type BuildStartCondition = (typeof BUILD_START_CONDITIONS)[number];

const START_CONDITIONS = {
  always: 'EXPRESSION_MATCH_ONLY',
  'when-dependencies-changed': 'EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE',
} as const satisfies Record<BuildStartCondition, string>;

/** Settings of {@link BuildSchedule}. */
export const BUILD_SCHEDULE_SETTINGS = {
  /**
   * `cron(minute hour day-of-month month day-of-week year)`; one of the two days must be `?`. Also
   * `rate(<number> <minute|hour|day>s)`, which AWS's own CDK offers for Image Builder, but which
   * its guide does not mention.
   * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cron-expressions.html
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
   */
  cron: setting(text(checkScheduleExpression), {
    about: 'When to build: cron(minute hour day-of-month month day-of-week year), or rate(7 days)',
    required: true,
    change: 'in-place',
  }),
  /** An IANA time zone. @default Etc/UTC */
  timezone: setting(text(checkTimezone), {
    about: 'Time zone of the schedule, such as Europe/Berlin',
    default: 'Etc/UTC',
    change: 'in-place',
  }),
  /**
   * `always` builds at every tick. `when-dependencies-changed` builds only when there is something
   * newer for a wildcard in the recipe, such as `x.x.x` in the ARN of the parent image or of a
   * component. A recipe without wildcards never has anything newer and would never build again:
   * that is so for an AMI id with components of fixed versions. Whether a changed value behind an
   * `ssm:` parent counts is not documented, and AWS's own samples use `always` for it.
   * @default always
   * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Schedule.html
   */
  // A condition that only Terraform knows could not be translated.
  startCondition: setting(known(choice(BUILD_START_CONDITIONS)), {
    about: 'Whether to build each time, or only when a component with an x in its version is newer',
    default: 'always',
    change: 'in-place',
  }),
};

/** When a pipeline builds by itself. */
export interface BuildSchedule extends SettingProps<typeof BUILD_SCHEDULE_SETTINGS> {}

/** All of a schedule. */
export const BUILD_SCHEDULE = group(BUILD_SCHEDULE_SETTINGS);

/** The block of a pipeline. The condition is always written: AWS's default is the other one. */
export function buildSchedule(schedule: BuildSchedule) {
  const {
    cron,
    timezone = BUILD_SCHEDULE_SETTINGS.timezone.default,
    startCondition = BUILD_SCHEDULE_SETTINGS.startCondition.default,
  } = schedule;
  return {
    scheduleExpression: cron,
    timezone,
    pipelineExecutionStartCondition: START_CONDITIONS[startCondition],
  };
}

interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
  /** Forms beside numbers, ranges and steps. A day may be `?` beside all of them. */
  readonly special?: RegExp;
  /** Forms that have to stand alone. */
  readonly alone?: RegExp;
  /** AWS lists no steps for it. */
  readonly stepless?: true;
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** A day of the week; AWS writes names in either case, but the letters L and W as capitals only. */
const WEEKDAY =
  '(?:[1-7]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])';

/** The six fields with their ranges; names count from the field's minimum. */
const CRON_FIELDS: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31, special: /^(?:L|LW|(?:0?[1-9]|[12]\d|3[01])W)$/ },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  {
    name: 'day of week',
    min: 1,
    max: 7,
    names: WEEKDAYS,
    special: new RegExp(`^(?:L|${WEEKDAY}L)$`),
    // Several weeks of one day are allowed, several days are not: that would be two expressions.
    alone: new RegExp(`^${WEEKDAY}#[1-5](?:,[1-5])*$`),
    stepless: true,
  },
  { name: 'year', min: 1970, max: 2199 },
];

/** `5`, `MON`, `1-5`, with an optional step `/2`; or `*`. */
const CRON_TERM = /^(?:(\*)|([0-9A-Z]+)(?:-([0-9A-Z]+))?)(?:\/(\d+))?$/i;

function cronNumber(field: CronField, text: string): number {
  const byName = field.names?.indexOf(text.toUpperCase()) ?? -1;
  return byName >= 0 ? field.min + byName : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function isCronTerm(field: CronField, term: string): boolean {
  if (field.special?.test(term)) return true;
  const match = CRON_TERM.exec(term);
  if (match === null) return false;
  const [, any, from, to, step] = match;
  const steps =
    step === undefined || (!field.stepless && Number(step) > 0 && Number(step) <= field.max);
  if (any !== undefined) return steps;
  const first = cronNumber(field, from ?? '');
  const last = to === undefined ? first : cronNumber(field, to);
  return steps && first >= field.min && last <= field.max && first <= last;
}

function isCronField(field: CronField, text: string): boolean {
  // Only the days have special forms, and only they may be left open.
  if (text === '?') return field.special !== undefined;
  if (field.alone?.test(text)) return true;
  return text.split(',').every((term) => isCronTerm(field, term));
}

/** What is wrong with the inside of `cron(...)`, or nothing. */
function cronFault(inside: string): string | undefined {
  const texts = inside.split(' ');
  if (texts.length !== CRON_FIELDS.length) {
    return `write six fields (minute hour day-of-month month day-of-week year) with one blank between`;
  }
  const bad = CRON_FIELDS.find((field, index) => !isCronField(field, texts[index] ?? ''));
  if (bad !== undefined) return `the ${bad.name} is out of its range or form`;
  if ([texts[2], texts[4]].filter((text) => text === '?').length !== 1) {
    return 'exactly one of day of month and day of week must be ?';
  }
  return undefined;
}

/**
 * A schedule expression of Image Builder. Neither Terraform nor its provider checks it before the
 * apply, where a wrong one stops the change half-way.
 */
export function checkScheduleExpression(path: Path, value: string): Problem[] {
  if (Token.isUnresolved(value)) return [];
  if (/^rate\((?:1 (?:minute|hour|day)|(?!1 )[1-9]\d* (?:minute|hour|day)s)\)$/.test(value))
    return [];
  const rule = 'be a schedule such as "cron(0 6 ? * SUN *)" or "rate(7 days)"';
  const inside = /^cron\((.*)\)$/.exec(value)?.[1];
  if (inside === undefined) return [problem('schedule-form', path, rule, value)];
  const fault = cronFault(inside);
  return fault === undefined ? [] : [problem('schedule-days', path, rule, value, fault)];
}

/**
 * What the API takes: no offset such as `+02:00`, and no old name such as `GB-Eire`.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Schedule.html
 */
const API_TIMEZONE = /^(?=.{3,100}$)[A-Za-z0-9]{2,}(?:\/[A-Za-z0-9_+-]+)*$/;

/** An IANA time zone name, as this Node.js knows them. */
export function checkTimezone(path: Path, value: string): Problem[] {
  if (Token.isUnresolved(value) || isTimezone(value)) return [];
  return [
    problem('timezone', path, 'be an IANA time zone such as Europe/Berlin or Etc/UTC', value),
  ];
}

function isTimezone(value: string): boolean {
  // Asking for any other zone loads Node's time zone data, which takes longer than all other checks.
  if (value === BUILD_SCHEDULE_SETTINGS.timezone.default) return true;
  if (!API_TIMEZONE.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
    return isSpelledRight(value);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Node.js takes `europe/berlin` too. Names that it lists have to be written as it lists them. */
function isSpelledRight(value: string): boolean {
  const listed = Intl.supportedValuesOf('timeZone');
  const same = listed.find((name) => name.toLowerCase() === value.toLowerCase());
  return same === undefined || same === value;
}
