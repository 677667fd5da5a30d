import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastLaunchOptions, FastLaunchState } from '../../../emulator/ec2/fast-launch';
import type { EmulatedAws } from '../../../emulator/emulated-aws';
import type { ApiCall } from '../../../emulator/front/call-log';
import type { Fault } from '../../../emulator/front/fault-injection';
import type { HeldCall } from '../../../emulator/front/held-calls';
import { textAt } from '../../../emulator/front/xml-reading';
import { groupHasEnded } from '../../../emulator/programs/process-group';
import type { ProgramResult } from '../../../emulator/programs/run-program';
import { TerraformStack } from '../../../emulator/terraform/terraform-stack';
import { COMMAND_OF_V2 } from './aws-cli-of-both-versions';
import type {
  AmiName,
  ByHand,
  EndState,
  FaultCase,
  HeldMoment,
  Outcome,
  Run,
  Wanted,
} from './fault-case';
import { renderFaultStack } from './fault-stack';
import { writeFaultyPrograms } from './faulty-programs';

const REGION = 'us-east-1';
const STATE_FILE = 'terraform.tfstate';
const CLOCK_FILE = 'clock';
const NAMES: readonly AmiName[] = ['A', 'B'];
const USUAL: Wanted = { ami: 'A', snapshots: 5, version: 1 };

/** What a case came to. */
export interface CaseResult {
  readonly outcome: Required<Outcome>;
  readonly next: Required<Outcome>;
  /** Whether a plan after the last run, of the same, finds nothing to do. */
  readonly planIsEmpty: boolean;
}

/** What most cases begin with, so that it is made once. */
export interface Ground {
  readonly amiId: string;
  readonly templates: Readonly<Record<'ours' | 'other', string>>;
  /** Terraform's state after an apply, and what EC2 has then. */
  readonly applied?: { readonly state: string; readonly fastLaunch: FastLaunchState };
}

/** One case in its folder. */
export class CaseBench {
  private readonly ids: Record<AmiName, string>;
  private templates: Readonly<Record<'ours' | 'other', string>> = { ours: '', other: '' };
  private wanted: Wanted = USUAL;

  constructor(
    private readonly aws: EmulatedAws,
    private readonly folder: string,
    private readonly terraform: { readonly path: string; readonly env: Record<string, string> },
    private readonly row: FaultCase,
  ) {
    const given = row.run.byHand?.amis?.B;
    this.ids = { A: '', B: aws.seedImage({ name: 'B', ...(given === 'gone' ? {} : given) }) };
  }

  /** Makes the launch templates and A, as the case has them, and applies if it was applied. */
  public async prepare(): Promise<Ground> {
    const given = this.row.run.byHand?.amis?.A;
    this.ids.A = this.aws.seedImage({ name: 'A', ...(given === 'gone' ? {} : given) });
    const ours = await this.createTemplate('ours');
    this.templates = { ours, other: await this.createTemplate('other') };
    const ground = { amiId: this.ids.A, templates: this.templates };
    if (this.row.applied !== true) return ground;
    const { exit, says } = await this.perform({});
    const [fastLaunch] = this.aws.fastLaunch.states(REGION);
    if (exit !== 0 || fastLaunch === undefined) {
      throw new Error(`an apply without a fault ended with ${exit}: ${says.join('; ')}`);
    }
    const state = readFileSync(join(this.folder, STATE_FILE), 'utf8');
    return { ...ground, applied: { state, fastLaunch } };
  }

  /** The whole case. */
  public async run(ground: Ground): Promise<CaseResult> {
    const outcome = await this.runFault(ground);
    const next = await this.perform(this.row.next ?? {});
    const isDestroy = this.row.next?.command === 'destroy';
    return { outcome, next, planIsEmpty: isDestroy || (await this.stack({}).hasNoChanges()) };
  }

  /** The case up to the fault. */
  public async runFault(ground: Ground): Promise<CaseResult['outcome']> {
    const { row } = this;
    this.ids.A = ground.amiId;
    this.templates = ground.templates;
    this.aws.fastLaunch.options = row.rules ?? {};
    if (row.applied === true && ground.applied !== undefined) {
      writeFileSync(join(this.folder, STATE_FILE), ground.applied.state);
      this.aws.fastLaunch.put(REGION, ground.amiId, ground.applied.fastLaunch);
    }
    const outcome = await this.perform(row.run);
    this.aws.clearFaults();
    return outcome;
  }

