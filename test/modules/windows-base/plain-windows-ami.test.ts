import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import { PlainWindowsAmi, type PlainWindowsAmiProps } from '../../../modules/windows-base';
import { plainWindowsAmiParameterName } from '../../../modules/windows-base/plain-windows-ami';
import {
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
} from '../../../modules/windows-base/windows-server';
import { refusedBy } from '../../support/problem';
import { Template } from '../../support/template';

/** Builds a look-up from props that may break the types, as those from plain JavaScript do. */
const lookUp = (props: Partial<Record<keyof PlainWindowsAmiProps, string>>) =>
  Template.of((stack: TerraformStack) => {
    const all = { server: '2022', edition: 'Core', ...props } as PlainWindowsAmiProps;
    const { imageId, parentImage } = new PlainWindowsAmi(stack, 'ami', all);
    new TerraformOutput(stack, 'ids', { value: [imageId, parentImage] });
  });

const ID = '${data.aws_ssm_parameter.ami_490FE451.insecure_value}';
const NAME = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-Base';

describe('PlainWindowsAmi', () => {
  it('reads the newest AMI from one SSM parameter', () => {
    const template = lookUp({});
    expect(template.data('aws_ssm_parameter')).toEqual({ name: NAME });
    expect(template.addresses()).toEqual(['data.aws_ssm_parameter.ami_490FE451']);
    expect(template.part('output')).toEqual({ ids: { value: [ID, ID] } });
  });

  it('leaves the look-up of a base to the build, when asked to', () => {
    const template = lookUp({ lookUp: 'at-build' });
    expect(template.part('output')).toEqual({ ids: { value: [ID, `ssm:${NAME}`] } });
    expect(lookUp({ lookUp: 'at-plan' }).part('output')).toEqual({ ids: { value: [ID, ID] } });
  });

  it('lists every wrong input at once', () => {
    expect(refusedBy(() => lookUp({ server: '2016', edition: 'core', lookUp: 'never' }))).toEqual([
      '`server` one-of: "2016"',
      '`edition` one-of: "core"',
      '`lookUp` one-of: "never"',
    ]);
  });
});

describe('plainWindowsAmiParameterName', () => {
  const table = WINDOWS_SERVER_RELEASES.flatMap((server) =>
    WINDOWS_EDITIONS.map((edition) => [server, edition] as const),
  );

  it.each(table)('names the SSM parameter of %s %s', (server, edition) => {
    expect(plainWindowsAmiParameterName({ server, edition })).toBe(
      `/aws/service/ami-windows-latest/Windows_Server-${server}-English-${edition}-Base`,
    );
  });
});
