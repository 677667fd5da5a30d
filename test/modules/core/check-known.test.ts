import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import {
  checkKnown,
  checkKnownKeys,
  checkText,
  type Path,
  type Problem,
} from '../../../modules/core';
import { outline } from '../../support/problem';

const isWord = (path: Path, value: string): Problem[] =>
  checkText(path, value, { id: 'word', pattern: /^\w+$/, rule: 'be a word' });

describe('checkKnown', () => {
  it.each([Token.asString({ a: 1 }), Fn.upper('a'), `${Token.asString({ a: 1 })}-b`])(
    'refuses the reference %#, and looks no further',
    (value) => {
      const problems = checkKnown(['name'], value, isWord);
      expect(problems.map(outline)).toEqual(['`name` known: "a reference"']);
    },
  );

  it('refuses a number that only Terraform knows', () => {
    expect(checkKnown(['minutes'], Token.asNumber({ a: 1 }))).toHaveLength(1);
  });

  it('has nothing against a value that is known, or left out', () => {
    expect(checkKnown(['name'], 'a')).toEqual([]);
    expect(checkKnown<string>(['name'], undefined, isWord)).toEqual([]);
  });

  it('checks what is known', () => {
    expect(checkKnown(['name'], 'a b', isWord).map(outline)).toEqual(['`name` word: "a b"']);
  });
});

describe('checkKnownKeys', () => {
  it('refuses a reference in the place of the map', () => {
    const map = Token.asStringMap(Fn.merge([{}]));
    expect(checkKnownKeys(['tags'], map).map(outline)).toEqual([
      '`tags` known-keys: "a reference"',
    ]);
  });

  it('takes references as values, and no map at all', () => {
    expect(checkKnownKeys(['tags'], { a: Token.asString({ b: 1 }) })).toEqual([]);
    expect(checkKnownKeys(['tags'], undefined)).toEqual([]);
  });
});
