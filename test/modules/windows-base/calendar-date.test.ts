import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  calendarDate,
  currentDate,
  daysBetween,
} from '../../../modules/windows-base/calendar-date';

describe('calendarDate', () => {
  it.each([
    [2026, 4, 18, '2026-04-18'],
    [2028, 2, 29, '2028-02-29'],
    [2026, 12, 31, '2026-12-31'],
  ])('writes the day %d-%d-%d', (year, month, day, text) => {
    expect(calendarDate(year, month, day)).toBe(text);
  });

  it.each([
    [2026, 6, 31],
    [2026, 2, 29],
    [2026, 13, 1],
    [2026, 0, 1],
    [2026, 1, 0],
  ])('knows no %d-%d-%d', (year, month, day) => {
    expect(calendarDate(year, month, day)).toBeUndefined();
  });
});

describe('addMonths', () => {
  it.each([
    ['2026-04-18', 4, '2026-08-18'],
    ['2026-10-18', 4, '2027-02-18'],
    ['2026-10-31', 4, '2027-02-28'],
    ['2027-10-31', 4, '2028-02-29'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-12-31', 1, '2027-01-31'],
  ])('counts from %s by %d to %s', (date, months, later) => {
    expect(addMonths(date, months)).toBe(later);
  });
});

describe('addDays and daysBetween', () => {
  it('cross the ends of months and years', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3);
    expect(daysBetween('2027-01-02', '2026-12-30')).toBe(-3);
  });

  it('undo each other', () => {
    const days = fc.integer({ min: -40_000, max: 40_000 });
    fc.assert(fc.property(days, (n) => daysBetween('2026-04-18', addDays('2026-04-18', n)) === n));
  });
});

describe('currentDate', () => {
  it('is the day of the clock in UTC', () => {
    const before = new Date().toISOString().slice(0, 10);
    const today = currentDate();
    const after = new Date().toISOString().slice(0, 10);
    expect([before, after]).toContain(today);
  });
});
