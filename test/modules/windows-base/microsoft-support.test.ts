import { describe, expect, it } from '@jest/globals';
import { microsoftSupportNotice } from '../../../modules/windows-base/microsoft-support';

describe('microsoftSupportNotice', () => {
  it.each([
    ['2019', '2024-01-09'],
    ['2022', '2026-10-13'],
    ['2025', '2029-11-13'],
  ] as const)(
    'says nothing of %s up to the last day of its mainstream support',
    (server, today) => {
      expect(microsoftSupportNotice(server, today)).toBeUndefined();
    },
  );

  it.each(['2026-10-14', '2031-10-14'])('notes on %s that 2022 is past it', (today) => {
    expect(microsoftSupportNotice('2022', today)).toEqual({
      severity: 'note',
      text:
        'Windows Server 2022 is past its mainstream support (2026-10-13): ' +
        'it gets security updates only, until 2031-10-14.',
    });
  });

  it('warns from the day after the extended support', () => {
    expect(microsoftSupportNotice('2019', '2029-01-10')).toEqual({
      severity: 'warning',
      text:
        'Windows Server 2019 is out of support since 2029-01-09: ' +
        'Microsoft mends no security holes any more. Move to a newer Windows Server.',
    });
  });
});
