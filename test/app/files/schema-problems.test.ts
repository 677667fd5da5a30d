import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fieldProblems } from '../../../app/files/schema-problems';
import { outline } from '../../support/problem';

/** What our words are for anything that a schema finds, also one unlike that of the environment. */
function problemsOf(schema: z.ZodType, data: unknown): string[] {
  const issues = schema.safeParse(data).error?.issues ?? [];
  return fieldProblems(issues, { schema, data, sourceOf: () => undefined }).map(outline);
}

describe('fieldProblems', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['text that is too short', z.object({ a: z.string().min(3) }), { a: 'x' }],
    ['text that is too long', z.object({ a: z.string().max(0) }), { a: 'x' }],
    ['text of another form', z.object({ a: z.email() }), { a: 'x' }],
    [
      'a number between the steps',
      z.object({ a: z.any().pipe(z.number().multipleOf(2)) }),
      { a: 3 },
    ],
  ])('points to the schema for a rule without words of its own: %s', (_name, schema, data) => {
    const { a } = data as { a: unknown };
    expect(problemsOf(schema, data)).toEqual([`\`a\` schema: ${JSON.stringify(a)}`]);
  });

  it('names a type that environment files do not have', () => {
    expect(problemsOf(z.object({ a: z.date() }), { a: 1 })).toEqual(['`a` wrong-type: 1']);
  });
});
