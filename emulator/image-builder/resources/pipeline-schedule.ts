interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

const FIELDS: readonly CronField[] = [
  { name: 'minutes', least: 0, most: 59 },
  { name: 'hours', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: MONTHS },
  { name: 'day of week', least: 1, most: 7, words: DAYS },
  { name: 'year', least: 1970, most: 2199 },
];

/**
 * What Image Builder would refuse in a schedule; undefined when it accepts it.
 * Source: https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-cron.html
 */
export function scheduleProblem(
  expression: string,
  timezone: string | undefined,
): string | undefined {
  const match = /^cron\((.+)\)$/.exec(expression);
  if (match === null) return `the expression must have the form cron(...), got: ${expression}`;
  const parts = (match[1] ?? '').trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `the expression must have six fields, got ${parts.length}: ${expression}`;
  }
  if ((parts[2] === '?') === (parts[4] === '?')) {
    return `exactly one of day of month and day of week must be ?, got: ${expression}`;
  }
  const wrong = FIELDS.find((field, index) => !isValidField(field, parts[index] ?? ''));
  if (wrong !== undefined) return `the field ${wrong.name} is invalid in: ${expression}`;
  if (timezone !== undefined && !isTimezone(timezone)) return `unknown time zone: ${timezone}`;
  return undefined;
}

function isValidField(field: CronField, text: string): boolean {
  if (text === '?') return field.name.startsWith('day');
  return text.split(',').every((part) => isValidPart(field, part));
}

function isValidPart(field: CronField, part: string): boolean {
  if (field.name === 'day of month' && /^(L|LW|(\d+)W)$/i.test(part)) return true;
  if (field.name === 'day of week') {
    if (/^L$/i.test(part)) return true;
    const special = /^(\w+?)(?:L|#[1-5])$/i.exec(part);
    if (special !== null && !DAYS.includes(part.toUpperCase())) {
      return isValue(field, special[1] ?? '');
    }
  }
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*') return true;
  const bounds = range.split('-');
  return bounds.length <= 2 && bounds.every((bound) => isValue(field, bound));
}

function isValue(field: CronField, text: string): boolean {
  if (field.words?.includes(text.toUpperCase()) === true) return true;
  return /^\d+$/.test(text) && Number(text) >= field.least && Number(text) <= field.most;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
