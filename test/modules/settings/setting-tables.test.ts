import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { problem } from '../../../modules/core';
import { type AnySetting, boolean, integer, setting } from '../../../modules/settings';
import type * as settingFile from '../../../modules/settings/setting';
import { ROOT } from '../../support/run-node';
import {
  commentProblems,
  type DescribedSetting,
  describedSettings,
  factProblems,
  filesWithSettings,
} from '../../support/setting-tables';

const FILES = filesWithSettings();

/** A file has another default than the prop: the size of its image. */
const DIFFERENT = /\/node-volume\.ts:\d+ rootVolumeGiB has no words/;

/** Every setting that the files make when they are loaded, by the place of its call. */
function loadedSettings(): Map<string, AnySetting> {
  const found = new Map<string, AnySetting>();
  const path = '../../../modules/settings/setting';
  const actual = jest.requireActual<typeof settingFile>(path);
  const recording = (...given: Parameters<typeof actual.setting>): AnySetting => {
    const made = actual.setting(...given) as AnySetting;
    found.set(callerOf(new Error().stack), made);
    return made;
  };
  jest.isolateModules(() => {
    jest.doMock(path, () => ({ ...actual, setting: recording }));
    for (const file of FILES) require(join(ROOT, file));
  });
  jest.dontMock(path);
  return found;
}

/** `file:line` of the call, from the first line of the stack that is no test. */
function callerOf(stack = ''): string {
  const places = [...stack.matchAll(/\(?([^\s()]+\.ts):(\d+):\d+\)?$/gm)];
  const [, file = '', line] =
    places.find(([, path = '']) => !relative(ROOT, path).startsWith('test')) ?? [];
  return `${relative(ROOT, file)}:${line}`;
}

describe('the tables of settings', () => {
  const described = FILES.flatMap((file) => describedSettings(file));
  let loaded: ReadonlyMap<string, AnySetting>;

  beforeAll(() => {
    loaded = loadedSettings();
  });

  const problemsWith = (problems: (one: DescribedSetting, facts: AnySetting) => string[]) =>
    described.flatMap((one) => {
      const facts = loaded.get(one.place);
      const found = facts === undefined ? ['is not made'] : problems(one, facts);
      return found.map((text) => `${one.place} ${one.key} ${text}`);
    });

  it('are found, each setting in its source and when it is loaded', () => {
    expect(described.length).toBeGreaterThan(25);
    expect([...loaded.keys()].sort()).toEqual(described.map(({ place }) => place).sort());
  });

  it('say in the comment above a key what happens without it, as its facts do', () => {
    const problems = problemsWith(commentProblems).filter((one) => !DIFFERENT.test(one));
    expect(problems).toEqual([]);
  });

  it('say in one sentence what a setting is, with defaults and examples that pass its check', () => {
    expect(problemsWith((_one, facts) => factProblems(facts))).toEqual([]);
  });
});

describe('what is wrong with a table', () => {
  const commentOf = (...lines: readonly string[]) => {
    const text = ['const TABLE = {', ...lines, '};'].join('\n');
    const [one] = describedSettings('x.ts', text);
    return one ?? { hasComment: false, byDefault: undefined };
  };
  const three = { default: 3 };
  const words = { otherwise: 'that of AWS' };

  it.each([
    [[], three, ['has no comment']],
    [['/** How many. */'], three, ['has no @default']],
    [['/** How many. @default 4 */'], three, ['has @default 4, not 3']],
    [['/** How many. @default 3 */'], three, []],
    [['/**', ' * How many.', ' * @default 3', ' */'], three, []],
    [['/** How many. @default [50, 100] */'], { default: [50, 100] }, []],
    [['/** How many. @default 3 */'], words, ['has no words in its @default']],
    [['/** How many. @default - as AWS does */'], words, []],
    [
      ['/** How many. @default 3 */'],
      { required: true as const },
      ['is required, with a @default'],
    ],
    [['/** How many. */'], { required: true as const }, []],
  ])('is seen in the comment: %j with %j', (comment, facts, problems) => {
    const one = commentOf(...comment, 'size: setting(integer({ min: 1 }), {}),');
    expect(commentProblems(one, facts)).toEqual(problems);
  });

  const size = integer({ min: 1 });
  const even = {
    ...size,
    check: (path: readonly (string | number)[], value: number) =>
      value % 2 === 0 ? [] : [problem('test-even', path, 'be even', value)],
  };

  it.each([
    [setting(size, { about: 'How many', change: 'rolls', default: 1, example: 2 }), []],
    [
      setting(boolean(), { about: 'whether', change: 'rolls', required: true }),
      ['begins without a capital letter'],
    ],
    [
      setting(size, { about: 'How many.', change: 'rolls', required: true }),
      ['is more than one sentence without a full stop'],
    ],
    [
      setting(size, { about: 'How many. All of them', change: 'rolls', required: true }),
      ['is more than one sentence without a full stop'],
    ],
    [
      setting(size, { about: 'How many', change: 'rolls' }),
      ['is neither required nor optional, or both'],
    ],
    [
      setting(size, { about: 'How many', change: 'rolls', required: true, default: 1 }),
      ['is neither required nor optional, or both'],
    ],
    [
      setting(even, { about: 'How many', change: 'rolls', default: 1, example: 3 }),
      ['must be even, got: 1', 'must be even, got: 3'],
    ],
  ])('is seen in the facts', (facts, problems) => {
    expect(factProblems(facts)).toEqual(problems);
  });
});