  /** Leaves nothing for the next case. */
  public forget(): void {
    this.aws.clearFaults();
    for (const name of NAMES) this.aws.fastLaunch.put(REGION, this.ids[name], undefined);
  }

  private async perform(run: Run): Promise<Required<Outcome>> {
    this.wanted = { ...this.wanted, ...run.wanted };
    writeFileSync(join(this.folder, CLOCK_FILE), '0');
    this.setRules(run.rules);
    this.changeByHand(run.byHand);
    const position = this.aws.calls.length;
    for (const { after, parameters = {}, ...fault } of run.faults ?? []) {
      const when: Fault['when'] = (sent) =>
        this.hasSeen(after, position) &&
        Object.entries(parameters).every(([name, value]) => sent[name] === value);
      this.aws.injectFault({ ...USUAL_FAULT, ...fault, when });
    }
    for (const failure of run.failures ?? []) this.aws.fastLaunch.failNext(failure);
    const printed: string[] = [];
    const meanwhile = this.doMeanwhile(run, position);
    const { status } = await this.command(run, position, (line) => printed.push(line));
    await meanwhile;
    return {
      exit: status ?? 'none',
      state: this.state(),
      says: printed.flatMap((line) => this.saying(line)),
      changes: this.aws.mutations(position).flatMap((call) => this.change(call)),
    };
  }

