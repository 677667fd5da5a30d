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
import { type AmiRetentionScript, amiRetentionScript } from '../../../modules/ami-retention';
import {
  AMI_IMAGE_TAG,
  AMI_IN_USE_TAG_PREFIX,
  SNAPSHOT_OF_DELETED_AMI_TAG,
} from '../../../modules/core';
import { executablePath } from '../../emulator/tools';

/** An AMI that the scripts find. */
export interface FakeAmi {
  /** Day of January 2026. */
  readonly day: number;
  /** @default available */
  readonly state?: string;
  /** @default - not deprecated */
  readonly deprecation?: string;
  /** @default - one, `snap-` and the rest of the AMI's id */
  readonly snapshots?: readonly string[];
  /** Who has put an in-use tag on it. @default - nobody */
  readonly users?: readonly string[];
  /** @default us-east-1 */
  readonly region?: string;
}

/** How a script ended. */
export interface ScriptResult {
  readonly status: number | null;
  /** Lines of standard output, without the name of the program in front. */
  readonly said: readonly string[];
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

export const PARAMETER = '/imagebuilder/win/ami-id';

const SETTINGS = {
  IMAGE_NAME: 'win',
  IMAGE_TAG_KEY: AMI_IMAGE_TAG,
  IN_USE_TAG_PREFIX: AMI_IN_USE_TAG_PREFIX,
  SNAPSHOT_TAG_KEY: SNAPSHOT_OF_DELETED_AMI_TAG,
  TARGETS: `us-east-1 ${PARAMETER}`,
  TIMEOUT_SECONDS: '600',
  KEEP: '1',
  OLDER: 'delete',
  ON_DESTROY: 'keep',
};

/** A directory in which the retention scripts run against `fake-aws.sh`. */
export class FakeAws {
  public readonly directory = mkdtempSync(join(tmpdir(), 'fake-aws-'));

  constructor() {
    mkdirSync(join(this.directory, 'work'));
    this.write('clock', '1000');
    this.write('bin/date', FAKE_DATE, 0o755);
    this.write('bin/sleep', FAKE_SLEEP, 0o755);
    for (const tool of ['cut', 'sort', 'tr']) {
      symlinkSync(executablePath(tool) ?? `/usr/bin/${tool}`, join(this.directory, 'bin', tool));
    }
    this.write('bin/aws', readFileSync(join(__dirname, 'fake-aws.sh'), 'utf8'), 0o755);
  }

  /** Adds an AMI with 100 GiB of snapshots. */
  public ami(id: string, ami: FakeAmi): this {
    const { day, state = 'available', deprecation = 'None', region = 'us-east-1' } = ami;
    const { snapshots = [id.replace('ami-', 'snap-')], users = [] } = ami;
    const date = `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;
    const keys = users.map((user) => `${AMI_IN_USE_TAG_PREFIX}${user}`);
    const columns = [date, state, deprecation, '100', snapshots.join(','), keys.join(',')];
    return this.write(`${region}/amis/${id}`, columns.join('\t'));
  }

  /** Sets what an SSM parameter holds. */
  public parameter(name: string, value: string, region = 'us-east-1'): this {
    return this.write(`${region}/parameters/${name.replaceAll('/', '+')}`, value);
  }

  /** Says in which state each look at an AMI's Fast Launch finds it; the last stays. */
  public fastLaunch(id: string, ...states: readonly string[]): this {
    return this.write(`us-east-1/looks/${id}`, states.join('\n'));
  }

  /** Starts instances from an AMI. */
  public instances(id: string, ...instances: readonly string[]): this {
    return this.write(`us-east-1/instances/${id}`, instances.join('\t'));
  }

  /** Leaves snapshots of an earlier run. */
  public markedSnapshots(...ids: readonly string[]): this {
    return this.write('us-east-1/marked', ids.join('\n'));
  }

  /** Makes the next call of an operation fail, or that about one thing; as often as wanted. */
  public failNext(
    operation: string,
    message: string,
    { id = '', times = 1, status = 254 } = {},
  ): this {
    const line = `${status}\t${message}`;
    const name = id === '' ? operation : `${operation}.${id}`;
    return this.write(`faults.${name}`, Array.from({ length: times }, () => line).join('\n'));
  }

  /** Makes an AMI vanish just before a call. */
  public vanish(id: string, operation: string): this {
    return this.write(`vanishes.${operation}`, id);
  }

  /** Takes the AWS CLI away. */
  public withoutCli(): this {
    rmSync(join(this.directory, 'bin', 'aws'));
    return this;
  }

  /** Runs a script, as Terraform does, with no environment but its own. */
  public run(
    script: AmiRetentionScript,
    settings: Readonly<Record<string, string>> = {},
    shell: readonly string[] = ['/bin/sh'],
  ): ScriptResult {
    const [program = '', ...options] = shell;
    const { status, stdout, stderr } = spawnSync(
      program,
      [...options, '-c', amiRetentionScript(script)],
      {
        cwd: join(this.directory, 'work'),
        encoding: 'utf8',
        timeout: 20_000,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...SETTINGS,
          ...settings,
          PATH: join(this.directory, 'bin'),
          FAKE_AWS: this.directory,
        },
      },
    );
    const lines = stdout.split('\n').slice(0, -1);
    return { status, said: lines.map((line) => line.replace('ami-retention: ', '')), stderr };
  }

  /** The arguments of every call so far, behind the Region. */
  public calls(): string[] {
    return this.lines('calls').map((line) => line.split('\t').join(' '));
  }

  /** The calls that change something, as one would type them, without Region and service. */
  public changes(): string[] {
    const calls = this.calls().map((call) => call.split(' ').slice(2).join(' '));
    return calls.filter((call) => !/^(?:describe|get)-/.test(call));
  }

  /** How long the script slept, each time, in seconds. */
  public sleeps(): string[] {
    return this.lines('sleeps');
  }

  /** Files that the script left in its working directory, and lines that `aws` took from it. */
  public leftBehind(): string[] {
    return [...readdirSync(join(this.directory, 'work')), ...this.lines('swallowed')];
  }

  private write(name: string, text: string, mode = 0o644): this {
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.endsWith('\n') ? text : `${text}\n`, { mode });
    return this;
  }

  private lines(name: string): string[] {
    const path = join(this.directory, name);
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  }
}

const open: FakeAws[] = [];

/** A fresh {@link FakeAws}, which goes with the test. */
export function createFakeAws(): FakeAws {
  const fake = new FakeAws();
  open.push(fake);
  return fake;
}

/** One with AMIs `ami-1`, `ami-2` ... of as many days. */
export function withAmis(count: number): FakeAws {
  const fake = createFakeAws();
  for (let day = 1; day <= count; day += 1) fake.ami(`ami-${day}`, { day });
  return fake;
}

afterEach(() => {
  for (const fake of open.splice(0)) rmSync(fake.directory, { recursive: true });
});
