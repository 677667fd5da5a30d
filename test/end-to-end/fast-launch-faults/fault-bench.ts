import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmulatedAws, startEmulatedAws } from '../../../emulator/emulated-aws';
import { configureTerraform, findProviderMirror, findTool } from '../../../emulator/programs/tools';
import { warmAwsCli } from '../../support/warm-programs';
import { CaseBench, type CaseResult, type Ground } from './case-bench';
import type { FaultCase } from './fault-case';

/** What cases begin with when they have nothing special. */
const USUAL_CASE: FaultCase = {
  name: 'no fault',
  applied: true,
  run: {},
  comesTo: { exit: 0, state: {} },
  thenComesTo: { state: {} },
};

/** An emulated AWS and Terraform, for one case after the other. */
export class FaultBench {
  /**
   * Starts the emulated AWS.
   * @param awsCli - path of the AWS CLI; @default - the one on PATH, made faster where it can be
   * @throws Error when a program is missing.
   */
  public static async start(awsCli?: string): Promise<FaultBench> {
    return new FaultBench(await startEmulatedAws(awsCli === undefined ? warmAwsCli() : { awsCli }));
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'fast-launch-faults-'));
  private readonly terraform: { readonly path: string; readonly env: Record<string, string> };
  private cases = 0;
  private usual: Ground | undefined;

  private constructor(public readonly aws: EmulatedAws) {
    const terraform = findTool('terraform');
    const mirror = findProviderMirror();
    if ('missing' in terraform) throw new Error(terraform.missing);
    const source = 'missing' in mirror ? 'registry' : mirror;
    this.terraform = { path: terraform.path, env: configureTerraform(this.folder, source) };
  }

  /** Runs a case from the first apply to the last plan. */
  public async run(row: FaultCase): Promise<CaseResult> {
    const bench = this.bench(row);
    const isSpecial = row.template !== undefined || row.run.byHand?.amis?.A !== undefined;
    try {
      this.usual ??= await this.bench(USUAL_CASE).prepare();
      return await bench.run(isSpecial ? await bench.prepare() : this.usual);
    } finally {
      bench.forget();
    }
  }

  /** Runs a case up to the fault, and no further. */
  public async runFault(row: FaultCase): Promise<CaseResult['outcome']> {
    const bench = this.bench(row);
    try {
      this.usual ??= await this.bench(USUAL_CASE).prepare();
      return await bench.runFault(this.usual);
    } finally {
      bench.forget();
    }
  }

  private bench(row: FaultCase): CaseBench {
    this.cases += 1;
    const folder = join(this.folder, String(this.cases));
    mkdirSync(folder);
    return new CaseBench(this.aws, folder, this.terraform, row);
  }

  /** Ends everything and removes the folder. */
  public async stop(): Promise<void> {
    await this.aws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
