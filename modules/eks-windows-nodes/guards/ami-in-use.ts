import { Ec2Tag } from '@cdktf/provider-aws/lib/ec2-tag/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  AMI_IN_USE_TAG_PREFIX,
  AMI_IN_USE_TAG_VALUE,
  assertNoProblems,
  checkAmiId,
  checkText,
  type Problem,
} from '../../core';

/** Inputs of {@link AmiInUse}. */
export interface AmiInUseProps {
  /** The AMI that nodes run. Also one that belongs to someone else can be tagged. */
  readonly amiId: string;
  /** Who runs it, 1 to 90 letters, digits and `._-`; unique in the account and Region. */
  readonly name: string;
}

/**
 * A tag on the AMI that nodes run, which keeps retention from touching it: an `aws_ec2_tag`.
 *
 * Let what launches nodes depend on {@link tagged}. Then a new AMI is tagged before nodes change
 * over to it, and the tag of the old one goes after that. Auto Scaling groups replace their nodes
 * after the apply; until the last is gone, retention sees the instances.
 *
 * An AMI that is gone already is no hindrance to a destroy: Terraform forgets the tag when it
 * refreshes. With `-refresh=false` the destroy fails, because EC2 refuses to untag what is not
 * there.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_tag
 */
export class AmiInUse extends Construct {
  /** Depend on it before launching from the AMI. */
  public readonly tagged: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AmiInUseProps) {
    super(scope, id);
    assertNoProblems(this, validateAmiInUseProps(props));
    this.tagged = new Ec2Tag(this, 'Resource', {
      resourceId: props.amiId,
      key: amiInUseTagKey(props.name),
      value: AMI_IN_USE_TAG_VALUE,
      // The old tag goes only when nothing depends on it any more.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** Key of the tag on an AMI that says who runs it. */
export function amiInUseTagKey(name: string): string {
  return `${AMI_IN_USE_TAG_PREFIX}${name}`;
}

/** An EC2 tag key has 128 characters at most. */
const NAME = {
  id: 'mark-name',
  pattern: /^[A-Za-z0-9._-]{1,90}$/,
  rule: 'be 1 to 90 letters, digits and ._-',
};

function validateAmiInUseProps({ amiId, name }: AmiInUseProps): Problem[] {
  return [...checkAmiId(['amiId'], amiId), ...checkText(['name'], name, NAME)];
}
