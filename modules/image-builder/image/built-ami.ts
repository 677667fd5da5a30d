import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Construct } from 'constructs';
import { assertNoProblems, checkInteger, numberText, type Problem } from '../../core';
import { checkParameterName } from '../distribution/ssm-parameter-name';

/** Inputs of {@link BuiltAmi}. */
export interface BuiltAmiProps {
  /** The SSM parameter that gets the id of each new AMI, such as `/imagebuilder/win/ami-id`. */
  readonly parameterName: string;
  /**
   * Which value of the parameter, 1 for the first AMI that was built, and so on: for going back to
   * an earlier AMI without building it again. `aws ssm get-parameter-history --name <name>` lists
   * them. SSM keeps the last 100; retention may have deleted the AMI that an older one names.
   * @default - the newest
   */
  readonly version?: number | undefined;
}

/**
 * The AMI that Image Builder has handed over by an SSM parameter, read at plan: an
 * `aws_ssm_parameter` data source. Fails the plan when the parameter, or that version, is not there.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html#reference-parameter-version
 */
export class BuiltAmi extends Construct {
  public readonly imageId: string;

  constructor(scope: Construct, id: string, props: BuiltAmiProps) {
    super(scope, id);
    assertNoProblems(this, validateBuiltAmiProps(props));
    const { parameterName, version } = props;
    const selector = version === undefined ? '' : `:${numberText(version)}`;
    const parameter = new DataAwsSsmParameter(this, 'Resource', {
      name: `${parameterName}${selector}`,
    });
    // The plain attribute is sensitive: a plan would not show the AMI that nodes change to.
    this.imageId = parameter.insecureValue;
  }
}

function validateBuiltAmiProps({ parameterName, version }: BuiltAmiProps): Problem[] {
  return [
    ...checkParameterName(['parameterName'], parameterName),
    ...(version === undefined ? [] : checkInteger(['version'], version, { min: 1 })),
  ];
}
