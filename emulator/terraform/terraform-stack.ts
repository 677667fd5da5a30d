import { type ProgramResult, runProgram } from '../programs/run-program';
import type { KeptProvider } from './kept-provider/kept-provider';

/** One planned change, as `terraform show -json` tells it. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** How Terraform is run. */
export interface TerraformRun {
  /** Path of the program. */
  readonly terraform: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Gets every line that Terraform prints. @default - nobody does */
  readonly onLine?: (line: string) => void;
  /** Gives up on a command after so many milliseconds. @default 1200000 */
  readonly limitMs?: number;
  /** Kills Terraform when it fires. @default - nothing does */
  readonly interrupted?: AbortSignal;
  /** Gets the id of each command's process. @default - nobody does */
  readonly onStart?: (pid: number) => void;
  /** The AWS provider that Terraform uses. @default - Terraform starts its own for each command */
  readonly provider?: Pick<KeptProvider, 'variables'>;
}

/**
 * Most of the time of an apply the provider waits for AWS to make something known everywhere. With a
 * kept provider, which is fast, more waits go on at the same time than Terraform's usual 10.
 */
const PARALLELISM = '-parallelism=60';
const WIDENED: ReadonlySet<string> = new Set(['plan', 'apply', 'destroy']);

/** A third of Terraform's time is looking for memory to free, of which a short command needs none. */
const LESS_OFTEN_TIDIED = { GOGC: '400' };

/** What Terraform says of a type that the provider does not tell. */
const UNKNOWN_TYPE =
  /does not support (?:resource|data source|ephemeral) type|no schema available/i;
const UNKNOWN_TYPE_ADVICE =
  'The kept provider tells the types that typesInUse finds, in *.tf.json and in the local state; ' +
  'if this one is somewhere else, let it be found there, or run this stack without a kept provider.';

/** What `plan -detailed-exitcode` ends with. */
const NOTHING_TO_DO = 0;
const SOMETHING_TO_DO = 2;

/** Terraform ended with a failure; the message holds what it printed. */
class TerraformError extends Error {
  public override readonly name = 'TerraformError';
}

/** The folder of a synthesized stack, with the real Terraform to run in it. */
export class TerraformStack {
  constructor(
    private readonly folder: string,
    private readonly run: TerraformRun,
  ) {}

  /** @throws TerraformError like all other commands. */
  public async init(): Promise<void> {
    await this.succeed('init', '-input=false', '-no-color');
  }

  public async apply(): Promise<void> {
    await this.succeed('apply', '-auto-approve', '-input=false', '-no-color');
  }

  /** Applies, and replaces a resource in any case. */
  public async applyReplacing(address: string): Promise<void> {
    await this.succeed(
      'apply',
      `-replace=${address}`,
      '-auto-approve',
      '-input=false',
      '-no-color',
    );
  }

  /** Applies the plan that {@link plan} made last. */
  public async applyPlan(): Promise<void> {
    await this.succeed('apply', '-input=false', '-no-color', 'plan.tfplan');
  }

  public async destroy(): Promise<void> {
    await this.succeed('destroy', '-auto-approve', '-input=false', '-no-color');
  }

  /** Applies, and returns how it ended whatever that was. */
  public tryApply(): Promise<ProgramResult> {
    return this.command('apply', '-auto-approve', '-input=false', '-no-color');
  }

  /** Destroys, with further options, and returns how it ended whatever that was. */
  public tryDestroy(...options: readonly string[]): Promise<ProgramResult> {
    return this.command('destroy', '-auto-approve', '-input=false', '-no-color', ...options);
  }

  /** Plans, and returns how it ended whatever that was. */
  public tryPlan(): Promise<ProgramResult> {
    return this.command('plan', '-input=false', '-no-color');
  }

  /** What the next apply would change; reads and unchanged resources are left out. */
  public async plan(): Promise<readonly PlannedChange[]> {
    const options = ['-detailed-exitcode', '-out=plan.tfplan', '-input=false', '-no-color'];
    const { status, ...result } = await this.command('plan', ...options);
    if (status === NOTHING_TO_DO) return [];
    if (status !== SOMETHING_TO_DO) throw failure(['plan', ...options], { status, ...result });
    const { stdout } = await this.succeed('show', '-json', 'plan.tfplan');
    const { resource_changes: changes = [] } = JSON.parse(stdout) as {
      resource_changes?: {
        address: string;
        type: string;
        change: Omit<PlannedChange, 'address'>;
      }[];
    };
    return changes
      .map(({ address, type, change: { actions, before, after } }) => {
        return { address, type, actions, before, after };
      })
      .filter(({ actions }) => !['no-op', 'read'].includes(actions.join()));
  }

  /** Whether a plan finds nothing to do, outputs included. */
  public async hasNoChanges(): Promise<boolean> {
    const { status, ...result } = await this.command(
      'plan',
      '-detailed-exitcode',
      '-input=false',
      '-no-color',
    );
    const isKnown = status === NOTHING_TO_DO || status === SOMETHING_TO_DO;
    if (!isKnown) throw failure(['plan'], { status, ...result });
    return status === NOTHING_TO_DO;
  }

  /** The stack's outputs. */
  public async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await this.succeed('output', '-json');
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private async succeed(...args: readonly string[]): Promise<ProgramResult> {
    const result = await this.command(...args);
    if (result.status !== 0) throw failure(args, result);
    return result;
  }

  private async command(...args: readonly string[]): Promise<ProgramResult> {
    const { terraform, onLine, provider, ...given } = this.run;
    const run = { ...given, env: { ...LESS_OFTEN_TIDIED, ...given.env } };
    const follow = onLine === undefined || args.includes('-json') ? {} : { onLine };
    const options = { ...run, ...follow, cwd: this.folder };
    if (provider === undefined) return runProgram(terraform, args, options);
    const env = { ...run.env, ...provider.variables(this.folder) };
    const [command = '', ...others] = args;
    const width = WIDENED.has(command) ? [PARALLELISM] : [];
    const result = await runProgram(terraform, [command, ...width, ...others], { ...options, env });
    return UNKNOWN_TYPE.test(result.stderr)
      ? { ...result, stderr: `${result.stderr}\n${UNKNOWN_TYPE_ADVICE}` }
      : result;
  }
}

function failure(args: readonly string[], { status, stdout, stderr }: ProgramResult): Error {
  const command = `terraform ${args.join(' ')}`;
  return new TerraformError(`${command} ended with ${status}\n${stdout}\n${stderr}`);
}
