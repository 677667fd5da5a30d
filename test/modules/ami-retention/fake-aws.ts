import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AmiRetentionScript,
  amiRetentionScript,
} from '../../../modules/ami-retention/scripts';
import {
  AMI_IMAGE_TAG,
  AMI_IN_USE_TAG_PREFIX,
  SNAPSHOT_OF_DELETED_AMI_TAG,
} from '../../../modules/core';
import { FakeAwsFolder, type ScriptResult } from '../../support/fake-aws-folder';

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

/** How a script ended, with its output line by line, without the name of the program in front. */
export interface RetentionResult extends Omit<ScriptResult, 'stdout'> {
  readonly said: readonly string[];
}

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
export class FakeAws extends FakeAwsFolder {
  constructor() {
    super(readFileSync(join(__dirname, 'fake-aws.sh'), 'utf8'), ['cat', 'cut', 'rm', 'sort', 'tr']);
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

  /** Runs a script with settings that differ from the usual ones. */
  public run(
    script: AmiRetentionScript,
    settings: Readonly<Record<string, string>> = {},
    shell?: readonly string[],
  ): RetentionResult {
    const values = { ...SETTINGS, ...settings };
    const { stdout, ...ended } = this.runScript(amiRetentionScript(script), values, shell);
    const lines = stdout.split('\n').slice(0, -1);
    return { ...ended, said: lines.map((line) => line.replace('ami-retention: ', '')) };
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

  /** Files that the script left in its working directory, and lines that `aws` took from it. */
  public override leftBehind(): string[] {
    return [...super.leftBehind(), ...this.lines('swallowed')];
  }
}

/** A fresh {@link FakeAws}, which goes with the test. */
export const createFakeAws = (): FakeAws => new FakeAws();

/** One with AMIs `ami-1`, `ami-2` ... of as many days. */
export function withAmis(count: number): FakeAws {
  const fake = createFakeAws();
  for (let day = 1; day <= count; day += 1) fake.ami(`ami-${day}`, { day });
  return fake;
}
