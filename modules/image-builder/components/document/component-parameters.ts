import { checkKnownKeys, type Path, type Problem, problem } from '../../../core';
import type { ComponentDocument } from './component-document';

/** Values for the parameters of a component, by name. */
export type ParameterValues = Readonly<Record<string, string>>;

/** Values that fit the document: only for its own parameters, and for all without a default. */
export function checkParameterValues(
  path: Path,
  values: ParameterValues,
  { parameters = {} }: ComponentDocument,
): Problem[] {
  const reference = checkKnownKeys(path, values);
  if (reference.length > 0) return reference;
  const names = Object.keys(parameters).sort();
  const known = names.length === 0 ? 'there are none' : `known are ${names.join(', ')}`;
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  const missing = names.filter(
    (name) => parameters[name]?.default === undefined && values[name] === undefined,
  );
  return [
    ...unknown.map((name) =>
      problem('parameter-unknown', [...path, name], 'be a parameter of the document', name, known),
    ),
    ...missing.map((name) =>
      problem(
        'parameter-missing',
        [...path, name],
        'be given, because the parameter has no default',
        undefined,
      ),
    ),
  ];
}

/** The values that a document, perhaps a part of the whole, has parameters for. */
export function parametersOf(
  { parameters = {} }: ComponentDocument,
  values: ParameterValues,
): ParameterValues | undefined {
  const entries = Object.entries(values).filter(([name]) => Object.hasOwn(parameters, name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
