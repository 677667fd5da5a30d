import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from '@jest/globals';
import { executablePath } from '../../emulator/programs/tools';

/** How a script ended. */
export interface ScriptResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A clock of its own for the scripts: `sleep` moves it on, and nothing really waits. */
const FAKE_DATE = `#!/bin/sh
IFS= read -r now <"$FAKE_AWS/clock"
if [ "$*" = +%s ]; then printf '%s\\n' "$now"; else printf '%s\\n' "date $*"; fi
`;
const FAKE_SLEEP = `#!/bin/sh
IFS= read -r now <"$FAKE_AWS/clock"
printf '%s\\n' "$((now + $1))" >"$FAKE_AWS/clock"
printf '%s\\n' "$1" >>"$FAKE_AWS/sleeps"
`;

/** Only what hangs takes as long, however busy the machine is. */
const HANG_MS = 300_000;

const open: FakeAwsFolder[] = [];

/**
 * A folder in which a shell script runs with nothing on its PATH but a few programs, a stand-in for
 * the AWS CLI, and a clock of its own. It goes with the test.
 */
export class FakeAwsFolder {
  private readonly directory = mkdtempSync(join(tmpdir(), 'fake-aws-'));

  /**
   * @param cli the text of the stand-in, which keeps what it knows in the folder `$FAKE_AWS`
   * @param programs what else the script may use
   * @param folders folders that the stand-in writes to
   */
  constructor(cli: string, programs: readonly string[], folders: readonly string[] = []) {
    for (const folder of ['work', ...folders]) mkdirSync(join(this.directory, folder));
    this.write('clock', '1000');
    this.write('bin/date', FAKE_DATE, 0o755);
    this.write('bin/sleep', FAKE_SLEEP, 0o755);
    this.write('bin/aws', cli, 0o755);
    for (const program of programs) {
      const path = executablePath(program) ?? `/usr/bin/${program}`;
      symlinkSync(path, join(this.directory, 'bin', program));
    }
    open.push(this);
  }

  /** Takes the AWS CLI away. */
  public withoutCli(): this {
    rmSync(join(this.directory, 'bin', 'aws'));
    return this;
  }

  /** How long the script slept, each time, in seconds. */
  public sleeps(): string[] {
    return this.lines('sleeps');
  }

  /** Files that the script left in its working directory. */
  public leftBehind(): string[] {
    return readdirSync(join(this.directory, 'work'));
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  /**
   * Runs a script, as Terraform does, with no environment but its own, until it and all that it has
   * started have ended.
   */
  protected runScript(
    script: string,
    settings: Readonly<Record<string, string>>,
    [program = '', ...options]: readonly string[] = ['/bin/sh'],
  ): ScriptResult {
    const { status, stdout, stderr } = spawnSync(program, [...options, '-c', script], {
      cwd: join(this.directory, 'work'),
      encoding: 'utf8',
      timeout: HANG_MS,
      // Nothing to read, as under Terraform; bash takes a pipe for a remote log-in. Nobody writes to
      // the last one: it is open as long as a process is left that could still write a file.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...settings, PATH: join(this.directory, 'bin'), FAKE_AWS: this.directory },
    });
    return { status, stdout, stderr };
  }

  /** Writes a file below the folder. */
  protected write(name: string, text: string, mode = 0o644): this {
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.endsWith('\n') ? text : `${text}\n`, { mode });
    return this;
  }

  /** Reads a file below the folder; nothing when there is none. */
  protected lines(name: string): string[] {
    const path = join(this.directory, name);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
  }
}

afterEach(() => {
  for (const folder of open.splice(0)) folder.remove();
});
