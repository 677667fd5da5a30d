import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami/index.js';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, checkOneOf, PlanCheck, type Problem } from '../core';
import { type AmiLookUp, checkLookUp, parameterParentImage } from './ami-look-up';
import { amiReleaseDates, amiReleasePlanWarning } from './ami-release-age';
import {
  checkAmiRelease,
  checkKubernetesVersion,
  checkWindowsServerForKubernetes,
  type EksWindowsAmiChoice,
  eksWindowsAmiName,
  eksWindowsAmiParameterName,
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
} from './windows-server';

/** Inputs of {@link EksWindowsAmi}. */
export interface EksWindowsAmiProps extends EksWindowsAmiChoice {
  /**
   * `latest`: whatever AWS published last, read at every plan. Or a dated release such as
   * `1.35-2026.04.18`, which stays as it is; AWS makes a release private about four months after
   * it appeared, and then it is not found any more.
   * @default latest
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html
   */
  readonly release?: string | undefined;
  /**
   * When a recipe's base is looked up: see {@link AmiLookUp}. Not for a dated release, whose id is
   * in no SSM parameter.
   * @default at-plan
   */
  readonly lookUp?: AmiLookUp | undefined;
}

/**
 * Looks up an Amazon EKS optimized Windows AMI. Makes one Terraform data source: an
 * `aws_ssm_parameter` for the latest release, an `aws_ami` for a dated one. Costs nothing.
 *
 * The id is read at plan, and plans show it. When AWS has published a newer AMI since, the next
 * plan shows `ami-old -> ami-new` wherever it is used. With `lookUp: at-build` a recipe does not
 * depend on it; the plan still reads it, to fail there when there is no such AMI.
 *
 * A dated release has a Terraform `check` that warns in plans, beginning 30 days before AWS makes
 * the AMI private.
 */
export class EksWindowsAmi extends Construct {
  /** The AMI's id, known to Terraform at plan. */
  public readonly imageId: string;
  /** What a recipe starts from: the id, or a reference to the parameter. */
  public readonly parentImage: string;

  constructor(scope: Construct, id: string, props: EksWindowsAmiProps) {
    super(scope, id);
    assertNoProblems(this, validateEksWindowsAmiProps(props));
    this.imageId = this.lookUpImageId(props);
    this.parentImage =
      props.lookUp === 'at-build'
        ? parameterParentImage(eksWindowsAmiParameterName(props))
        : this.imageId;
  }

  private lookUpImageId(props: EksWindowsAmiProps): string {
    const { release = 'latest' } = props;
    if (release === 'latest') {
      const parameter = new DataAwsSsmParameter(this, 'Resource', {
        name: eksWindowsAmiParameterName(props),
      });
      // The plain attribute is sensitive: a plan would not show which AMI it is about to use.
      return parameter.insecureValue;
    }
    const ami = new DataAwsAmi(this, 'Resource', {
      owners: ['amazon'],
      includeDeprecated: true,
      filter: [{ name: 'name', values: [eksWindowsAmiName(props, release)] }],
    });
    this.createReleaseAgeCheck(release, ami);
    return ami.id;
  }

  /** Not for a release that only Terraform knows: its date is not known here. */
  private createReleaseAgeCheck(release: string, ami: DataAwsAmi): void {
    const dates = amiReleaseDates(release);
    const errorMessage = amiReleasePlanWarning(release);
    if (dates === undefined || errorMessage === undefined) return;
    const inTime = Op.eq(Fn.timecmp(Fn.plantimestamp(), `${dates.warnFrom}T00:00:00Z`), -1);
    // Terraform wants a reference in the condition, so there is one that always holds.
    const condition = Token.asString(Op.and(inTime, Fn.startswith(ami.id, 'ami-')));
    new PlanCheck(this, 'ReleaseAge', { condition, errorMessage });
  }
}

function validateEksWindowsAmiProps(props: EksWindowsAmiProps): Problem[] {
  const { kubernetesVersion, server, edition, release = 'latest', lookUp = 'at-plan' } = props;
  const problems = [
    ...checkKubernetesVersion(['kubernetesVersion'], kubernetesVersion),
    ...checkOneOf(['server'], server, WINDOWS_SERVER_RELEASES),
    ...checkOneOf(['edition'], edition, WINDOWS_EDITIONS),
    ...checkAmiRelease(['release'], release, kubernetesVersion),
    ...checkLookUp(['lookUp'], lookUp, release),
  ];
  return problems.length > 0
    ? problems
    : checkWindowsServerForKubernetes(['server'], server, kubernetesVersion);
}
