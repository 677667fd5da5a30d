import { z } from 'zod';
import { environmentSchema } from './schema/environment-schema';

/**
 * The text of `environments/environment.schema.json`. It has the structure, the descriptions and
 * the simple limits; the loader checks more. JSON Schema draft 7 is what YAML editors know.
 */
export function environmentJsonSchema(): string {
  const schema = z.toJSONSchema(environmentSchema, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
