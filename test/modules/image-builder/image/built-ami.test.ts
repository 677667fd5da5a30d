import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { checkParameterName } from '../../../../modules/image-builder/distribution/ssm-parameter-name';
import { BuiltAmi, type BuiltAmiProps } from '../../../../modules/image-builder/image/built-ami';
import { outline, refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const PARAMETER = '/imagebuilder/win/ami-id';

const synth = (props: Partial<BuiltAmiProps> = {}): Template =>
  Template.of((stack) => {
    new BuiltAmi(stack, 'Ami', { parameterName: PARAMETER, ...props });
  });

const nameOf = (template: Template): unknown => template.data('aws_ssm_parameter')['name'];

describe('BuiltAmi', () => {
  it('reads the newest AMI when nothing else is said', () => {
    expect(synth().addresses()).toHaveLength(1);
    expect(synth().data('aws_ssm_parameter')).toEqual({ name: PARAMETER });
  });

  it('reads an earlier one by the version of the parameter', () => {
    expect(nameOf(synth({ version: 3 }))).toBe(`${PARAMETER}:3`);
  });

  it('gives the id by the attribute that a plan shows', () => {
    const template = Template.of((stack) => {
      const { imageId } = new BuiltAmi(stack, 'Ami', { parameterName: PARAMETER });
      new TerraformOutput(stack, 'ami', { value: imageId });
    });
    const [name] = Object.keys(template.dataSources('aws_ssm_parameter'));
    expect(template.part('output')).toEqual({
      ami: { value: `\${data.aws_ssm_parameter.${name}.insecure_value}` },
    });
  });

  it('takes references', () => {
    const template = Template.of((stack) => {
      const version = new TerraformVariable(stack, 'version_number', { type: 'number' });
      new BuiltAmi(stack, 'Ami', { parameterName: PARAMETER, version: version.numberValue });
    });
    expect(nameOf(template)).toBe(`${PARAMETER}:\${var.version_number}`);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses version %d', (version) => {
    expect(refusedBy(() => synth({ version }))).toEqual([`\`version\` integer-range: ${version}`]);
  });

  it('refuses a version in the name', () => {
    const parameterName = `${PARAMETER}:3`;
    const problems = checkParameterName(['parameterName'], parameterName).map(outline);
    expect(problems).toHaveLength(1);
    expect(refusedBy(() => synth({ parameterName }))).toEqual([`${problems[0]}`]);
  });
});
