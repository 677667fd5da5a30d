import { ImagebuilderInfrastructureConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-infrastructure-configuration/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkBucketName,
  checkEach,
  checkInteger,
  checkKeyPairName,
  checkKmsKeyArn,
  checkListLength,
  checkSecurityGroupId,
  checkSnsTopicArn,
  checkSubnetId,
  checkText,
  checkUnique,
  checkWindowsInstanceType,
  type Problem,
  problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkResourceName } from '../naming/resource-name';
import { type BuildPlacement, checkBuildPlacement } from './build-placement';
import { BuildSecurityGroup } from './build-security-group';

/** Where build and test instances run. */
export interface BuildNetwork {
  /** A subnet from which SSM, ECR and the images' registries can be reached. */
  readonly subnetId: string;
  /** @default - a new group that lets everything out and nothing in, see {@link BuildSecurityGroup} */
  readonly securityGroupIds?: readonly string[] | undefined;
}

/** Where build instances put their logs, beside CloudWatch Logs. */
export interface BuildLogBucket {
  /** The build role has to be allowed `s3:PutObject` in it. */
  readonly bucket: string;
  /** Folder of the logs, up to 1,024 characters. @default - the whole bucket */
  readonly keyPrefix?: string | undefined;
  /**
   * ARN of the customer managed KMS key that the bucket encrypts with by default; not of an alias.
   * The build role has to be allowed `kms:GenerateDataKey` and `kms:Decrypt` by way of S3, or no log
   * arrives; a key of another account has to allow the role as well.
   * @default - none: a bucket with S3's own keys, or with `aws/s3`, needs nothing
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
   */
  readonly kmsKeyArn?: string | undefined;
}

/** Inputs of {@link InfrastructureConfiguration}. */
export interface InfrastructureConfigurationProps {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  readonly instanceProfileName: string;
  /**
   * Instance types to choose from; Image Builder takes one that is available.
   * @default m7i.xlarge
   */
  readonly instanceTypes?: readonly string[] | undefined;
  /** @default - the default VPC of the Region, with its default security group */
  readonly network?: BuildNetwork | undefined;
  /**
   * Name of an EC2 key pair, to read the Administrator's password with. Not needed for a look at a
   * failed build: Systems Manager opens a session without it.
   * @default - none
   */
  readonly keyName?: string | undefined;
  /** Which zone and hardware. @default - any zone, shared hardware */
  readonly placement?: BuildPlacement | undefined;
  /**
   * Over how many hops instance metadata can be reached, 1 to 64. One is the instance itself; a
   * container on it needs two.
   * @default 1
   */
  readonly httpPutResponseHopLimit?: number | undefined;
  /**
   * ARN of an SNS topic that gets a long JSON message of every build's end. For readable mails see
   * {@link BuildNotifications}. Not a topic that is encrypted with another account's key.
   * @default - none
   */
  readonly snsTopicArn?: string | undefined;
  /** @default - logs go to CloudWatch Logs only */
  readonly logs?: BuildLogBucket | undefined;
  /**
   * Whether an instance ends when its build fails. One that does not can be looked into through
   * Systems Manager, and is billed until someone ends it; its tag `Ec2ImageBuilderArn` tells which
   * image it belongs to.
   * @default true
   */
  readonly terminateOnFailure?: boolean | undefined;
  /**
   * Tags of everything made here, also of the instances and their volumes; at most 30.
   * @default - no tags beyond the provider's
   */
  readonly tags?: Tags | undefined;
}

/** Four cores and 16 GiB: unpacking Windows image layers is bound by one core and the disk. */
export const DEFAULT_BUILD_INSTANCE_TYPES = ['m7i.xlarge'] as const;

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html */
const HOP_LIMIT = { min: 1, max: 64 } as const;

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
    const { instanceTypes = DEFAULT_BUILD_INSTANCE_TYPES } = props;
    this.securityGroup = this.createSecurityGroup(props);
    this.resource = new ImagebuilderInfrastructureConfiguration(this, 'Resource', {
      name: props.name,
      instanceProfileName: props.instanceProfileName,
      instanceTypes: [...instanceTypes],
      instanceMetadataOptions: {
        httpTokens: 'required',
        httpPutResponseHopLimit: props.httpPutResponseHopLimit ?? HOP_LIMIT.min,
      },
      terminateInstanceOnFailure: props.terminateOnFailure ?? true,
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
  const { instanceTypes = DEFAULT_BUILD_INSTANCE_TYPES, network, placement, logs } = props;
  return [
    ...checkResourceName(['name'], props.name),
    ...checkListLength(['instanceTypes'], instanceTypes, { min: 1 }),
    ...checkUnique(['instanceTypes'], instanceTypes),
    ...checkEach(['instanceTypes'], instanceTypes, checkWindowsInstanceType),
    ...(network === undefined ? [] : checkBuildNetwork(network)),
    ...(props.keyName === undefined ? [] : checkKeyPairName(['keyName'], props.keyName)),
    ...(placement === undefined ? [] : checkBuildPlacement(['placement'], placement)),
    ...checkInteger(
      ['httpPutResponseHopLimit'],
      props.httpPutResponseHopLimit ?? HOP_LIMIT.min,
      HOP_LIMIT,
    ),
    ...(props.snsTopicArn === undefined
      ? []
      : checkSnsTopicArn(['snsTopicArn'], props.snsTopicArn)),
    ...(logs === undefined ? [] : checkBuildLogBucket(logs)),
    ...checkResourceTags(props),
  ];
}

function checkBuildNetwork({ subnetId, securityGroupIds }: BuildNetwork): Problem[] {
  const groups = ['network', 'securityGroupIds'];
  const problems = checkSubnetId(['network', 'subnetId'], subnetId);
  if (securityGroupIds === undefined) return problems;
  return [
    ...problems,
    ...checkListLength(groups, securityGroupIds, { min: 1 }),
    ...checkUnique(groups, securityGroupIds),
    ...checkEach(groups, securityGroupIds, checkSecurityGroupId),
  ];
}

function checkBuildLogBucket({ bucket, keyPrefix, kmsKeyArn }: BuildLogBucket): Problem[] {
  const prefix = { id: 'log-prefix', pattern: /^[\s\S]{1,1024}$/, rule: 'be 1 to 1024 characters' };
  return [
    ...checkBucketName(['logs', 'bucket'], bucket),
    ...(keyPrefix === undefined ? [] : checkText(['logs', 'keyPrefix'], keyPrefix, prefix)),
    ...(kmsKeyArn === undefined ? [] : checkKmsKeyArn(['logs', 'kmsKeyArn'], kmsKeyArn)),
  ];
}

function checkResourceTags({ tags = {} }: InfrastructureConfigurationProps): Problem[] {
  // A map that only Terraform knows has no entries here.
  const count = Token.isUnresolved(tags) ? 0 : Object.keys(tags).length;
  if (count <= MAX_RESOURCE_TAGS) return [];
  return [problem('resource-tags', ['tags'], `have at most ${MAX_RESOURCE_TAGS} tags`, count)];
}
