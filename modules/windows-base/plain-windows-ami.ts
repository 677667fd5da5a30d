import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Construct } from 'constructs';
import { assertNoProblems, checkOneOf, type Problem } from '../core';
import { AMI_LOOK_UPS, type AmiLookUp, parameterParentImage } from './ami-look-up';
import {
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
  type WindowsEdition,
  type WindowsServer,
} from './windows-server';

/** Inputs of {@link PlainWindowsAmi}. */
export interface PlainWindowsAmiProps {
  readonly server: WindowsServer;
  readonly edition: WindowsEdition;
  /** When a recipe's base is looked up: see {@link AmiLookUp}. @default at-plan */
  readonly lookUp?: AmiLookUp | undefined;
}

/**
 * Looks up Amazon's newest plain Windows Server AMI, without the parts of EKS. Makes one Terraform
 * data source, an `aws_ssm_parameter`. Costs nothing.
 *
 * A recipe on it needs the component `eks-optimized-ami-windows` as its first one, in
 * {@link eksComponentVersion}. AWS recommends an EKS optimized AMI as the base instead, because
 * those are renewed more often than the component.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-custom-ami-windows.html
 */
export class PlainWindowsAmi extends Construct {
  /** The AMI's id, known to Terraform at plan. */
  public readonly imageId: string;
  /** What a recipe starts from: the id, or a reference to the parameter. */
  public readonly parentImage: string;

  constructor(scope: Construct, id: string, props: PlainWindowsAmiProps) {
    super(scope, id);
    assertNoProblems(this, validatePlainWindowsAmiProps(props));
    const name = plainWindowsAmiParameterName(props);
    const parameter = new DataAwsSsmParameter(this, 'Resource', { name });
    // The plain attribute is sensitive: a plan would not show which AMI it is about to use.
    this.imageId = parameter.insecureValue;
    this.parentImage = props.lookUp === 'at-build' ? parameterParentImage(name) : this.imageId;
  }
}

/**
 * The public SSM parameter with the id of the newest plain Windows Server AMI.
 * @see https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-ami-versions.html
 */
export function plainWindowsAmiParameterName({
  server,
  edition,
}: Pick<PlainWindowsAmiProps, 'server' | 'edition'>): string {
  return `/aws/service/ami-windows-latest/Windows_Server-${server}-English-${edition}-Base`;
}

function validatePlainWindowsAmiProps(props: PlainWindowsAmiProps): Problem[] {
  return [
    ...checkOneOf(['server'], props.server, WINDOWS_SERVER_RELEASES),
    ...checkOneOf(['edition'], props.edition, WINDOWS_EDITIONS),
    ...(props.lookUp === undefined ? [] : checkOneOf(['lookUp'], props.lookUp, AMI_LOOK_UPS)),
  ];
}
