import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '../../emulator/inventory';
import { findProviderMirror } from '../../emulator/programs/tools';
import type { PlannedChange } from '../../emulator/terraform/terraform-stack';
import { ExampleDeployment } from '../support/example-deployment';
import { withLocalState } from '../support/local-state';
import { ROOT, runNode } from '../support/run-node';

/** The program of `examples/full` is a stack of its own. */
const FULL = 'full';

/** What a version has deployed, and what today's code makes of it. */
export class UpgradeDeployment {
  /** Starts the emulated AWS. @param stacks in the order in which they are deployed */
  public static async start(
    version: string,
    stacks: readonly string[],
  ): Promise<UpgradeDeployment> {
    const deployment = await ExampleDeployment.start({ keepProvider: true });
    await deployment.aws.client.rest('eks', 'POST', '/clusters/example/addons', {
      addonName: 'vpc-cni',
      configurationValues: '{"enableWindowsIpam":"true"}',
    });
    const untouched = await deployment.aws.inventory();
    return new UpgradeDeployment(version, stacks, deployment, untouched);
  }

  private constructor(
    private readonly version: string,
    private readonly stacks: readonly string[],
    private readonly deployment: ExampleDeployment,
    public readonly untouched: Inventory,
  ) {}

  /** Applies what the version has synthesized. */
  public async deployFormer(): Promise<void> {
    for (const stack of this.stacks) {
      const file = join(ROOT, 'test/upgrade', this.version, stack, 'cdk.tf.json');
      this.write(stack, readFileSync(file, 'utf8'));
      await this.deployment.stack(stack).init();
      await this.deployment.stack(stack).apply();
    }
  }

  /** Synthesizes by today's code, and plans and applies stacks in an order; what was planned. */
  public async upgrade(
    order: readonly string[],
  ): Promise<readonly { readonly stack: string; readonly planned: readonly PlannedChange[] }[]> {
    if (this.stacks.includes(FULL)) this.synthesizeFull();
    else this.deployment.synthesize();
    const steps = [];
    for (const stack of order) {
      steps.push({ stack, planned: await this.deployment.stack(stack).plan() });
      await this.deployment.stack(stack).applyPlan();
    }
    return steps;
  }

  /** The stacks for which a plan finds something to do. */
  public async unfinished(): Promise<string[]> {
    const unfinished: string[] = [];
    for (const stack of this.stacks) {
      if (!(await this.deployment.stack(stack).hasNoChanges())) unfinished.push(stack);
    }
    return unfinished;
  }

  /** Destroys everything; what AWS has afterwards. */
  public async destroy(): Promise<Inventory> {
    for (const stack of [...this.stacks].reverse()) await this.deployment.stack(stack).destroy();
    return this.deployment.aws.inventory();
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  private synthesizeFull(): void {
    const out = join(this.deployment.folder, FULL);
    const environment = { CDKTF_OUTDIR: out, SUBNET_IDS: this.deployment.seeded.subnetIds[0] };
    const { status, stderr } = runNode('main.ts', join(ROOT, 'examples', FULL), environment);
    if (status !== 0) throw new Error(stderr);
    this.write(FULL, readFileSync(join(out, 'stacks', FULL, 'cdk.tf.json'), 'utf8'));
  }

  /** Writes a stack for the network and the provider that are here. */
  private write(stack: string, text: string): void {
    const mirror = findProviderMirror();
    if ('missing' in mirror) throw new Error(mirror.missing);
    const [first, second] = this.deployment.seeded.subnetIds;
    const here = withLocalState(text, mirror.version)
      .replaceAll('subnet-0123456789abcdef0', first)
      .replaceAll('subnet-0123456789abcdef1', second)
      .replaceAll('sg-0123456789abcdef0', this.deployment.seeded.securityGroupId);
    this.deployment.write(`out/stacks/${stack}/cdk.tf.json`, here);
  }
}
