import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami/index.js';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Construct } from 'constructs';
import { assertNoProblems, checkOneOf, type Problem } from '../core';
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
  readonly release?: string;
}

/**
 * Looks up an Amazon EKS optimized Windows AMI. Makes one Terraform data source: an
 * `aws_ssm_parameter` for the latest release, an `aws_ami` for a dated one. Costs nothing.
 *
 * The id is read at plan, and plans show it. When AWS has published a newer AMI since, the next
 * plan shows `ami-old -> ami-new` wherever it is used.
 */
export class EksWindowsAmi extends Construct {
  /** The AMI's id, known to Terraform at plan. */
  public readonly imageId: string;

  constructor(scope: Construct, id: string, props: EksWindowsAmiProps) {
    super(scope, id);
    assertNoProblems(this, validateEksWindowsAmiProps(props));
    this.imageId = this.lookUpImageId(props);
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
    return ami.id;
  }
}

function validateEksWindowsAmiProps(props: EksWindowsAmiProps): Problem[] {
  const { kubernetesVersion, server, edition, release = 'latest' } = props;
  const problems = [
    ...checkKubernetesVersion(['kubernetesVersion'], kubernetesVersion),
    ...checkOneOf(['server'], server, WINDOWS_SERVER_RELEASES),
    ...checkOneOf(['edition'], edition, WINDOWS_EDITIONS),
    ...checkAmiRelease(['release'], release, kubernetesVersion),
  ];
  return problems.length > 0
    ? problems
    : checkWindowsServerForKubernetes(['server'], server, kubernetesVersion);
}
