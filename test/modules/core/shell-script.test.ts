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
  it('is the two scripts beside it, the credentials last', () => {
    const folder = join(__dirname, '../../../modules/core/shell');
    const texts = ['aws-cli.sh', 'aws-credentials.sh'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(awsCliShell()).toBe(texts.join('\n'));
  });
});
