import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { awsCliShell, readShellPart } from '../../../modules/core';

describe('readShellPart', () => {
  it('gives line feeds only, also from a checkout of Windows', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shell-script-'));
    try {
      writeFileSync(join(folder, 'part.sh'), 'first\r\nsecond\r\n');
      expect(readShellPart(folder, 'part')).toBe('first\nsecond\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('awsCliShell', () => {
  it('is the script beside it', () => {
    const path = join(__dirname, '../../../modules/core/shell/aws-cli.sh');
    expect(awsCliShell()).toBe(readFileSync(path, 'utf8'));
  });
});
