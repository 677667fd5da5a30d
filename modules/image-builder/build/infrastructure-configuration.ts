import { ImagebuilderInfrastructureConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-infrastructure-configuration/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  BUCKET_NAME,
  checkKeyPairName,
  checkKmsKeyArn,
  checkSecurityGroupId,
  checkSnsTopicArn,
  checkSubnetId,
  checkText,
  checkWindowsInstanceType,
  type Problem,
  problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import {
  boolean,
  checkSettings,
  freeText,
  group,
  integer,
  list,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import { checkResourceName } from '../naming/resource-name';
import { BUILD_PLACEMENT } from './build-placement';
import { BuildSecurityGroup } from './build-security-group';

/** Settings of {@link BuildNetwork}. */
const BUILD_NETWORK_SETTINGS = {
  /** A subnet from which SSM, ECR and the images' registries can be reached. */
  subnetId: setting(text(checkSubnetId, '^subnet-'), {
    about: 'Subnet to build in; it needs a way to the internet',
    required: true,
    change: 'in-place',
  }),
  /** @default - a new group that lets everything out and nothing in, see {@link BuildSecurityGroup} */
  securityGroupIds: setting(list(text(checkSecurityGroupId, '^sg-'), { min: 1 }), {
    about: 'Security groups of the build instance',
    otherwise: 'one that lets nothing in',
    change: 'in-place',
  }),
};

/** Where build and test instances run. */
export interface BuildNetwork extends SettingProps<typeof BUILD_NETWORK_SETTINGS> {}

/** Settings of {@link BuildLogBucket}. */
export const BUILD_LOG_BUCKET_SETTINGS = {
  /** The build role has to be allowed `s3:PutObject` in it. */
  bucket: setting(text(BUCKET_NAME), {
    about: 'Name of an S3 bucket that exists already',
    required: true,
    change: 'in-place',
  }),
  /** Folder of the logs, up to 1,024 characters. @default - the whole bucket */
  keyPrefix: setting(
    freeText((path, value) =>
      checkText(path, value, {
        id: 'log-prefix',
        pattern: /^[\s\S]{1,1024}$/,
        rule: 'be 1 to 1024 characters',
      }),
    ),
    {
      about: 'Folder in the bucket for the logs of builds',
      otherwise: 'its top',
      change: 'in-place',
    },
  ),
  /**
   * ARN of the customer managed KMS key that the bucket encrypts with by default; not of an alias.
   * The build role has to be allowed `kms:GenerateDataKey` and `kms:Decrypt` by way of S3, or no log
   * arrives; a key of another account has to allow the role as well.
   * @default - none: a bucket with S3's own keys, or with `aws/s3`, needs nothing
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
   */
  kmsKeyArn: setting(text(checkKmsKeyArn), {
    about: 'ARN of the customer managed KMS key that the bucket encrypts with',
    otherwise: 'none',
    change: 'in-place',
  }),
};

/** Where build instances put their logs, beside CloudWatch Logs. */
export interface BuildLogBucket extends SettingProps<typeof BUILD_LOG_BUCKET_SETTINGS> {}

/**
 * How the instances of a build are.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html
 */
export const INFRASTRUCTURE_SETTINGS = {
  /**
   * Instance types to choose from; Image Builder takes one that is available.
   * @default ["m7i.xlarge"]
   */
  instanceTypes: setting(list(text(checkWindowsInstanceType), { min: 1 }), {
    about: 'EC2 instance types to build on, of which AWS takes one',
    // Four cores and 16 GiB: unpacking Windows image layers is bound by one core and the disk.
    default: ['m7i.xlarge'],
    change: 'in-place',
  }),
  /** @default - the default VPC of the Region, with its default security group */
  network: setting(group(BUILD_NETWORK_SETTINGS), {
    about: 'Where to build',
    otherwise: 'the default VPC of the account',
    change: 'in-place',
  }),
  /**
   * Name of an EC2 key pair, to read the Administrator's password with. Not needed for a look at a
   * failed build: Systems Manager opens a session without it.
   * @default - none
   */
  keyName: setting(freeText(checkKeyPairName), {
    about: 'EC2 key pair of the build instance',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** Which zone and hardware. @default - any zone, shared hardware */
  placement: setting(BUILD_PLACEMENT, {
    about: 'On which hardware to build',
    otherwise: 'as EC2 chooses',
    change: 'in-place',
  }),
  /**
   * Over how many hops instance metadata can be reached, 1 to 64. One is the instance itself; a
   * container on it needs two.
   * @default 1
   */
  httpPutResponseHopLimit: setting(integer({ min: 1, max: 64 }), {
    about: 'Network hops to the instance metadata, 1 to 64',
    default: 1,
    change: 'in-place',
  }),
  /**
   * ARN of an SNS topic that gets a long JSON message of every build's end. For readable mails see
   * {@link BuildNotifications}. Not a topic that is encrypted with another account's key.
   * @default - none
   */
  snsTopicArn: setting(text(checkSnsTopicArn), {
    about: 'SNS topic that Image Builder itself tells the end of a build',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** @default - logs go to CloudWatch Logs only */
  logs: setting(group(BUILD_LOG_BUCKET_SETTINGS), {
    about: 'Where build instances put their logs, beside CloudWatch',
    otherwise: 'nowhere',
    change: 'in-place',
  }),
  /**
   * Whether an instance ends when its build fails. One that does not can be looked into through
   * Systems Manager, and is billed until someone ends it; its tag `Ec2ImageBuilderArn` tells which
   * image it belongs to.
   * @default true
   */
  terminateOnFailure: setting(boolean(), {
    about: 'End the build instance when a build fails; a running one is billed',
    default: true,
    change: 'in-place',
  }),
};

/** Inputs of {@link InfrastructureConfiguration}. */
export interface InfrastructureConfigurationProps
  extends SettingProps<typeof INFRASTRUCTURE_SETTINGS> {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  readonly instanceProfileName: string;
  /**
   * Tags of everything made here, also of the instances and their volumes; at most 30.
   * @default - no tags beyond the provider's
   */
  readonly tags?: Tags | undefined;
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateInfrastructureConfiguration.html */
const MAX_RESOURCE_TAGS = 30;

/**
 * The instances that build and test an image: an `aws_imagebuilder_infrastructure_configuration`,
 * and a {@link BuildSecurityGroup} for a network without security groups. Instances take IMDSv2
 * only; while one runs it is billed as any EC2 instance. Changes are made in place and hold for the
 * next build; a new name is a new resource and builds the image again.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_infrastructure_configuration
 */
export class InfrastructureConfiguration extends Construct {
  public readonly arn: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderInfrastructureConfiguration;
  /** The group made here, when the network came without one. */
  public readonly securityGroup: BuildSecurityGroup | undefined;

  constructor(scope: Construct, id: string, props: InfrastructureConfigurationProps) {
    super(scope, id);
    assertNoProblems(this, validateInfrastructureConfigurationProps(props));
    const {
      instanceTypes = INFRASTRUCTURE_SETTINGS.instanceTypes.default,
      httpPutResponseHopLimit = INFRASTRUCTURE_SETTINGS.httpPutResponseHopLimit.default,
      terminateOnFailure = INFRASTRUCTURE_SETTINGS.terminateOnFailure.default,
    } = props;
    this.securityGroup = this.createSecurityGroup(props);
    this.resource = new ImagebuilderInfrastructureConfiguration(this, 'Resource', {
      name: props.name,
      instanceProfileName: props.instanceProfileName,
      instanceTypes: [...instanceTypes],
      instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit },
      terminateInstanceOnFailure: terminateOnFailure,
      ...this.buildNetwork(props),
      ...buildOptions(props),
      // A configuration that a pipeline uses cannot be deleted: on a new name, make the new first.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
  }

  private createSecurityGroup({
    name,
    network,
    tags,
  }: InfrastructureConfigurationProps): BuildSecurityGroup | undefined {
    if (network === undefined || network.securityGroupIds !== undefined) return undefined;
    const group = { name, subnetId: network.subnetId, tags };
    return new BuildSecurityGroup(this, 'SecurityGroup', group);
  }

  private buildNetwork({ network }: InfrastructureConfigurationProps) {
    if (network === undefined) return {};
    const { subnetId, securityGroupIds } = network;
    if (this.securityGroup === undefined) {
      return { subnetId, securityGroupIds: [...(securityGroupIds ?? [])] };
    }
    const { securityGroupId, egressRules } = this.securityGroup;
    return { subnetId, securityGroupIds: [securityGroupId], dependsOn: [...egressRules] };
  }
}

function buildOptions(props: InfrastructureConfigurationProps) {
  const { keyName, placement, snsTopicArn, logs, tags } = props;
  return withoutUndefined({
    keyPair: keyName,
    placement: placement && withoutUndefined(placement),
    snsTopicArn,
    logging: logs && {
      s3Logs: { s3BucketName: logs.bucket, ...withoutUndefined({ s3KeyPrefix: logs.keyPrefix }) },
    },
    resourceTags: writtenTags(tags),
    tags: writtenTags(tags),
  });
}

function validateInfrastructureConfigurationProps(
  props: InfrastructureConfigurationProps,
): Problem[] {
  return [
    ...checkResourceName(['name'], props.name),
    ...checkSettings(INFRASTRUCTURE_SETTINGS, props),
    ...checkResourceTags(props),
  ];
}

function checkResourceTags({ tags = {} }: InfrastructureConfigurationProps): Problem[] {
  // A map that only Terraform knows has no entries here.
  const count = Token.isUnresolved(tags) ? 0 : Object.keys(tags).length;
  if (count <= MAX_RESOURCE_TAGS) return [];
  return [problem('resource-tags', ['tags'], `have at most ${MAX_RESOURCE_TAGS} tags`, count)];
}
