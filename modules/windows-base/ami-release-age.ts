import { addDays, addMonths, type CalendarDate, calendarDate, daysBetween } from './calendar-date';

/**
 * AWS makes an EKS optimized Windows AMI private so many months after its release.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html
 */
const MONTHS_UNTIL_PRIVATE = 4;

/** So many days before that, warnings begin; no reference. */
const DAYS_OF_WARNING = 30;

/** How long a dated release has been there, and how long it will be. */
export interface AmiReleaseAge {
  readonly releasedOn: CalendarDate;
  /** From this day on AWS may have made the AMI private. */
  readonly privateOn: CalendarDate;
  /** {@link DAYS_OF_WARNING} days before. */
  readonly warnFrom: CalendarDate;
  readonly daysOld: number;
  /** Negative when the day has passed. */
  readonly daysLeft: number;
}

/**
 * The dates of a release such as `1.35-2026.04.18`, which carries its date in its name. `undefined`
 * for `latest`, for a reference, and for a date that does not exist.
 */
export function amiReleaseAge(release: string, today: CalendarDate): AmiReleaseAge | undefined {
  const dates = amiReleaseDates(release);
  if (dates === undefined) return undefined;
  return {
    ...dates,
    daysOld: daysBetween(dates.releasedOn, today),
    daysLeft: daysBetween(today, dates.privateOn),
  };
}

/** Those of {@link amiReleaseAge} that do not depend on the day. */
export function amiReleaseDates(
  release: string,
): Pick<AmiReleaseAge, 'releasedOn' | 'privateOn' | 'warnFrom'> | undefined {
  const match = /^1\.\d+-(\d{4})[.-](\d{2})[.-](\d{2})$/.exec(release);
  if (match === null) return undefined;
  const releasedOn = calendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
  if (releasedOn === undefined) return undefined;
  const privateOn = addMonths(releasedOn, MONTHS_UNTIL_PRIVATE);
  return { releasedOn, privateOn, warnFrom: addDays(privateOn, -DAYS_OF_WARNING) };
}

/** What to tell whoever still builds from a release, or `undefined` while there is time. */
export function amiReleaseWarning(release: string, today: CalendarDate): string | undefined {
  const age = amiReleaseAge(release, today);
  if (age === undefined || today < age.warnFrom) return undefined;
  return warningText(release, age, age.daysLeft > 0 ? 'AWS makes' : 'AWS may have made');
}

/** The same for a plan, which reads the clock itself. */
export function amiReleasePlanWarning(release: string): string | undefined {
  const dates = amiReleaseDates(release);
  if (dates === undefined) return undefined;
  return warningText(release, dates, 'AWS makes');
}

function warningText(
  release: string,
  { releasedOn, privateOn }: Pick<AmiReleaseAge, 'releasedOn' | 'privateOn'>,
  awsMakes: string,
): string {
  return (
    `The EKS optimized Windows AMI ${release} was released on ${releasedOn}. ` +
    `${awsMakes} it private on ${privateOn}; after that it cannot be found, and nothing can be ` +
    'built from it or planned with it. Choose a newer release, or "latest".'
  );
}
