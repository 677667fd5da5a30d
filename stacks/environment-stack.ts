import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import {
  DefaultTokenResolver,
  LocalBackend,
  S3Backend,
  type S3BackendConfig,
  StringConcat,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../environment/schema/environment-schema';
import { withoutUndefined } from '../modules/core';
import type { AwsCliCredentials } from '../modules/iam';
import type { EveryKeyOf } from './every-key';

/** The oldest Terraform for what the stacks use: `terraform_data` and `quiet` commands. */
const TERRAFORM_VERSION = '>= 1.5.7';

/** The oldest Terraform with a lock file in S3. */
const TERRAFORM_VERSION_WITH_LOCKFILE = '>= 1.10.0';

/** The credentials of the steps that call the AWS CLI: those of the provider. */
export function awsCliCredentials(provider: Environment['provider'] = {}) {
  const { version: _ofTheProvider, ...credentials } = provider;
  return credentials satisfies EveryKeyOf<typeof credentials, AwsCliCredentials>;
}

function buildProvider(region: string, provider: Environment['provider']) {
  const { profile, assumeRole } = awsCliCredentials(provider);
  return withoutUndefined({
    region,
    profile,
    assumeRole: assumeRole && [withoutUndefined({ ...assumeRole })],
  });
}

/** What both stacks of an environment have in common: provider, versions and state. */
export abstract class EnvironmentStack extends TerraformStack {
  private readonly reviewTexts = new Map<string, string>();

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { provider, backend, region } = environment;
    new AwsProvider(this, 'aws', buildProvider(region, provider));
    if (provider?.version !== undefined) {
      // The bindings ask for exactly the version they were made from.
      this.addOverride('terraform.required_providers.aws.version', provider.version);
    }
    if (backend === undefined) {
      this.keepStateInFile();
    } else {
      this.keepStateInBucket(backend.s3);
    }
  }

  /**
   * Texts to be written into the folder `review` beside the stack's JSON, by their path in there:
   * what is one long line in the JSON, such as user data, as people read it. References stand in
   * them as Terraform's expressions. Terraform does not read these files.
   */
  public get reviewFiles(): ReadonlyMap<string, string> {
    const resolver = new DefaultTokenResolver(new StringConcat());
    const options = { scope: this, resolver, preparing: false };
    const texts = [...this.reviewTexts].map(
      ([path, text]) => [path, String(Tokenization.resolve(text, options))] as const,
    );
    return new Map(texts);
  }

  /** @param path relative, with forward slashes */
  protected addReviewFile(path: string, text: string): void {
    this.reviewTexts.set(path, text);
  }

  /** Beside the output folder; relative, so that the stack is the same text on every machine. */
  private keepStateInFile(): void {
    new LocalBackend(this, { path: `../../../terraform.${this.node.id}.tfstate` });
    this.addOverride('terraform.required_version', TERRAFORM_VERSION);
  }

  private keepStateInBucket(s3: NonNullable<Environment['backend']>['s3']): void {
    const { keyPrefix, useLockfile, ...asItIs } = s3;
    const backend = new S3Backend(this, {
      ...(asItIs satisfies EveryKeyOf<typeof asItIs, S3BackendConfig>),
      key: `${keyPrefix}/${this.node.id}.tfstate`,
      encrypt: true,
    });
    if (useLockfile) backend.addOverride('use_lockfile', true);
    const version = useLockfile ? TERRAFORM_VERSION_WITH_LOCKFILE : TERRAFORM_VERSION;
    this.addOverride('terraform.required_version', version);
  }
}
