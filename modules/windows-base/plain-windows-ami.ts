import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Construct } from 'constructs';
import { assertNoProblems } from '../core';
import { checkSettings } from '../settings';
import { parameterParentImage } from './ami-look-up';
import { EKS_WINDOWS_AMI_SETTINGS, type EksWindowsAmiProps } from './eks-windows-ami';

/** Inputs of {@link PlainWindowsAmi}. */
export interface PlainWindowsAmiProps
  extends Pick<EksWindowsAmiProps, 'server' | 'edition' | 'lookUp'> {}

const { server, edition, lookUp } = EKS_WINDOWS_AMI_SETTINGS;
const SETTINGS = { server, edition, lookUp };

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
    assertNoProblems(this, checkSettings(SETTINGS, props));
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
export function plainWindowsAmiParameterName(
  props: Pick<PlainWindowsAmiProps, 'server' | 'edition'>,
): string {
  const { server: release, edition: chosen = edition.default } = props;
  return `/aws/service/ami-windows-latest/Windows_Server-${release}-English-${chosen}-Base`;
}
