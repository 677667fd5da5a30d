import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack, Testing } from 'cdktf';

/** A block of Terraform JSON: a resource, a data source, an output. */
export type Block = Readonly<Record<string, unknown>>;

type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** A synthesized stack, to look into. Construct metadata (`//`) is taken out. */
export class Template {
  private constructor(private readonly json: Readonly<Record<string, unknown>>) {}

  /** Builds a stack with an AWS provider, runs all validations and synthesizes it. */
  public static of(build: (stack: TerraformStack) => void): Template {
    const stack = new TerraformStack(Testing.app({ stackTraces: false }), 'test');
    new AwsProvider(stack, 'aws', { region: 'us-east-1' });
    build(stack);
    return Template.parse(Testing.synth(stack, true));
  }

  /** Reads the text of a `cdk.tf.json`. */
  public static parse(text: string): Template {
    const withoutMetadata = (key: string, value: unknown) => (key === '//' ? undefined : value);
    return new Template(JSON.parse(text, withoutMetadata));
  }

  /** The only resource of a type. Fails when there is none or more than one. */
  public resource(type: string): Block {
    return this.only('resource', type);
  }

  /** The only data source of a type. Fails when there is none or more than one. */
  public data(type: string): Block {
    return this.only('data', type);
  }

  /** All resources of a type, by their Terraform name. */
  public resources(type: string): Readonly<Record<string, Block>> {
    return this.blocks('resource')[type] ?? {};
  }

  /** All data sources of a type, by their Terraform name. */
  public dataSources(type: string): Readonly<Record<string, Block>> {
    return this.blocks('data')[type] ?? {};
  }

  /** Terraform addresses of all resources and data sources, sorted. */
  public addresses(): string[] {
    const list = (blocks: Blocks, prefix: string) =>
      Object.entries(blocks).flatMap(([type, byName]) =>
        Object.keys(byName).map((name) => `${prefix}${type}.${name}`),
      );
    return [...list(this.blocks('resource'), ''), ...list(this.blocks('data'), 'data.')].sort();
  }

  /** How many resources of each type. */
  public counts(): Readonly<Record<string, number>> {
    const entries = Object.entries(this.blocks('resource'));
    return Object.fromEntries(
      entries.map(([type, byName]) => [type, Object.keys(byName).length] as const),
    );
  }

  /** Any other part, such as `locals`, `output` or `terraform`. */
  public part(name: string): Block {
    return (this.json[name] ?? {}) as Block;
  }

  private blocks(kind: 'resource' | 'data'): Blocks {
    return (this.json[kind] ?? {}) as Blocks;
  }

  private only(kind: 'resource' | 'data', type: string): Block {
    const found = Object.values(this.blocks(kind)[type] ?? {});
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw new Error(`expected one ${kind} ${type}, found ${found.length}`);
    }
    return first;
  }
}
