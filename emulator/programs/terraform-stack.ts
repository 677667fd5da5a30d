import { type ProgramResult, runProgram } from './run-program';

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
  /** Gives up on a command after so many milliseconds. @default 300000 */
  readonly limitMs?: number;
  /** Kills Terraform when it fires. @default - nothing does */
  readonly interrupted?: AbortSignal;
  /** Gets the id of each command's process. @default - nobody does */
  readonly onStart?: (pid: number) => void;
}

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
    await this.succeed('plan', '-out=plan.tfplan', '-input=false', '-no-color');
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
    if (status !== 0 && status !== 2) throw failure(['plan'], { status, ...result });
    return status === 0;
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

  private command(...args: readonly string[]): Promise<ProgramResult> {
    const { terraform, onLine, ...run } = this.run;
    const follow = onLine === undefined || args.includes('-json') ? {} : { onLine };
    return runProgram(terraform, args, { limitMs: 300_000, ...run, ...follow, cwd: this.folder });
  }
}

function failure(args: readonly string[], { status, stdout, stderr }: ProgramResult): Error {
  const command = `terraform ${args.join(' ')}`;
  return new TerraformError(`${command} ended with ${status}\n${stdout}\n${stderr}`);
}
