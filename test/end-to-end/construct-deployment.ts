import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack as CdktfStack, Testing } from 'cdktf';
import { type EmulatedAws, startEmulatedAws } from '../../emulator/emulated-aws';
import { runProgram } from '../../emulator/programs/run-program';
import {
  configureTerraform,
  findProviderMirror,
  findTool,
  type ProviderMirror,
} from '../../emulator/programs/tools';
import {
  type KeptProvider,
  startKeptProvider,
} from '../../emulator/terraform/kept-provider/kept-provider';
import { TerraformStack } from '../../emulator/terraform/terraform-stack';
import { AMI_IMAGE_TAG } from '../../modules/core';
import { warmAwsCli } from '../support/warm-programs';

/** The SSM parameter that {@link ConstructDeployment.build} hands AMIs over by. */
export const PARAMETER = '/imagebuilder/win/ami-id';

/** The provider and the steps try once more, and then tell what is wrong. */
const ATTEMPTS = { AWS_MAX_ATTEMPTS: '2' };

/** A stack of some constructs, applied with the real Terraform to an emulated AWS. */
export class ConstructDeployment {
  /** Starts the emulated AWS. @throws Error when a program is missing. */
  public static async start(): Promise<ConstructDeployment> {
    const mirror = findProviderMirror();
    if ('missing' in mirror) throw new Error(mirror.missing);
    const aws = await startEmulatedAws(warmAwsCli());
    try {
      const provider = await startKeptProvider(mirror, { ...aws.environment, ...ATTEMPTS });
      return new ConstructDeployment(aws, mirror, provider);
    } catch (error) {
      await aws.stop();
      throw error;
    }
  }

  public readonly stack: TerraformStack;
  private readonly folder = mkdtempSync(join(tmpdir(), 'ami-retention-'));
  private printed: string[] = [];

  private constructor(
    public readonly aws: EmulatedAws,
    private readonly mirror: ProviderMirror,
    private readonly provider: KeptProvider,
  ) {
    const terraform = findTool('terraform');
    if ('missing' in terraform) throw new Error(terraform.missing);
    mkdirSync(join(this.folder, 'stack'));
    this.stack = new TerraformStack(join(this.folder, 'stack'), {
      terraform: terraform.path,
      env: {
        ...aws.environment,
        ...configureTerraform(this.folder, mirror),
        AMI_RETENTION_POLL_SECONDS: '0',
        FAST_LAUNCH_POLL_SECONDS: '0',
        INSTANCE_REFRESH_POLL_SECONDS: '0',
        ...ATTEMPTS,
      },
      provider,
      onLine: (line) => this.printed.push(line),
    });
  }

  /** Writes the stack that the next Terraform command works on. */
  public write(build: (stack: CdktfStack) => void, region = 'us-east-1'): void {
    const stack = new CdktfStack(Testing.app({ stackTraces: false }), 'stack');
    new AwsProvider(stack, 'aws', { region });
    stack.addOverride('terraform.required_providers.aws.version', this.mirror.version);
    build(stack);
    writeFileSync(join(this.folder, 'stack', 'cdk.tf.json'), Testing.synth(stack, true));
  }

  /** What the scripts have printed since the last call, without Terraform's own words. */
  public said(): string[] {
    const lines = this.printed.flatMap((line) => {
      const [, text] = /\(local-exec\): (.*)$/.exec(line) ?? [];
      return text === undefined || text.startsWith('local-exec: Executing') ? [] : [text];
    });
    this.printed = [];
    return lines;
  }

  /** Registers an AMI as a build would, and hands it over by the parameter. */
  public async build(name: string, region = 'us-east-1'): Promise<string> {
    const id = this.aws.seedImage({ name, region, tags: { [AMI_IMAGE_TAG]: 'win' } });
    const parameter = { Name: PARAMETER, Value: id, Type: 'String', Overwrite: true };
    await this.aws.client.json('ssm', 'PutParameter', parameter, region);
    return id;
  }

  /** The AMIs of a Region; `region` ends with a slash, and is empty for us-east-1. */
  public async amis(region = ''): Promise<readonly string[]> {
    return (await this.aws.inventory())[`${region}amis`] ?? [];
  }

  /** Runs commands of a shell against the emulated AWS; what they print on standard error. */
  public async sh(commands: readonly string[]): Promise<string> {
    const { environment: env } = this.aws;
    const options = { cwd: this.folder, env };
    const { status, stderr } = await runProgram('/bin/sh', ['-euc', commands.join('\n')], options);
    return status === 0 ? '' : `status ${status}: ${stderr}`;
  }

  /** Ends the emulated AWS and removes the folder. */
  public async stop(): Promise<void> {
    await this.provider.stop();
    await this.aws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
