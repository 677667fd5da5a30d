import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fieldProblems } from '../../../../app/files/schema-problems';
import {
  eachChanges,
  keyChanges,
  settingFieldOf,
  settingFields,
} from '../../../../environment/schema/fields/setting-fields';
import { problem } from '../../../../modules/core';
import {
  boolean,
  choice,
  freeText,
  group,
  integer,
  list,
  map,
  number,
  type SettingForm,
  setting,
  text,
} from '../../../../modules/settings';
import { outline } from '../../../support/problem';

const NAME = { id: 'test-name', pattern: /^[a-z]{1,5}$/, rule: 'be 1 to 5 lower-case letters' };

const TABLE = {
  name: setting(text(NAME), {
    about: 'What it is called',
    change: 'ends',
    required: true,
    example: 'apps',
  }),
  size: setting(integer({ min: 1, max: 9 }), { about: 'How many', change: 'rolls', default: 3 }),
  mode: setting(choice(['fast', 'safe']), {
    about: 'How',
    change: 'in-place',
    default: 'safe',
    otherwise: 'safe, which is slow',
  }),
  watch: setting(boolean(), { about: 'Whether to look', change: 'nothing', otherwise: 'no look' }),
  share: setting(
    number({ min: 0, max: 1 }, (path, value) =>
      value <= 1 ? [] : [problem('test-rule', path, 'be a share', value)],
    ),
    { about: 'Share', change: 'nothing', otherwise: 'all' },
  ),
  note: setting(freeText(), { about: 'A note', change: 'nothing', otherwise: 'none' }),
  steps: setting(list(integer({ min: 0 }), { min: 1, max: 2 }), {
    about: 'Steps',
    change: 'nothing',
    default: [50, 100],
  }),
  labels: setting(map(text(NAME), text(NAME)), {
    about: 'Labels',
    change: 'rolls',
    otherwise: 'none',
  }),
  inner: setting(
    group({ depth: setting(integer({ min: 0 }), { about: 'Depth', change: 'rolls', default: 0 }) }),
    { about: 'What is inside', change: 'rolls', otherwise: 'nothing' },
  ),
};

const FIELDS = z.strictObject(settingFields(TABLE, ['size']));

interface JsonSchema {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

const JSON_SCHEMA = z.toJSONSchema(FIELDS, { io: 'input' }) as unknown as JsonSchema;

function problemsOf(values: object): string[] {
  const data = { name: 'apps', ...values };
  const issues = FIELDS.safeParse(data).error?.issues ?? [];
  return fieldProblems(issues, { schema: FIELDS, data, sourceOf: () => undefined }).map(outline);
}

describe('the keys of a file for settings', () => {
  it('ask for what is required, fill in what they are told to, and leave out the rest', () => {
    expect(FIELDS.parse({ name: 'apps' })).toEqual({ name: 'apps', size: 3 });
    expect(FIELDS.safeParse({}).error?.issues.map(({ path }) => path)).toEqual([['name']]);
  });

  it('know no other key', () => {
    expect(FIELDS.safeParse({ name: 'apps', other: 1 }).success).toBe(false);
    expect(FIELDS.safeParse({ name: 'apps', inner: { other: 1 } }).success).toBe(false);
  });

  it('say what each is, and what happens without it', () => {
    const descriptions = Object.entries(FIELDS.shape).map(([key, field]) => [
      key,
      z.globalRegistry.get(field)?.description,
    ]);
    expect(Object.fromEntries(descriptions)).toEqual({
      name: 'What it is called.',
      size: 'How many; default 3.',
      mode: 'How; default safe, which is slow.',
      watch: 'Whether to look; default no look.',
      share: 'Share; default all.',
      note: 'A note; default none.',
      steps: 'Steps; default 50 and 100.',
      labels: 'Labels; default none.',
      inner: 'What is inside; default nothing.',
    });
  });

  it('have limits, defaults and examples for editors', () => {
    const { name, size, mode, share, steps, note } = JSON_SCHEMA.properties;
    expect(JSON_SCHEMA.required).toEqual(['name']);
    expect({ name, size, mode, share, steps, note }).toEqual({
      name: {
        type: 'string',
        pattern: '^[a-z]{1,5}$',
        examples: ['apps'],
        description: 'What it is called.',
      },
      size: {
        type: 'integer',
        minimum: 1,
        maximum: 9,
        default: 3,
        description: 'How many; default 3.',
      },
      mode: {
        type: 'string',
        enum: ['fast', 'safe'],
        default: 'safe',
        description: 'How; default safe, which is slow.',
      },
      share: { type: 'number', minimum: 0, maximum: 1, description: 'Share; default all.' },
      steps: {
        type: 'array',
        items: { type: 'integer', minimum: 0 },
        uniqueItems: true,
        minItems: 1,
        maxItems: 2,
        default: [50, 100],
        description: 'Steps; default 50 and 100.',
      },
      note: { type: 'string', description: 'A note; default none.' },
    });
  });

  it('are checked by the check of the setting', () => {
    expect(problemsOf({ name: 'APPS', size: 0, share: 2, steps: [-1] })).toEqual([
      '`name` test-name: "APPS"',
      '`size` integer-range: 0',
      '`share` test-rule: 2',
      '`steps[0]` integer-range: -1',
    ]);
    expect(problemsOf({ inner: { depth: -1 } })).toEqual(['`inner.depth` integer-range: -1']);
    expect(problemsOf({ labels: { a: 'A' } })).toEqual(['`labels.a` test-name: "A"']);
  });

  it('refuse an expression of Terraform in free text', () => {
    expect(problemsOf({ note: 'a note' })).toEqual([]);
    expect(problemsOf({ note: '${var.x}' })).toEqual(['`note` terraform-expression: "${var.x}"']);
  });

  it('say what a change of them does, those too that a file has in another form', () => {
    const { size, steps } = FIELDS.shape;
    const inner = settingFieldOf(TABLE.mode, z.string());
    const { one, other } = eachChanges({ one: z.string(), other: z.boolean() }, 'builds');
    const told = [size, steps, inner, one, other].map((field) => keyChanges.get(field)?.change);
    expect(told).toEqual(['rolls', 'nothing', 'in-place', 'builds', 'builds']);
  });

  it('are there for every kind of value', () => {
    // A kind that is added has to be named here, and `tsc` asks for its field.
    const shown: Record<SettingForm['kind'], keyof typeof TABLE> = {
      boolean: 'watch',
      integer: 'size',
      number: 'share',
      text: 'name',
      'free-text': 'note',
      choice: 'mode',
      list: 'steps',
      map: 'labels',
      group: 'inner',
    };
    const kinds = Object.values(shown).map((key) => TABLE[key].form.kind);
    expect(kinds).toEqual(Object.keys(shown));
  });
});
