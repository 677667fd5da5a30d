import { closest, distance } from 'fastest-levenshtein';

/** Two words are close when at most a third of the letters differs, and never fewer than one. */
const CLOSE_SHARE = 1 / 3;

/**
 * The candidate that somebody who typed `word` most likely meant; nothing when none is close. Upper
 * and lower case are the same here.
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lowerCase = candidates.map((candidate) => candidate.toLowerCase());
  const typed = word.toLowerCase();
  const nearest = closest(typed, lowerCase);
  const limit = Math.max(1, Math.floor(nearest.length * CLOSE_SHARE));
  return distance(typed, nearest) <= limit ? candidates[lowerCase.indexOf(nearest)] : undefined;
}
