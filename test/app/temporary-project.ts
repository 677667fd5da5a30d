import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../app/run';

const EXAMPLE = join(__dirname, '..', '..', 'environments', 'example.yaml');

/** The text of the shipped example. */
export const EXAMPLE_TEXT = readFileSync(EXAMPLE, 'utf8');

/** What a run returned and said. */
export interface RunResult {
  readonly code: 0 | 1;
  readonly printed: readonly string[];
  readonly errors: readonly string[];
}

/**
 * A folder such as a user works in, which is the current one until it is left: what the app prints
 * is then the same on every machine. The shipped example is in `environments/`.
 */
export class TemporaryProject {
  public readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
  public readonly output = join(this.folder, 'cdktf.out');
  private readonly formerFolder = process.cwd();

  constructor() {
    this.write('environments/example.yaml', EXAMPLE_TEXT);
    process.chdir(this.folder);
  }

  public write(file: string, text: string | Buffer): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  public remove(file: string): void {
    rmSync(join(this.folder, file), { recursive: true });
  }

  public read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** Does what `npm start` does, with its default folders. */
  public run(): RunResult {
    const printed: string[] = [];
    const errors: string[] = [];
    const code = run({
      environmentsFolder: 'environments',
      outputFolder: 'cdktf.out',
      today: '2026-06-01',
      print: (text) => printed.push(text),
      printError: (text) => errors.push(text),
    });
    return { code, printed, errors };
  }

  /** Goes back to where the test was, and removes the folder. */
  public leave(): void {
    process.chdir(this.formerFolder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
