import { checkUnique, type Path, type Problem } from '../../modules/core';

/** Reports items that a list names again. Wrong items were reported already and do not count. */
export function checkRepetition(path: Path, list: readonly (string | undefined)[] = []): Problem[] {
  return checkUnique(path, standIns(list));
}

/** A text of its own for each item that is wrong, so that it is like no other. */
export const standIns = (list: readonly (string | undefined)[]): string[] =>
  list.map((item, index) => item ?? `wrong item ${index}`);

/** The entries of a map that are right. Wrong ones were reported already. */
export function withoutWrongValues(
  map: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const entries = Object.entries(map);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
