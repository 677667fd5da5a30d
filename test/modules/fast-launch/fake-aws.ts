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
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { type FastLaunchScript, fastLaunchScript } from '../../../modules/fast-launch';
import { executablePath } from '../../emulator/tools';

/** What `describe-fast-launch-images` tells about an AMI. */
export interface FastLaunchLook {
  readonly state: string;
  /** @default lt-1 */
  readonly template?: string;
  /** @default 3 */
  readonly version?: string;
  /** @default 5 */
  readonly snapshots?: string;
  /** @default 6 */
  readonly parallel?: string;
  /** @default - null */
  readonly reason?: string;
}

/** How a script ended. */
export interface ScriptResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A clock of its own for the scripts: `sleep` moves it on, and nothing really waits. */
const FAKE_DATE = '#!/bin/sh\nIFS= read -r now <"$FAKE_AWS/clock"\nprintf "%s\\n" "$now"\n';
const FAKE_SLEEP = `#!/bin/sh
IFS= read -r now <"$FAKE_AWS/clock"
printf '%s\\n' "$((now + $1))" >"$FAKE_AWS/clock"
printf '%s\\n' "$1" >>"$FAKE_AWS/sleeps"
`;

const SETTINGS = {
  AMI_ID: 'ami-1',
  LAUNCH_TEMPLATE_ID: 'lt-1',
  LAUNCH_TEMPLATE_VERSION: '3',
  TARGET_RESOURCE_COUNT: '5',
  MAX_PARALLEL_LAUNCHES: '6',
  KEEP_AMI_ID: '',
  FAST_LAUNCH_POLL_SECONDS: '0',
  TIMEOUT_SECONDS: '600',
};

/** A directory in which the Fast Launch scripts run against `fake-aws.sh`. */
export class FakeAws {
  public readonly directory = mkdtempSync(join(tmpdir(), 'fake-aws-'));

  constructor() {
    for (const name of ['bin', 'work', 'amis', 'looks', 'after-enable', 'after-disable']) {
      mkdirSync(join(this.directory, name));
    }
    this.write('clock', '1000');
    this.write('bin/date', FAKE_DATE, 0o755);
    this.write('bin/sleep', FAKE_SLEEP, 0o755);
    for (const tool of ['cut', 'tr']) {
      symlinkSync(executablePath(tool) ?? `/usr/bin/${tool}`, join(this.directory, 'bin', tool));
    }
    this.write('bin/aws', readFileSync(join(__dirname, 'fake-aws.sh'), 'utf8'), 0o755);
  }

  /** Adds an AMI; without more an available Windows AMI of one's own. */
  public ami(id: string, owner = 'None', platform = 'windows', state = 'available'): this {
    return this.write(`amis/${id}`, [owner, platform, state].join('\t'));
  }

  /** Says what the next looks at an AMI's Fast Launch show; the last stays. */
  public looks(id: string, ...looks: readonly FastLaunchLook[]): this {
    return this.write(`looks/${id}`, looks.map(lookLine).join('\n'));
  }

  /** The same, from the moment Fast Launch is switched on. */
  public afterEnable(id: string, ...looks: readonly FastLaunchLook[]): this {
    return this.write(`after-enable/${id}`, looks.map(lookLine).join('\n'));
  }

  /** The same, from the moment Fast Launch is switched off. */
  public afterDisable(id: string, ...looks: readonly FastLaunchLook[]): this {
    return this.write(`after-disable/${id}`, looks.map(lookLine).join('\n'));
  }

  /** Makes the next call of an operation fail. */
  public failNext(operation: string, status: number, message: string): this {
    return this.write(`faults.${operation}`, `${status}\t${message}`);
  }

  /** Takes the AWS CLI away. */
  public withoutCli(): this {
    rmSync(join(this.directory, 'bin', 'aws'));
    return this;
  }

  /** Runs a script, as Terraform does, with no environment but its own. */
  public run(
    script: FastLaunchScript,
    settings: Readonly<Record<string, string>> = {},
    shell: readonly string[] = ['/bin/sh'],
  ): ScriptResult {
    const [program = '', ...options] = shell;
    const { status, stdout, stderr } = spawnSync(
      program,
      [...options, '-c', fastLaunchScript(script)],
      {
        cwd: join(this.directory, 'work'),
        encoding: 'utf8',
        timeout: 20_000,
        // Nothing to read, as under Terraform; bash takes a pipe for a remote log-in.
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...SETTINGS,
          ...settings,
          PATH: join(this.directory, 'bin'),
          FAKE_AWS: this.directory,
        },
      },
    );
    return { status, stdout, stderr };
  }

  /** The arguments of every call so far, but `ec2` in front. */
  public calls(): string[][] {
    return this.lines('calls').map((line) => line.split('\t').slice(1));
  }

  /** The calls that change something, as one would type them. */
  public changes(): string[] {
    const changes = this.calls().filter(([operation]) => !operation?.startsWith('describe-'));
    return changes.map((call) => call.join(' '));
  }

  /** How long the script slept, each time, in seconds. */
  public sleeps(): string[] {
    return this.lines('sleeps');
  }

  /** Whether Fast Launch is on for an AMI, whoever looks next. */
  public isOn(id: string): boolean {
    const path = join(this.directory, 'looks', id);
    return existsSync(path) && readFileSync(path, 'utf8') !== 'None\n';
  }

  /** Files that the script left in its working directory. */
  public leftBehind(): string[] {
    return readdirSync(join(this.directory, 'work'));
  }

  private write(name: string, text: string, mode = 0o644): this {
    const end = text.endsWith('\n') ? '' : '\n';
    writeFileSync(join(this.directory, name), `${text}${end}`, { mode });
    return this;
  }

  private lines(name: string): string[] {
    const path = join(this.directory, name);
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  }
}

function lookLine(look: FastLaunchLook): string {
  if (look.state === 'None') return 'None';
  const { template = 'lt-1', version = '3', snapshots = '5', parallel = '6' } = look;
  const reason = look.reason?.replaceAll('\n', '\\n') ?? 'None';
  return [look.state, template, version, snapshots, parallel, reason].join('\t');
}

const open: FakeAws[] = [];

/** A fresh {@link FakeAws}, which goes with the test. */
export function createFakeAws(): FakeAws {
  const fake = new FakeAws();
  open.push(fake);
  return fake;
}

afterEach(() => {
  for (const fake of open.splice(0)) rmSync(fake.directory, { recursive: true });
});