  private async command(
    run: Run,
    position: number,
    onLine: (line: string) => void,
  ): Promise<ProgramResult> {
    const files = renderFaultStack({
      amiId: this.ids[this.wanted.ami],
      launchTemplateId: this.templates.ours,
      launchTemplateVersion: this.wanted.version,
      targetResourceCount: this.wanted.snapshots,
    });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(this.folder, file), text);
    let pid = 0;
    const stack = this.stack(run, onLine, (id) => {
      pid = id;
    });
    const { interruption } = run;
    const held = interruption && this.hold(interruption, position);
    const command = run.command === 'destroy' ? stack.tryDestroy() : stack.tryApply();
    if (held === undefined || interruption === undefined) return command;
    await Promise.race([held.reached, command]);
    sendSignal(pid, interruption);
    const result = await command;
    held.release();
    // A script whose Terraform is gone goes on for a while.
    await groupHasEnded(pid);
    return result;
  }

  private hold({ operation, at, after }: HeldMoment, position: number): HeldCall {
    const when = () => this.hasSeen(after, position);
    return this.aws.holdCall({ service: 'ec2', operation, at, when });
  }

  /** Whether the run that began at a position of the calls has had such a call. */
  private hasSeen(operation: string | undefined, position: number): boolean {
    if (operation === undefined) return true;
    return this.aws.calls.slice(position).some((call) => call.operation === operation);
  }

  private async doMeanwhile({ meanwhile }: Run, position: number): Promise<void> {
    if (meanwhile === undefined) return;
    const held = this.hold(meanwhile, position);
    await held.reached;
    if (meanwhile.timeIsUp === true) writeFileSync(join(this.folder, CLOCK_FILE), '7200');
    this.setRules(meanwhile.rules);
    this.changeByHand(meanwhile.byHand);
    held.release();
  }

  private stack(
    run: Run,
    onLine?: (line: string) => void,
    onStart?: (pid: number) => void,
  ): TerraformStack {
    const env = Object.entries({
      ...this.aws.environment,
      ...this.terraform.env,
      FAST_LAUNCH_POLL_SECONDS: '0',
      AWS_MAX_ATTEMPTS: '2',
      ...(this.row.cliV2 === undefined ? {} : { [COMMAND_OF_V2]: this.row.cliV2 }),
      ...run.env,
    }).filter(([, value]) => value !== '');
    const variables = Object.fromEntries(env);
    return new TerraformStack(this.folder, {
      terraform: this.terraform.path,
      env: writeFaultyPrograms(this.folder, run.cli, variables),
      ...(onLine === undefined ? {} : { onLine }),
      ...(onStart === undefined ? {} : { onStart }),
    });
  }

  /** A launch template with the content of the case, and a second version that is fine. */
  private async createTemplate(name: string): Promise<string> {
    const document = await this.aws.client.query('ec2', 'CreateLaunchTemplate', {
      LaunchTemplateName: `${name}-${this.ids.A}`,
      ...launchTemplateData(this.row.template),
    });
    const id = textAt(document, 'launchTemplate', 'launchTemplateId');
    const second = { LaunchTemplateId: id, ...launchTemplateData() };
    await this.aws.client.query('ec2', 'CreateLaunchTemplateVersion', second);
    return id;
  }

  private setRules(rules: FastLaunchOptions | undefined): void {
    if (rules !== undefined) this.aws.fastLaunch.options = rules;
  }

  private changeByHand(change: ByHand | undefined): void {
    for (const name of NAMES) {
      const id = this.ids[name];
      if (change?.amis?.[name] === 'gone') this.aws.deregisterImage(id);
      const standing = change?.fastLaunch?.[name];
      if (standing === undefined) continue;
      if (standing === 'off') {
        this.aws.fastLaunch.put(REGION, id, undefined);
        continue;
      }
      const { state, by = 'ours', snapshots = 5, reason } = standing;
      this.aws.fastLaunch.put(REGION, id, {
        imageId: id,
        state,
        ...(reason === undefined ? {} : { reason }),
        maxParallelLaunches: 6,
        targetResourceCount: snapshots,
        launchTemplate: { id: this.templates[by], name: by, version: '1' },
      });
    }
  }

  private state(): EndState {
    const nodes = this.nodes();
    const known = this.aws.fastLaunch.states(REGION);
    const shown = NAMES.flatMap((name) => {
      const found = known.find(({ imageId }) => imageId === this.ids[name]);
      return found === undefined ? [] : [[name, this.describe(found)] as const];
    });
    return { ...Object.fromEntries(shown), ...(nodes === undefined ? {} : { nodes }) };
  }

  /** The AMI that nodes are launched from, as Terraform knows. */
  private nodes(): AmiName | undefined {
    const file = join(this.folder, STATE_FILE);
    if (!existsSync(file)) return undefined;
    const { resources } = JSON.parse(readFileSync(file, 'utf8')) as TerraformState;
    const [nodes] = resources.find(({ name }) => name === 'Nodes')?.instances ?? [];
    const id = nodes?.attributes.input?.value['ami_id'];
    return NAMES.find((name) => this.ids[name] === id);
  }

  private describe({ state, launchTemplate, targetResourceCount }: FastLaunchState): string {
    const template = this.nameOf(launchTemplate?.id ?? 'none');
    return `${state} ${template} ${launchTemplate?.version} ${targetResourceCount}`;
  }

  private change({ operation, parameters, status }: ApiCall): string[] {
    const id = parameters['ImageId'] ?? parameters['ResourceId.1'];
    if (id === undefined) return [];
    const failed = status === 200 ? '' : ` ${status}`;
    return [`${operation} ${this.nameOf(String(id))}${failed}`];
  }

  private saying(line: string): string[] {
    const [, text] = /\(local-exec\): (.*)$/.exec(line) ?? [];
    return text === undefined ? [] : [this.nameOf(text).replace(/\b\d+s\b/g, 'Ns')];
  }

  private nameOf(text: string): string {
    return text
      .replaceAll(this.ids.A, 'A')
      .replaceAll(this.ids.B, 'B')
      .replaceAll(this.templates.ours, 'ours')
      .replaceAll(this.templates.other, 'other');
  }
}

/** What is read of Terraform's state. */
interface TerraformState {
  readonly resources: readonly {
    readonly name: string;
    readonly instances: readonly {
      readonly attributes: {
        readonly input?: { readonly value: Readonly<Record<string, string>> };
      };
    }[];
  }[];
}

const USUAL_FAULT = {
  service: 'ec2',
  status: 503,
  code: 'RequestLimitExceeded',
  message: 'Request limit exceeded.',
  times: 100,
};

function launchTemplateData(
  content: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const data = { InstanceType: 't3.xlarge', ...content };
  const entries = Object.entries(data).map(([key, value]) => [`LaunchTemplateData.${key}`, value]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function sendSignal(pid: number, { signal, to }: NonNullable<Run['interruption']>): void {
  process.kill(to === 'all' ? -pid : pid, signal);
}
