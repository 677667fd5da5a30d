import type { CalendarDate } from './calendar-date';
import { WINDOWS_SERVERS, type WindowsServer } from './windows-server';

/** Something to know before it becomes a problem. */
export interface SupportNotice {
  /** A `note` needs nothing done; a `warning` does. */
  readonly severity: 'note' | 'warning';
  readonly text: string;
}

/**
 * What Microsoft's calendar says about a Windows Server on a day; `undefined` in its mainstream
 * support. The licence is in the price of the instance and does not end with the support.
 * @see https://learn.microsoft.com/lifecycle/products/?products=windows
 */
export function microsoftSupportNotice(
  server: WindowsServer,
  today: CalendarDate,
): SupportNotice | undefined {
  const { mainstreamEnd, extendedEnd } = WINDOWS_SERVERS[server];
  if (today > extendedEnd) {
    return {
      severity: 'warning',
      text:
        `Windows Server ${server} is out of support since ${extendedEnd}: ` +
        'Microsoft mends no security holes any more. Move to a newer Windows Server.',
    };
  }
  if (today > mainstreamEnd) {
    return {
      severity: 'note',
      text:
        `Windows Server ${server} is past its mainstream support (${mainstreamEnd}): ` +
        `it gets security updates only, until ${extendedEnd}.`,
    };
  }
  return undefined;
}
