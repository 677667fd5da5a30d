import { ApiError } from '../../front/wire-format';

const VERSION_LIMIT = 2 ** 30;

/**
 * Checks a version or a selector of versions.
 * @throws ApiError InvalidVersionNumberException
 */
export function checkVersion(version: string, pattern: RegExp): void {
  const inRange = version.split('.').every((part) => part === 'x' || Number(part) < VERSION_LIMIT);
  if (pattern.test(version) && inRange) return;
  const message = `The version number '${version}' is not valid.`;
  throw new ApiError(400, 'InvalidVersionNumberException', message);
}

/** Numbers with `x` only at the end, as selectors of versions need it. */
export const VERSION_SELECTOR = /^(\d+\.\d+\.(\d+|x)|\d+\.x\.x|x\.x\.x)$/;
