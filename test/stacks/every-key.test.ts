import { describe, expect, it } from '@jest/globals';
import type { EveryKeyOf } from '../../stacks/every-key';

/** What `satisfies` asks, as a type that is true or false; `tsc` holds the values below to it. */
type Reaches<Given, Props> = Given extends EveryKeyOf<Given, Props> ? true : false;

interface Props {
  readonly size?: number;
  readonly volume?: 'none' | { readonly iops?: number };
  readonly groups?: readonly { readonly name: string }[];
  readonly labels?: Readonly<Record<string, string>>;
}

interface Volume<Keys> {
  readonly size?: number;
  readonly volume?: 'none' | Keys;
}

describe('EveryKeyOf', () => {
  it('takes keys that the props have, in any type', () => {
    const reached: {
      flat: Reaches<{ size: number; labels: Record<string, string> }, Props>;
      inUnion: Reaches<Volume<{ iops?: number }>, Props>;
      inList: Reaches<{ groups: { name: string }[] }, Props>;
    } = { flat: true, inUnion: true, inList: true };
    expect(Object.values(reached)).not.toContain(false);
  });

  it('refuses a key that they have not, wherever it stands', () => {
    const reached: {
      flat: Reaches<{ size: number; speed: number }, Props>;
      optional: Reaches<{ size: number; speed?: number }, Props>;
      inUnion: Reaches<Volume<{ iops?: number; speed?: number }>, Props>;
      inList: Reaches<{ groups: { name: string; speed: number }[] }, Props>;
    } = { flat: false, optional: false, inUnion: false, inList: false };
    expect(Object.values(reached)).not.toContain(true);
  });
});
