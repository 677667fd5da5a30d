/** JSON as an API sends and receives it. */
export type Json = Readonly<Record<string, unknown>>;

/** A field as a list of objects; empty when it is absent. */
export function listOfJson(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** A field as a list of texts; empty when it is absent. */
export function textsOf(content: Json, name: string): readonly string[] {
  const value = content[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A field as an object; empty when it is absent. */
export function objectOf(content: Json, name: string): Json {
  const value = content[name];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** A field as tags; empty when it is absent. */
export function tagsOf(content: Json, name: string): Readonly<Record<string, string>> {
  return objectOf(content, name) as Readonly<Record<string, string>>;
}
