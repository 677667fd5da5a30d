import { ApiError, listOf, textOf } from '../front/wire-format';

/** The filters of an EC2 Describe request: name to accepted values. */
export function filtersOf(
  parameters: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, readonly string[]> {
  const filters = new Map<string, readonly string[]>();
  for (let index = 1; parameters[`Filter.${index}.Name`] !== undefined; index += 1) {
    filters.set(
      textOf(parameters, `Filter.${index}.Name`),
      listOf(parameters, `Filter.${index}.Value`),
    );
  }
  return filters;
}

/** Whether a value matches an EC2 filter value, where `*` and `?` are wildcards. */
function matchesWildcard(pattern: string, value: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = source.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}

/** Whether a resource matches every filter; a filter it does not know is refused. */
export function matchesFilters(
  filters: ReadonlyMap<string, readonly string[]>,
  valuesOf: (name: string) => readonly string[] | undefined,
): boolean {
  for (const [name, accepted] of filters) {
    const values = valuesOf(name);
    if (values === undefined) {
      throw new ApiError(400, 'InvalidParameterValue', `The filter '${name}' is invalid`);
    }
    const hit = values.some((value) => accepted.some((item) => matchesWildcard(item, value)));
    if (!hit) return false;
  }
  return true;
}

/** The refusal EC2 gives to a request with DryRun that would have succeeded. */
export function dryRun(): ApiError {
  const message = 'Request would have succeeded, but DryRun flag is set.';
  return new ApiError(412, 'DryRunOperation', message);
}
