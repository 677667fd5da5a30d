import type { EmulatedAws } from '../../emulated-aws';
import { type Json, objectOf } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { KINDS, type Kind } from '../../image-builder/resources/image-builder-store';

const MOST_READS = 10;

/** A component document with one step; another text gives another document. */
export function documentSaying(text: string, parameters: readonly string[] = []): string {
  const declared = parameters.map((parameter) => `  - ${parameter}`);
  return [
    'schemaVersion: 1.0',
    ...(declared.length === 0 ? [] : ['parameters:', ...declared]),
    'phases:',
    '  - name: build',
    '    steps:',
    '      - name: Greet',
    '        action: ExecutePowerShell',
    `        inputs: {commands: ["Write-Output '${text}'"]}`,
  ].join('\n');
}

/** Calls of Image Builder with values that are accepted, for tests that change one of them. */
export class ImageBuilderClient {
  private count = 0;
  /** An AMI of Amazon to start from; 50 GiB. */
  readonly baseImage: string;

  private constructor(private readonly aws: EmulatedAws) {
    this.baseImage = aws.seedImage({ name: 'base', ownerId: '801119661308', volumeSizeGib: 50 });
  }

  /** Makes what the accepted values name. */
  static async start(aws: EmulatedAws): Promise<ImageBuilderClient> {
    await aws.client.query('iam', 'CreateInstanceProfile', { InstanceProfileName: 'builder' });
    return new ImageBuilderClient(aws);
  }

  /** A name that was not used before. */
  newName(): string {
    this.count += 1;
    return `thing-${this.count}`;
  }

  /** Creates a resource of a kind, such as `ImagePipeline`, and returns its ARN. */
  async create(operation: string, content: Json): Promise<string> {
    const body = { clientToken: 'token', name: this.newName(), ...content };
    const target = `/Create${operation}`;
    const answer = await this.aws.client.rest('imagebuilder', 'PUT', target, body);
    return textOf(answer, kindOf(operation).arnKey);
  }

  /** Gets a resource; an image makes a step with every get. */
  async get(operation: string, arn: string): Promise<Json> {
    const answer = await this.aws.client.rest('imagebuilder', 'GET', named('Get', operation, arn));
    return objectOf(answer, kindOf(operation).contentKey);
  }

  /** Deletes a resource. */
  async remove(operation: string, arn: string): Promise<void> {
    await this.aws.client.rest('imagebuilder', 'DELETE', named('Delete', operation, arn));
  }

  /** Creates a component. */
  component(content: Json = {}): Promise<string> {
    const data = 'uri' in content ? {} : { data: documentSaying('hello') };
    const version = { semanticVersion: '1.0.0', platform: 'Windows' };
    return this.create('Component', { ...version, ...data, ...content });
  }

  /** Creates a recipe with one component. */
  async recipe(content: Json = {}): Promise<string> {
    const components = content['components'] ?? [{ componentArn: await this.component() }];
    const fields = { semanticVersion: '1.0.0', parentImage: this.baseImage, ...content };
    return this.create('ImageRecipe', { ...fields, components });
  }

  /** Creates an infrastructure configuration. */
  infrastructure(content: Json = {}): Promise<string> {
    const profile = { instanceProfileName: 'builder' };
    return this.create('InfrastructureConfiguration', { ...profile, ...content });
  }

  /** Creates a distribution configuration. */
  distribution(...distributions: readonly Json[]): Promise<string> {
    return this.create('DistributionConfiguration', { distributions });
  }

  /** What a pipeline or image is made from. */
  async inputs(recipe: Json = {}, infrastructure: Json = {}): Promise<Json> {
    return {
      imageRecipeArn: await this.recipe(recipe),
      infrastructureConfigurationArn: await this.infrastructure(infrastructure),
    };
  }

  /** Builds an image and returns it at its end. */
  async build(content: Json): Promise<Json> {
    const arn = await this.create('Image', content);
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const image = await this.get('Image', arn);
      if (['AVAILABLE', 'FAILED'].includes(statusOf(image))) return image;
    }
    throw new Error(`${arn} has no end after ${MOST_READS} reads`);
  }

  /** Builds an image and returns why it failed; `AVAILABLE` when it did not. */
  async failureOf(content: Json): Promise<string> {
    const image = await this.build(content);
    return textOf(objectOf(image, 'state'), 'reason') || statusOf(image);
  }
}

function statusOf(image: Json): string {
  return textOf(objectOf(image, 'state'), 'status');
}

function kindOf(operation: string): Kind {
  const kind = KINDS.find((candidate) => candidate.operation === operation);
  if (kind === undefined) throw new RangeError(`unknown kind: ${operation}`);
  return kind;
}

function named(verb: string, operation: string, arn: string): string {
  return `/${verb}${operation}?${kindOf(operation).arnKey}=${encodeURIComponent(arn)}`;
}
