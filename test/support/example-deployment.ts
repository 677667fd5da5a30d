import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../app/run';
import {
  type EmulatedAws,
  type EmulatedAwsOptions,
  startEmulatedAws,
} from '../../emulator/emulated-aws';
import { configureTerraform, findProviderMirror, findTool } from '../../emulator/programs/tools';
import {
  type NetworkAndClusterSeed,
  type SeededNetworkAndCluster,
  seedNetworkAndCluster,
} from '../../emulator/seed-network-and-cluster';
import {
  type KeptProvider,
  startKeptProvider,
} from '../../emulator/terraform/kept-provider/kept-provider';
import { type TerraformRun, TerraformStack } from '../../emulator/terraform/terraform-stack';
import { exampleEnvironment } from './example-environment';
import { warmAwsCli } from './warm-programs';

/** Steps that wait look again each second. */
const POLL_OFTEN = {
  FAST_LAUNCH_POLL_SECONDS: '1',
  AMI_RETENTION_POLL_SECONDS: '1',
  INSTANCE_REFRESH_POLL_SECONDS: '1',
};

/** How to deploy the example. */
export interface ExampleDeploymentOptions
  extends Pick<TerraformRun, 'onLine' | 'interrupted' | 'limitMs'> {
  readonly aws?: EmulatedAwsOptions;
  /** Differences from a cluster `example` with Kubernetes 1.35. */
  readonly seed?: Partial<NetworkAndClusterSeed>;
  /** Gets what the app prints. @default - nobody does */
  readonly print?: (text: string) => void;
  /**
   * Whether one AWS provider serves all commands of Terraform, and the AWS CLI has its modules loaded,
   * which is several times faster. Else Terraform starts a provider for each command, and the steps the
   * AWS CLI itself, as they do for users.
   * @default false
   */
  readonly keepProvider?: boolean;
}

/**
 * The shipped example environment in an emulated AWS: synthesized by the app itself, to be applied
 * with the real Terraform.
 */
export class ExampleDeployment {
  /** Starts the emulated AWS and seeds it. @throws Error when a program is missing. */
  public static async start(options: ExampleDeploymentOptions = {}): Promise<ExampleDeployment> {
    const terraform = findTool('terraform');
    if ('missing' in terraform) throw new Error(terraform.missing);
    const isFast = options.keepProvider === true;
    const aws = await startEmulatedAws({ ...(isFast ? warmAwsCli() : {}), ...options.aws });
    const seed = { clusterName: 'example', kubernetesVersion: '1.35', ...options.seed };
    let provider: KeptProvider | undefined;
    try {
      const seeded = await seedNetworkAndCluster(aws, seed);
      if (isFast) provider = await startProvider(aws);
      return new ExampleDeployment(aws, seeded, terraform.path, options, provider);
    } catch (error) {
      await provider?.stop();
      await aws.stop();
      throw error;
    }
  }

  public readonly image: TerraformStack;
  public readonly nodes: TerraformStack;
  /** Holds `environments` and `out`. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdktf-eks-windows-ami-'));
  /** The whole environment of Terraform. */
  public readonly terraformEnvironment: Readonly<Record<string, string>>;
  private readonly environment: string;
  private readonly terraformRun: TerraformRun;

  private constructor(
    public readonly aws: EmulatedAws,
    public readonly seeded: SeededNetworkAndCluster,
    terraform: string,
    private readonly options: ExampleDeploymentOptions,
    private readonly provider: KeptProvider | undefined,
  ) {
    const mirror = findProviderMirror();
    const source = 'missing' in mirror ? 'registry' : mirror;
    this.environment = exampleEnvironment(
      seeded,
      source === 'registry' ? undefined : source.version,
    );
    const { aws: _aws, seed: _seed, print: _print, keepProvider: _keep, ...rest } = options;
    const kept = provider === undefined ? {} : { provider };
    const settings = configureTerraform(this.folder, source);
    this.terraformEnvironment = { ...aws.environment, ...settings, ...POLL_OFTEN };
    this.terraformRun = { ...rest, ...kept, terraform, env: this.terraformEnvironment };
    this.image = this.stack('example-windows-image');
    this.nodes = this.stack('example-windows-nodes');
  }

  /** Any stack in `out`. */
  public stack(name: string): TerraformStack {
    return new TerraformStack(join(this.folder, 'out/stacks', name), this.terraformRun);
  }

  /** Writes the environment file, changed as the edit says, and runs the app. */
  public synthesize(edit: (yaml: string) => string = (yaml) => yaml): void {
    this.write('environments/example.yaml', edit(this.environment));
    const environmentsFolder = join(this.folder, 'environments');
    const problems: string[] = [];
    const code = run({
      environmentsFolder,
      outputFolder: join(this.folder, 'out'),
      today: '2026-06-01',
      print: this.options.print ?? (() => undefined),
      printError: (text) => problems.push(text),
    });
    if (code !== 0) throw new Error(problems.join('\n'));
  }

  /** Writes a file, such as a component's, below the folder. */
  public write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Ends the emulated AWS and removes the folder. */
  public async stop(): Promise<void> {
    await this.provider?.stop();
    await this.aws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function startProvider(aws: EmulatedAws): Promise<KeptProvider> {
  const mirror = findProviderMirror();
  if ('missing' in mirror) throw new Error(mirror.missing);
  return startKeptProvider(mirror, aws.environment);
}
