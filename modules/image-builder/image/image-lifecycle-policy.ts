import { ImagebuilderLifecyclePolicy } from '@cdktf/provider-aws/lib/imagebuilder-lifecycle-policy/index.js';
import { Construct } from 'constructs';
import { assertNoProblems, BUILT_BY_TERRAFORM_TAG, checkInteger, type Problem } from '../../core';
import { type IamOptions, ServiceRole } from '../../iam';
import { checkResourceName } from '../naming/resource-name';

/** Inputs of {@link ImageLifecyclePolicy}. */
export interface ImageLifecyclePolicyProps {
  /** 3 to 54 letters, digits, `-` and `_`: the role is called `<name>-lifecycle`. */
  readonly name: string;
  /**
   * The recipe that the pipeline builds, best the Terraform resource itself: then the policy
   * changes over when the new recipe is there, and before the old one goes.
   */
  readonly recipe: { readonly name: string; readonly version: string };
  /** How many of the newest images of this version stay, 1 to 1,000. */
  readonly keep: number;
  /**
   * AMIs that have any of these tags stay, such as those of `AmiInUse`. Key and value have to match.
   * @default - none stays for its tags
   */
  readonly keptAmiTags?: Readonly<Record<string, string>> | undefined;
  /** @default - path /, no boundary, the role's name as it is */
  readonly iam?: IamOptions | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** What the role of a policy is called, before prefix and hash of `iam`. */
export const lifecycleRoleName = (name: string): string => `${name}-lifecycle`;

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LifecyclePolicyDetailFilter.html */
const MAX_KEPT_IMAGES = 1000;

/**
 * Deletes the older of the images that a scheduled pipeline builds between two applies, with their
 * AMIs and snapshots, once a day: an `aws_imagebuilder_lifecycle_policy` and its role. Costs nothing.
 *
 * It is of use with a schedule only, and beside `AmiRetention`: it sees the images of the current
 * version of the recipe, which no apply has to wait for, but none of a version that was replaced.
 *
 * Leaves alone the image of an apply, by {@link BUILT_BY_TERRAFORM_TAG} on it: Terraform would find
 * it missing, and build it again. Do not switch Fast Launch on in the distribution: the policy does
 * not switch it off again.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html
 */
export class ImageLifecyclePolicy extends Construct {
  public readonly arn: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderLifecyclePolicy;

  constructor(scope: Construct, id: string, props: ImageLifecyclePolicyProps) {
    super(scope, id);
    assertNoProblems(this, validateImageLifecyclePolicyProps(props));
    const { name, recipe, iam, tags = {} } = props;
    const role = new ServiceRole(this, 'Role', {
      name: lifecycleRoleName(name),
      description: 'EC2 Image Builder, deleting older images',
      service: 'imagebuilder.amazonaws.com',
      managedPolicies: ['service-role/EC2ImageBuilderLifecycleExecutionPolicy'],
      iam,
      tags,
    });
    this.resource = new ImagebuilderLifecyclePolicy(this, 'Resource', {
      name,
      description: `Keeps the newest images of ${recipe.name}`,
      executionRole: role.arn,
      resourceType: 'AMI_IMAGE',
      resourceSelection: [{ recipe: [{ name: recipe.name, semanticVersion: recipe.version }] }],
      policyDetail: [policyDetail(props)],
      ...(Object.keys(tags).length === 0 ? {} : { tags: { ...tags } }),
      dependsOn: [...role.policies],
    });
    this.arn = this.resource.arn;
  }
}

function policyDetail({ keep, keptAmiTags = {} }: ImageLifecyclePolicyProps) {
  const kept = Object.keys(keptAmiTags).length === 0 ? {} : { tagMap: { ...keptAmiTags } };
  return {
    action: [{ type: 'DELETE', includeResources: [{ amis: true, snapshots: true }] }],
    filter: [{ type: 'COUNT', value: keep }],
    exclusionRules: [
      {
        tagMap: { ...BUILT_BY_TERRAFORM_TAG },
        // Left out, provider 5.100.0 fails after it has made the policy.
        amis: [{ isPublic: false, ...kept }],
      },
    ],
  };
}

function validateImageLifecyclePolicyProps(props: ImageLifecyclePolicyProps): Problem[] {
  return [
    ...checkResourceName(['name'], props.name),
    ...checkInteger(['keep'], props.keep, { min: 1, max: MAX_KEPT_IMAGES }),
  ];
}
