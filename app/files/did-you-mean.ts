import { closest, distance } from 'fastest-levenshtein';

/** Two words are close when at most a third of the letters differs, and never fewer than one. */
const CLOSE_SHARE = 1 / 3;

/**
 * The candidate that somebody who typed `word` most likely meant; nothing when none is close. Upper
 * and lower case are the same here, and two letters that have changed places are one mistake.
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lowerCase = candidates.map((candidate) => candidate.toLowerCase());
  const typed = word.toLowerCase();
  // Of a short word the library counts two letters that have changed places as too much.
  const meant = lowerCase.find((one) => isTransposed(typed, one)) ?? closeTo(typed, lowerCase);
  return meant === undefined ? undefined : candidates[lowerCase.indexOf(meant)];
}

function closeTo(typed: string, candidates: readonly string[]): string | undefined {
  const nearest = closest(typed, candidates);
  const limit = Math.max(1, Math.floor(nearest.length * CLOSE_SHARE));
  return distance(typed, nearest) <= limit ? nearest : undefined;
}

/** Whether two words differ in one place only, where two letters have changed places. */
function isTransposed(a: string, b: string): boolean {
  const at = a.split('').findIndex((letter, index) => letter !== b[index]);
  if (at < 0 || a.length !== b.length) return false;
  return a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b;
}
