import type { Inventory } from '../../emulator/inventory';
import { findTool, type ToolName } from '../../emulator/programs/tools';
import type { PlannedChange } from '../../emulator/terraform/terraform-stack';
import { ExampleDeployment } from '../../test/support/example-deployment';
import { awsCli, instanceRefreshStatus, showBuilt } from './aws-cli';
import type { DemoOptions } from './demo-options';

/** Something is missing or did not come out as it should; the message is for the user. */
export class DemoError extends Error {
  public override readonly name = 'DemoError';
}

/** @throws DemoError when a tool is missing, or when a step did not have its result. */
export async function runDemo(options: DemoOptions): Promise<void> {
  requireTools();
  const report = new Report(options);
  const { print, interrupted } = options;
  const onLine = (line: string) => report.progress(line);
  const deployment = await ExampleDeployment.start({ print, interrupted, onLine });
  try {
    await new Demo(options, report, deployment).run();
  } finally {
    await deployment.stop();
  }
}

function requireTools(): void {
  const names: readonly ToolName[] = ['terraform', 'aws', 'moto_server'];
  const missing = names.map(findTool).flatMap((tool) => ('missing' in tool ? [tool.missing] : []));
  if (missing.length > 0) throw new DemoError(missing.join('\ndemo: '));
}

/** Lines of Terraform's that tell how far it is. */
const PROGRESS = /: (?:Creation|Modifications|Destruction) complete|^(?:Apply|Destroy) complete/;

/** Lines of the Fast Launch steps. */
const LOCAL_EXEC = /^\S+ \(local-exec\): (fast-launch: .*)$/;

/** Prints what happens, with the seconds since the start. */
class Report {
  private readonly start = Date.now();

  constructor(private readonly options: DemoOptions) {}

  public heading(title: string): void {
    this.options.print(`\n== ${title}`);
  }

  public say(text: string): void {
    const seconds = ((Date.now() - this.start) / 1000).toFixed(0).padStart(4);
    this.options.print(`${seconds}s  ${text}`);
  }

  /** Says the lines of Terraform's output that matter. */
  public progress(line: string): void {
    const step = LOCAL_EXEC.exec(line)?.[1];
    if (step !== undefined) this.say(step);
    else if (PROGRESS.test(line)) this.say(line.replace(/ \[id=.*\]$/, ''));
  }
}

const FIRST_IMAGE = 'shop/web:1.4.2';
const NEXT_IMAGE = 'shop/web:1.5.0';

class Demo {
  constructor(
    private readonly options: DemoOptions,
    private readonly report: Report,
    private readonly deployment: ExampleDeployment,
  ) {}

  public async run(): Promise<void> {
    const { deployment, report } = this;
    report.heading('Emulated AWS: a network, an EKS cluster, the EKS optimized Windows AMI');
    report.say(`${deployment.aws.url}, base AMI ${deployment.seeded.baseImageId}`);
    const before = await deployment.aws.inventory();

    report.heading('npm start: from environments/example.yaml to Terraform JSON');
    deployment.synthesize();
    await this.applyBoth();
    await this.expectNoChanges();

    report.heading(`One line of YAML changes: ${FIRST_IMAGE} becomes ${NEXT_IMAGE}`);
    deployment.synthesize((yaml) => yaml.replaceAll(FIRST_IMAGE, NEXT_IMAGE));
    await this.applyBoth();
    await this.expectRolledNodes();
    await this.expectNoChanges();

    await this.destroyAll(before);
    report.heading('Done: nothing is left over');
  }

  private async applyBoth(): Promise<void> {
    const { image, nodes, aws } = this.deployment;
    for (const [stack, title] of [
      [image, 'the image stack builds the AMI'],
      [nodes, 'the nodes stack switches Fast Launch on and runs the AMI'],
    ] as const) {
      await stack.init();
      this.report.heading(`terraform plan, terraform apply: ${title}`);
      this.showPlan(await stack.plan());
      await stack.apply();
    }
    await showBuilt(aws, this.options);
  }

  private showPlan(changes: readonly PlannedChange[]): void {
    for (const { actions, address } of changes) {
      this.report.say(`${actions.join('/').padEnd(13)} ${address}`);
    }
  }

  private async expectRolledNodes(): Promise<void> {
    const { aws } = this.deployment;
    this.report.heading('The instance refresh exchanges the nodes');
    // Each look takes the emulated refresh one step on; a few are enough.
    for (let look = 0; look < 20; look += 1) {
      const status = await instanceRefreshStatus(aws, this.options);
      this.report.say(status);
      if (status.startsWith('Successful')) return showBuilt(aws, this.options);
    }
    throw new DemoError('the instance refresh did not come to its end');
  }

  private async expectNoChanges(): Promise<void> {
    const { image, nodes } = this.deployment;
    this.report.heading('A second plan of both stacks');
    for (const stack of [image, nodes]) {
      if (!(await stack.hasNoChanges())) throw new DemoError('a second plan is not empty');
    }
    this.report.say('No changes in either.');
  }

  private async destroyAll(before: Inventory): Promise<void> {
    const { image, nodes, aws } = this.deployment;
    this.report.heading('Destroy both stacks');
    await nodes.destroy();
    await image.destroy();
    await this.removeWhatImageBuilderKeeps(before);
    const after = await aws.inventory();
    const left = Object.keys(after).flatMap((kind) =>
      added(before, after, kind).map((name) => `${kind} ${name}`),
    );
    if (left.length > 0) throw new DemoError(`left over: ${left.join(', ')}`);
  }

  /** AMIs, their snapshots and the parameter belong to no Terraform state, so that none is lost. */
  private async removeWhatImageBuilderKeeps(before: Inventory): Promise<void> {
    this.report.say('Image Builder keeps AMIs, snapshots and the parameter. With the AWS CLI:');
    const after = await this.deployment.aws.inventory();
    for (const id of added(before, after, 'amis')) {
      await this.cli('ec2', 'deregister-image', '--image-id', id);
    }
    for (const id of added(before, after, 'snapshots')) {
      await this.cli('ec2', 'delete-snapshot', '--snapshot-id', id);
    }
    for (const name of added(before, after, 'parameters')) {
      await this.cli('ssm', 'delete-parameter', '--name', name);
    }
  }

  private async cli(...args: readonly string[]): Promise<void> {
    this.report.say(`aws ${args.join(' ')}`);
    await awsCli(this.deployment.aws, this.options, args);
  }
}

function added(before: Inventory, after: Inventory, kind: string): readonly string[] {
  return (after[kind] ?? []).filter((name) => !before[kind]?.includes(name));
}
