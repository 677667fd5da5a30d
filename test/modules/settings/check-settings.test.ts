import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import {
  boolean,
  checkSettings,
  choice,
  integer,
  list,
  type SettingProps,
  setting,
} from '../../../modules/settings';
import { outline } from '../../support/problem';

const TABLE = {
  size: setting(integer({ min: 1 }), { about: 'How many', change: 'rolls', required: true }),
  mode: setting(choice(['fast', 'safe']), { about: 'How', change: 'in-place', default: 'safe' }),
  watch: setting(boolean(), { about: 'Whether to look', change: 'nothing', otherwise: 'no look' }),
  steps: setting(list(integer({ min: 0 })), { about: 'Steps', change: 'nothing', default: [50] }),
};

type Props = SettingProps<typeof TABLE>;

const problemsOf = (values: Props): string[] =>
  checkSettings(TABLE, values, ['group']).map(outline);

describe('checkSettings', () => {
  it('passes what is left out', () => {
    expect(problemsOf({ size: 1 })).toEqual([]);
    expect(problemsOf({ size: 1, mode: undefined, steps: undefined })).toEqual([]);
  });

  it('tells of all values that are wrong, in the order of the table', () => {
    const mode = 'quick' as 'fast';
    expect(problemsOf({ steps: [-1], mode, size: 0 })).toEqual([
      '`group.size` integer-range: 0',
      '`group.mode` one-of: "quick"',
      '`group.steps[0]` integer-range: -1',
    ]);
  });

  it('passes what only Terraform knows', () => {
    expect(problemsOf({ size: Token.asNumber({ Ref: 'x' }) })).toEqual([]);
  });

  it('says nothing of keys that the table has not', () => {
    const more = { size: 1, other: 'x' };
    expect(problemsOf(more)).toEqual([]);
  });

  it('says where a value stands, from the top if nothing else is said', () => {
    expect(checkSettings(TABLE, { size: 0 }).map(({ path }) => path)).toEqual([['size']]);
  });
});

/** `true` for types that say the same, else `false`: what `tsc` refuses below. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;

type IsOptional<Key extends keyof Props> = object extends Pick<Props, Key> ? true : false;

describe('SettingProps', () => {
  it('asks for what is required, and for nothing else', () => {
    const optional: {
      size: IsOptional<'size'>;
      mode: IsOptional<'mode'>;
      watch: IsOptional<'watch'>;
      steps: IsOptional<'steps'>;
    } = { size: false, mode: true, watch: true, steps: true };
    expect(Object.keys(optional)).toEqual(Object.keys(TABLE));
  });

  it('has the type of each value', () => {
    const same: [
      Same<Props['size'], number>,
      Same<Props['mode'], 'fast' | 'safe' | undefined>,
      Same<Props['watch'], boolean | undefined>,
      Same<Props['steps'], readonly number[] | undefined>,
    ] = [true, true, true, true];
    expect(same).not.toContain(false);
  });
});

describe('setting', () => {
  it('keeps the default as the value that it is, for code to take it', () => {
    const { default: mode } = TABLE.mode;
    const literal: Same<typeof mode, 'safe'> = true;
    expect([mode, literal]).toEqual(['safe', true]);
  });
});
