import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FastLaunchScript,
  renderFastLaunchScript,
} from '../../../modules/fast-launch/scripts';
import { FakeAwsFolder, type ScriptResult } from '../../support/fake-aws-folder';

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

const SETTINGS = {
  AWS_REGION: 'us-east-1',
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
export class FakeAws extends FakeAwsFolder {
  constructor() {
    super(
      readFileSync(join(__dirname, 'fake-aws.sh'), 'utf8'),
      ['cat', 'cut', 'rm', 'tr'],
      ['looks'],
    );
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

  /** Makes the next calls of an operation fail, each with its message; undefined for one that does not. */
  public failInTurn(operation: string, ...messages: readonly (string | undefined)[]): this {
    const lines = messages.map((message) => (message === undefined ? 'passes' : `254\t${message}`));
    return this.write(`faults.${operation}`, lines.join('\n'));
  }

  /** Runs a script with settings that differ from the usual ones. */
  public run(
    script: FastLaunchScript,
    settings: Readonly<Record<string, string>> = {},
    shell?: readonly string[],
  ): ScriptResult {
    return this.runScript(renderFastLaunchScript(script), { ...SETTINGS, ...settings }, shell);
  }

  /** The arguments of every call of EC2's so far, but `ec2` in front. */
  public calls(): string[][] {
    const calls = this.lines('calls').map((line) => line.split('\t'));
    return calls.filter(([service]) => service === 'ec2').map((call) => call.slice(1));
  }

  /** The keys with which a role was assumed, each time. */
  public assumed(): string[] {
    return this.lines('assumed');
  }

  /** Says of which account the credentials are. */
  public account(id: string): this {
    return this.write('account', id);
  }

  /** Says what the launch template has: columns as the script asks for them. */
  public template(...columns: readonly string[]): this {
    return this.write('template', columns.join('\t'));
  }

  /** The calls that change something, as one would type them. */
  public changes(): string[] {
    const changes = this.calls().filter(([operation]) => !operation?.startsWith('describe-'));
    return changes.map((call) => call.join(' '));
  }

  /** Whether Fast Launch is on for an AMI, whoever looks next. */
  public isOn(id: string): boolean {
    return this.lines(`looks/${id}`).some((look) => look !== 'None');
  }
}

function lookLine(look: FastLaunchLook): string {
  if (look.state === 'None') return 'None';
  const { template = 'lt-1', version = '3', snapshots = '5', parallel = '6' } = look;
  const reason = look.reason?.replaceAll('\n', '\\n') ?? 'None';
  return [look.state, template, version, snapshots, parallel, reason].join('\t');
}

/** A fresh {@link FakeAws}, which goes with the test. */
export const createFakeAws = (): FakeAws => new FakeAws();
