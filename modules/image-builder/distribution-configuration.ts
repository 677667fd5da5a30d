import { ImagebuilderDistributionConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-distribution-configuration/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkRegion,
  checkText,
  type Path,
  type Problem,
  problem,
} from '../core';
import { checkResourceName } from './resource-name';

/** Inputs of {@link DistributionConfiguration}. */
export interface DistributionConfigurationProps {
  /** 3 to 98 letters, digits, `-` and `_`. Also begins the names of the AMIs. */
  readonly name: string;
  /** The Region of the AMI. */
  readonly region: string;
  /**
   * The SSM parameter that gets the id of each new AMI. Image Builder writes it at the end of every
   * build; it belongs to no Terraform state, and stays when the stack is destroyed.
   */
  readonly amiParameterName: string;
  /** Tags of the AMIs. @default - none beside Image Builder's own */
  readonly amiTags?: Readonly<Record<string, string>> | undefined;
  /** Tags of the configuration. @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Makes the name of every AMI a new one. Image Builder fills it in. */
const AMI_NAME_SUFFIX = '-{{ imagebuilder:buildDate }}';

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html */
const MAX_AMI_NAME_LENGTH = 127;

/**
 * Where AMIs go, how they are called, and which SSM parameter names the newest: an
 * `aws_imagebuilder_distribution_configuration`. Changes are made in place and hold for the next
 * build; a new name is a new resource and builds the image again.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_distribution_configuration
 */
export class DistributionConfiguration extends Construct {
  public readonly arn: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderDistributionConfiguration;

  constructor(scope: Construct, id: string, props: DistributionConfigurationProps) {
    super(scope, id);
    assertNoProblems(this, validateDistributionConfigurationProps(props));
    this.resource = new ImagebuilderDistributionConfiguration(this, 'Resource', {
      name: props.name,
      distribution: [
        {
          region: props.region,
          amiDistributionConfiguration: {
            name: `${props.name}${AMI_NAME_SUFFIX}`,
            amiTags: { ...props.amiTags },
          },
          // With this data type SSM accepts nothing but an AMI that exists.
          ssmParameterConfiguration: [
            { parameterName: props.amiParameterName, dataType: 'aws:ec2:image' },
          ],
        },
      ],
      tags: { ...props.tags },
      // A configuration that a pipeline uses cannot be deleted: on a new name, make the new first.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
  }
}

/**
 * The name of an SSM parameter below a path.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function checkParameterName(path: Path, name: string): Problem[] {
  return checkText(path, name, {
    pattern:
      /^(?!\/(?:[aA][wW][sS]|[sS][sS][mM])(?:\/|$))(?=.{1,1011}$)(?:\/[A-Za-z0-9_.-]+){2,15}$/,
    rule: 'be an SSM parameter name of two parts or more, such as /windows/ami-id, outside /aws and /ssm',
  });
}

function checkAmiNameLength(path: Path, name: string): Problem[] {
  const longest = MAX_AMI_NAME_LENGTH - AMI_NAME_SUFFIX.length;
  if (Token.isUnresolved(name) || name.length <= longest) return [];
  return [problem(path, `be at most ${longest} characters, because AMI names begin with it`, name)];
}

function validateDistributionConfigurationProps(props: DistributionConfigurationProps): Problem[] {
  return [
    ...checkResourceName(['name'], props.name),
    ...checkAmiNameLength(['name'], props.name),
    ...checkRegion(['region'], props.region),
    ...checkParameterName(['amiParameterName'], props.amiParameterName),
  ];
}
