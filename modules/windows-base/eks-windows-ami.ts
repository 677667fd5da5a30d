import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami/index.js';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, PlanCheck, type Problem } from '../core';
import { checkSettings, choice, freeText, type SettingProps, setting, text } from '../settings';
import { AMI_LOOK_UPS, checkLookUp, parameterParentImage } from './ami-look-up';
import { amiReleaseDates, amiReleasePlanWarning } from './ami-release-age';
import {
  checkAmiRelease,
  checkKubernetesVersion,
  checkWindowsServerForKubernetes,
  eksWindowsAmiName,
  eksWindowsAmiParameterName,
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
} from './windows-server';

/** Which AMI, setting by setting. */
export const EKS_WINDOWS_AMI_SETTINGS = {
  /** Kubernetes minor version, such as `1.35`. */
  kubernetesVersion: setting(text(checkKubernetesVersion), {
    about: 'Kubernetes version of the cluster, in quotes and without the patch: "1.35"',
    change: 'builds',
    required: true,
    example: '1.35',
  }),
  /** Windows Server release, by its year. */
  server: setting(choice(WINDOWS_SERVER_RELEASES), {
    about: 'Windows Server release of image and nodes, in quotes: "2022"',
    change: 'builds',
    required: true,
  }),
  /** `Core` has no desktop and the smaller attack surface, `Full` has one. @default Core */
  edition: setting(choice(WINDOWS_EDITIONS), {
    about: 'Windows Server edition: Core has no desktop, Full has one',
    change: 'builds',
    default: 'Core',
  }),
  /**
   * `latest`: whatever AWS published last, read at every plan. Or a dated release such as
   * `1.35-2026.04.18`, which stays as it is; AWS makes a release private about four months after
   * it appeared, and then it is not found any more.
   * @default latest
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html
   */
  release: setting(freeText(), {
    about:
      'Release of the Amazon EKS optimized AMI: latest, or a dated one such as 1.35-2026.04.18',
    change: 'builds',
    default: 'latest',
  }),
  /**
   * When a recipe's base is looked up: see {@link AmiLookUp}. Not for a dated release, whose id is
   * in no SSM parameter.
   * @default at-plan
   */
  lookUp: setting(choice(AMI_LOOK_UPS), {
    about:
      'When an image looks up the latest release: at-plan, so that a newer one builds it again, or at-build, so that each build takes the newest',
    change: 'builds',
    default: 'at-plan',
  }),
};

/** Inputs of {@link EksWindowsAmi}. */
export interface EksWindowsAmiProps extends SettingProps<typeof EKS_WINDOWS_AMI_SETTINGS> {}

function withDefaults(props: EksWindowsAmiProps) {
  const {
    edition = EKS_WINDOWS_AMI_SETTINGS.edition.default,
    release = EKS_WINDOWS_AMI_SETTINGS.release.default,
    lookUp = EKS_WINDOWS_AMI_SETTINGS.lookUp.default,
  } = props;
  return { ...props, edition, release, lookUp };
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
    const choice = withDefaults(props);
    this.imageId = this.lookUpImageId(choice);
    this.parentImage =
      choice.lookUp === 'at-build'
        ? parameterParentImage(eksWindowsAmiParameterName(choice))
        : this.imageId;
  }

  private lookUpImageId(props: ReturnType<typeof withDefaults>): string {
    const { release } = props;
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
  const { kubernetesVersion, server, release, lookUp } = withDefaults(props);
  const problems = [
    ...checkSettings(EKS_WINDOWS_AMI_SETTINGS, props),
    ...checkAmiRelease(['release'], release, kubernetesVersion),
    ...checkLookUp(['lookUp'], lookUp, release),
  ];
  return problems.length > 0
    ? problems
    : checkWindowsServerForKubernetes(['server'], server, kubernetesVersion);
}
