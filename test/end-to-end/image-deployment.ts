import { parse, stringify } from 'yaml';
import type { z } from 'zod';
import type { Inventory } from '../../emulator/inventory';
import type { environmentSchema } from '../../environment/schema/environment-schema';
import { ExampleDeployment } from '../support/example-deployment';

/** An environment file as data, to be changed in place. */
export type EnvironmentData = z.input<typeof environmentSchema>;

/** One change of what a user writes. */
export type Edit = (environment: EnvironmentData, deployment: ImageDeployment) => void;

/** What builds leave behind on purpose; retention looks after it. */
const KEPT_KINDS = /(?:^|\/)(?:amis|snapshots|parameters|s3Objects)$/;

/** The component file of the environment. */
const COMPONENT = `name: Agent
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Install
        action: ExecutePowerShell
        inputs:
          commands: ['Write-Host one']
`;

/**
 * The image stack of an environment with all that an image can have, changed step by step in an
 * emulated AWS that holds what is in use.
 */
export class ImageDeployment {
  /** Starts the emulated AWS, and applies the environment for the first time. */
  public static async start(edit: Edit = () => undefined): Promise<ImageDeployment> {
    const deployment = await ExampleDeployment.start({
      aws: { buildsWriteLogs: true },
      keepProvider: true,
    });
    const one = new ImageDeployment(deployment);
    await one.seed();
    one.write(edit);
    await deployment.image.init();
    await deployment.image.apply();
    return one;
  }

  public readonly bucket = 'acme-image-logs';
  /** ARNs of two KMS keys. */
  public readonly keys: string[] = [];
  public readonly subnetId: string;
  public readonly securityGroupId: string;
  private data: EnvironmentData | undefined;
  private untouched: Inventory = {};
  private newerBaseImage = '';

  private constructor(private readonly deployment: ExampleDeployment) {
    this.subnetId = deployment.seeded.subnetIds[0];
    this.securityGroupId = deployment.seeded.securityGroupId;
  }

  /** Changes the environment file, and runs the app on it. */
  public write(edit: Edit): void {
    this.deployment.synthesize((yaml) => {
      this.data ??= this.complete(parse(yaml) as EnvironmentData);
      edit(this.data, this);
      return stringify(this.data);
    });
  }

  /** Changes the text of the component file, always from what it was in the beginning. */
  public readonly writeComponent = (change: (text: string) => string): void =>
    this.deployment.write('environments/components/agent.yaml', change(COMPONENT));

  /** Does what Amazon does once a month: another AMI is the latest. */
  public readonly publishBaseImage = (): void => {
    const { aws, seeded } = this.deployment;
    aws.seedParameter(seeded.baseImageParameter, this.newerBaseImage);
  };

  /** The planned changes, `aws_imagebuilder_image_recipe create/delete`, sorted. */
  public async plan(): Promise<string[]> {
    const changes = await this.deployment.image.plan();
    return changes.map(({ type, actions }) => `${type} ${actions.join('/')}`).sort();
  }

  public applyPlan(): Promise<void> {
    return this.deployment.image.applyPlan();
  }

  public apply(): Promise<void> {
    return this.deployment.image.apply();
  }

  public destroy(): Promise<void> {
    return this.deployment.image.destroy();
  }

  public hasNoChanges(): Promise<boolean> {
    return this.deployment.image.hasNoChanges();
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  /** How many things of each kind there are, but for what is kept on purpose. */
  public async counts(): Promise<Readonly<Record<string, number>>> {
    const inventory = await this.deployment.aws.inventory();
    const kinds = Object.entries(inventory).filter(([kind]) => !KEPT_KINDS.test(kind));
    return Object.fromEntries(kinds.map(([kind, names]) => [kind, names.length]));
  }

  /** What builds have left behind in the Region of the environment. */
  public async ownAmis(): Promise<{ readonly amis: string[]; readonly snapshots: string[] }> {
    const left = await this.leftovers();
    return { amis: [...(left['amis'] ?? [])], snapshots: [...(left['snapshots'] ?? [])] };
  }

  /** What there is now and was not before the first apply, but for logs. */
  public async leftovers(): Promise<Inventory> {
    const now = Object.entries(await this.deployment.aws.inventory()).flatMap(([kind, names]) => {
      const added = names.filter((name) => !this.untouched[kind]?.includes(name));
      return added.length === 0 || kind === 's3Objects' ? [] : [[kind, added] as const];
    });
    return Object.fromEntries(now);
  }

  private complete(environment: EnvironmentData): EnvironmentData {
    return {
      ...environment,
      image: {
        ...environment.image,
        components: ['update-windows', { file: 'components/agent.yaml' }],
        logs: { bucket: this.bucket, keyPrefix: 'builds' },
        notifications: { emails: ['platform@example.com'] },
        retention: { older: 'delete', keep: 2 },
      },
    };
  }

  private async seed(): Promise<void> {
    const { client } = this.deployment.aws;
    this.writeComponent((text) => text);
    await client.s3('PUT', `/${this.bucket}`);
    for (const description of ['first', 'second']) {
      const answer = await client.json('kms', 'CreateKey', { Description: description });
      const { Arn } = answer['KeyMetadata'] as { Arn: string };
      this.keys.push(Arn);
    }
    this.newerBaseImage = this.deployment.aws.seedImage({
      name: 'Windows_Server-2022-English-Core-EKS_Optimized-1.35-2026.05.20',
      ownerId: '801119661308',
      ownerAlias: 'amazon',
      platform: 'windows',
    });
    this.untouched = await this.deployment.aws.inventory();
  }
}
