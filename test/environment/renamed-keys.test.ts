import { describe, expect, it } from '@jest/globals';
import { knownKeys } from '../../app/files/schema-walk';
import { RENAMED_KEYS, renamedKey } from '../../environment/renamed-keys';
import { environmentSchema } from '../../environment/schema/environment-schema';
import { printedProblemsOf, problemsOf, withChanges } from '../app/full-environment';

/** `a.b[].c` as a path, with the first item of each list. */
const pathOf = (written: string) =>
  written.split(/\.|(?=\[\])/).map((part) => (part === '[]' ? 0 : part));

describe('RENAMED_KEYS', () => {
  it.each(Object.entries(RENAMED_KEYS))('leads from %s to a key that there is', (old, renamed) => {
    const path = pathOf(old);
    const known = knownKeys(environmentSchema, path.slice(0, -1));
    expect(known).not.toContain(path.at(-1));
    expect(known).toContain(renamed);
    expect(renamedKey(path)).toBe(renamed);
  });

  it('knows a key by its whole path', () => {
    expect(renamedKey(['image', 'keyPair'])).toBe('keyName');
    expect(renamedKey(['keyPair'])).toBeUndefined();
    expect(renamedKey(['image', 'constructor'])).toBeUndefined();
    expect(renamedKey([])).toBeUndefined();
  });
});

describe('a file with the former name of a key', () => {
  it('hears the new name', () => {
    const text = withChanges(['buildOnApply: true', 'keyPair: operators']);
    expect(printedProblemsOf(text)).toEqual([
      'e.yaml:17:3  `image.keyPair` must be a known key, got: "keyPair"; it is called "keyName" now',
    ]);
  });

  it('hears the new name of a key in a list', () => {
    const text = withChanges([
      '      maxSize: 5\n',
      '      maxSize: 5\n      metadataHopLimit: 2\n',
    ]);
    expect(printedProblemsOf(text)).toEqual([
      'e.yaml:27:7  `nodes.groups[0].metadataHopLimit` must be a known key, got: "metadataHopLimit"; it is called "httpPutResponseHopLimit" now',
    ]);
  });

  it('does not hear as well that the new one is missing', () => {
    const text = withChanges(['maxParallelLaunches: 6', 'keyGrant: { arn: x }']);
    expect(problemsOf(text)).toEqual([
      'e.yaml:18:51  `fastLaunch.keyGrant.arn` unknown-key: "arn"',
    ]);
  });
});
