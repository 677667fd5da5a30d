/**
 * A day in UTC, written `2026-04-18`. Two of them compare as text. Functions here take the day from
 * their caller, so that what they return depends on nothing else.
 */
export type CalendarDate = string;

const MS_PER_DAY = 86_400_000;

/**
 * The day on which it is called, in UTC. The only place in `modules/` that reads the clock, and
 * nothing in there calls it: it is for whoever prints notices.
 */
export function currentDate(): CalendarDate {
  return new Date().toISOString().slice(0, 10);
}

/** Writes a day, or `undefined` for one that is in no calendar, such as the 31st of June. */
export function calendarDate(year: number, month: number, day: number): CalendarDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.toISOString().slice(0, 10) : undefined;
}

const time = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`);

/** A number of days later, or earlier when it is negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(time(date) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The same day some months later; the last day of the month when that month is too short. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  const wanted = new Date(Date.UTC(year, month - 1 + months, day));
  return (wanted < lastOfMonth ? wanted : lastOfMonth).toISOString().slice(0, 10);
}

/** How many days the second is after the first; negative when it is before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((time(to) - time(from)) / MS_PER_DAY);
}
