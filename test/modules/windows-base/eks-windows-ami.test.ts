import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { EksWindowsAmi, type EksWindowsAmiProps } from '../../../modules/windows-base';
import { refusedBy } from '../../support/problem';
import { Template } from '../../support/template';

const PROPS: EksWindowsAmiProps = { kubernetesVersion: '1.35', server: '2022', edition: 'Core' };

/** Builds a look-up from props that may break the types, as those from plain JavaScript do. */
function lookUp(props: Partial<Record<keyof EksWindowsAmiProps, string>>) {
  return (stack: TerraformStack) => {
    const ami = new EksWindowsAmi(stack, 'ami', { ...PROPS, ...props } as EksWindowsAmiProps);
    new TerraformOutput(stack, 'id', { value: ami.imageId });
  };
}

describe('EksWindowsAmi', () => {
  it('reads the latest release from one SSM parameter', () => {
    const template = Template.of(lookUp({}));
    expect(template.data('aws_ssm_parameter')).toEqual({
      name: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/image_id',
    });
    expect(template.addresses()).toEqual(['data.aws_ssm_parameter.ami_490FE451']);
  });

  it('says the same about `latest` as about no release', () => {
    const address = Template.of(lookUp({ release: 'latest' })).addresses();
    expect(address).toEqual(['data.aws_ssm_parameter.ami_490FE451']);
  });

  it('takes the id from the attribute that plans show', () => {
    expect(Template.of(lookUp({})).part('output')).toEqual({
      id: { value: '${data.aws_ssm_parameter.ami_490FE451.insecure_value}' },
    });
  });

  it('looks a dated release up by its exact name', () => {
    const template = Template.of(lookUp({ edition: 'Full', release: '1.35-2026.04.18' }));
    expect(template.data('aws_ami')).toEqual({
      owners: ['amazon'],
      include_deprecated: true,
      filter: [
        {
          name: 'name',
          values: ['Windows_Server-2022-English-Full-EKS_Optimized-1.35-2026.04.18'],
        },
      ],
    });
    expect(template.addresses()).toEqual(['data.aws_ami.ami_490FE451']);
    expect(template.part('output')).toEqual({ id: { value: '${data.aws_ami.ami_490FE451.id}' } });
  });

  it('warns in plans, from 30 days before a dated release becomes private', () => {
    const checks = Template.of(lookUp({ release: '1.35-2026.04.18' })).part('check');
    expect(checks).toEqual({
      ami_ReleaseAge_92CADC86: {
        assert: [
          {
            condition:
              '${((timecmp(plantimestamp(), "2026-07-19T00:00:00Z") == -1) && ' +
              'startswith(data.aws_ami.ami_490FE451.id, "ami-"))}',
            error_message:
              'The EKS optimized Windows AMI 1.35-2026.04.18 was released on 2026-04-18. AWS makes ' +
              'it private on 2026-08-18; after that it cannot be found, and nothing can be built ' +
              'from it or planned with it. Choose a newer release, or "latest".',
          },
        ],
      },
    });
  });

  it('warns of nothing when there is no date in the release', () => {
    for (const release of ['latest', Fn.lower('1.35-2026.04.18'), '1.35-2026.06.31']) {
      expect(Template.of(lookUp({ release })).part('check')).toEqual({});
    }
  });

  it('hands a recipe the id, or with `at-build` the parameter', () => {
    const parentImage = (props: Partial<EksWindowsAmiProps>) =>
      Template.of((stack) => {
        const ami = new EksWindowsAmi(stack, 'ami', { ...PROPS, ...props });
        new TerraformOutput(stack, 'parent', { value: ami.parentImage });
      });
    const id = '${data.aws_ssm_parameter.ami_490FE451.insecure_value}';
    expect(parentImage({}).part('output')).toEqual({ parent: { value: id } });
    expect(parentImage({ lookUp: 'at-plan' }).part('output')).toEqual({ parent: { value: id } });
    const atBuild = parentImage({ lookUp: 'at-build' });
    expect(atBuild.part('output')).toEqual({
      parent: {
        value:
          'ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/image_id',
      },
    });
    // The plan still fails when there is no such AMI.
    expect(atBuild.addresses()).toEqual(['data.aws_ssm_parameter.ami_490FE451']);
    expect(parentImage({ release: '1.35-2026.04.18' }).part('output')).toEqual({
      parent: { value: '${data.aws_ami.ami_490FE451.id}' },
    });
  });

  it('refuses to leave the look-up of a dated release to the build', () => {
    expect(
      refusedBy(() => Template.of(lookUp({ release: '1.35-2026.04.18', lookUp: 'at-build' }))),
    ).toEqual(['`lookUp` look-up-of-dated-release: "at-build"']);
  });

  it('passes a version that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'version', { type: 'string' });
      lookUp({ kubernetesVersion: stringValue })(stack);
    });
    expect(template.data('aws_ssm_parameter')).toEqual({
      name: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-${var.version}/image_id',
    });
  });

  it('passes a release that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'release', { type: 'string' });
      lookUp({ release: stringValue })(stack);
    });
    expect(template.data('aws_ami')['filter']).toEqual([
      { name: 'name', values: ['Windows_Server-2022-English-Core-EKS_Optimized-${var.release}'] },
    ]);
  });

  it('passes a server and an edition that only Terraform knows', () => {
    const props = { server: Fn.lower('2022'), edition: Fn.title('core') };
    const template = Template.of(lookUp(props));
    expect(template.data('aws_ssm_parameter')).toEqual({
      name: '/aws/service/ami-windows-latest/Windows_Server-${lower("2022")}-English-${title("core")}-EKS_Optimized-1.35/image_id',
    });
  });

  it('lets two look-ups live in one stack', () => {
    const template = Template.of((stack) => {
      new EksWindowsAmi(stack, 'one', PROPS);
      new EksWindowsAmi(stack, 'two', PROPS);
    });
    expect(Object.keys(template.dataSources('aws_ssm_parameter'))).toHaveLength(2);
  });

  it('lists every wrong input at once', () => {
    const wrong = { kubernetesVersion: '1.35.1', server: '2016', edition: 'core' };
    const props = { ...wrong, release: 'old', lookUp: 'never' };
    expect(refusedBy(() => Template.of(lookUp(props)))).toEqual([
      '`kubernetesVersion` kubernetes-version: "1.35.1"',
      '`server` one-of: "2016"',
      '`edition` one-of: "core"',
      '`lookUp` one-of: "never"',
      '`release` ami-release: "old"',
    ]);
  });

  it('refuses a release of another Kubernetes version', () => {
    expect(refusedBy(() => Template.of(lookUp({ release: '1.34-2026.04.18' })))).toEqual([
      '`release` release-of-another-version: "1.34-2026.04.18"',
    ]);
  });

  it('refuses a Windows Server without AMIs for the Kubernetes version', () => {
    expect(
      refusedBy(() => Template.of(lookUp({ kubernetesVersion: '1.34', server: '2025' }))),
    ).toEqual(['`server` windows-server-for-kubernetes: "2025"']);
  });
});
