import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import {
  amiReleaseAge,
  amiReleaseDates,
  amiReleasePlanWarning,
  amiReleaseWarning,
} from '../../../modules/windows-base/ami-release-age';

const RELEASE = '1.35-2026.04.18';

const UNDATED = [
  'latest',
  '',
  '1.35',
  '2026.04.18',
  '1.35-2026.13.01',
  '1.35-2026.06.31',
  '1.35-2026.04.18-1',
  Fn.upper('1.35-2026.04.18'),
];

describe('amiReleaseAge', () => {
  it('knows the day of the release, the day four months later, and the time between', () => {
    expect(amiReleaseAge(RELEASE, '2026-05-01')).toEqual({
      releasedOn: '2026-04-18',
      privateOn: '2026-08-18',
      warnFrom: '2026-07-19',
      daysOld: 13,
      daysLeft: 109,
    });
  });

  it('counts on when the day has passed', () => {
    const age = amiReleaseAge(RELEASE, '2026-08-28');
    expect([age?.daysOld, age?.daysLeft]).toEqual([132, -10]);
  });

  it.each(['1.35-2026-01-22', '1.28-2026-01.22'])('reads the dashes of %s', (release) => {
    expect(amiReleaseDates(release)).toEqual({
      releasedOn: '2026-01-22',
      privateOn: '2026-05-22',
      warnFrom: '2026-04-22',
    });
  });

  it.each(UNDATED)('knows nothing of %j', (release) => {
    expect(amiReleaseAge(release, '2026-05-01')).toBeUndefined();
  });
});

describe('amiReleaseWarning', () => {
  const START = 'The EKS optimized Windows AMI 1.35-2026.04.18 was released on 2026-04-18. ';
  const END =
    ' it private on 2026-08-18; after that it cannot be found, and nothing can be built from it ' +
    'or planned with it. Choose a newer release, or "latest".';

  it('says nothing until 30 days before', () => {
    expect(amiReleaseWarning(RELEASE, '2026-07-18')).toBeUndefined();
  });

  it.each(['2026-07-19', '2026-08-17'])('says on %s what will happen', (today) => {
    expect(amiReleaseWarning(RELEASE, today)).toBe(`${START}AWS makes${END}`);
  });

  it.each(['2026-08-18', '2027-01-01'])('says on %s what may have happened', (today) => {
    expect(amiReleaseWarning(RELEASE, today)).toBe(`${START}AWS may have made${END}`);
  });

  it('is the same in a plan, which knows the day itself', () => {
    expect(amiReleasePlanWarning(RELEASE)).toBe(`${START}AWS makes${END}`);
  });

  it.each(UNDATED)('says nothing of %j', (release) => {
    expect(amiReleaseWarning(release, '2030-01-01')).toBeUndefined();
    expect(amiReleasePlanWarning(release)).toBeUndefined();
  });
});
