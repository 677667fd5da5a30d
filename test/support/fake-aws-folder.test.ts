import { describe, expect, it } from '@jest/globals';
import { FakeAwsFolder } from './fake-aws-folder';

/** Goes on after its script, and writes then. */
const LATE = `
(
  count=0
  while [ "$count" -lt 50000 ]; do count=$((count + 1)); done
  printf 'late\\n' >"$FAKE_AWS/work/late"
) >/dev/null 2>&1 &
`;

class Folder extends FakeAwsFolder {
  public run(script: string): void {
    this.runScript(script, {});
  }
}

describe('a script in a folder of its own', () => {
  it('has ended only when all that it started has, so that nobody writes into the folder', () => {
    const folder = new Folder('#!/bin/sh\n', []);
    folder.run(LATE);
    expect(folder.leftBehind()).toEqual(['late']);
  });
});
