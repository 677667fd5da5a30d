import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import {
  AmiGuard,
  type AmiGuardProps,
  EksCluster,
  type PlanCondition,
} from '../../../modules/eks-windows-nodes';
import { Template } from '../../support/template';
import { describeWith } from '../../support/tools';
import { evaluate, valuesOf } from './terraform-console';

const AMI = 'data.aws_ami.Guard_64B60F0F';
const CLUSTER = 'data.aws_eks_cluster.Cluster_EB0386A7';
const SMALLEST = { amiId: 'ami-0123456789abcdef0', kubernetesVersion: '1.33' };

/** A guard's stack, with what it gives out. */
const synth = (props: Partial<AmiGuardProps> = {}): Template =>
  Template.of((stack) => {
    const cluster = new EksCluster(stack, 'Cluster', { clusterName: 'demo' });
    const guard = new AmiGuard(stack, 'Guard', { ...SMALLEST, cluster, ...props });
    const { conditions, ownerAlias } = guard;
    new TerraformOutput(stack, 'Out', { value: { conditions, ownerAlias } });
  });

/** The conditions as Terraform gets them. */
const conditionsOf = (template: Template): PlanCondition[] => {
  const { value } = template.part('output')['Out'] as { value: { conditions: PlanCondition[] } };
  return value.conditions;
};

describe('AmiGuard', () => {
  it('looks the AMI up by its id, also when it is deprecated, and makes nothing', () => {
    const template = synth();
    expect(template.addresses()).toEqual([AMI, CLUSTER]);
    expect(template.data('aws_ami')).toEqual({
      filter: [{ name: 'image-id', values: ['ami-0123456789abcdef0'] }],
      include_deprecated: true,
    });
  });

  it('tells the alias of the owner', () => {
    expect(synth().part('output')['Out']).toMatchObject({
      value: { ownerAlias: `\${${AMI}.image_owner_alias}` },
    });
  });

  it('has a condition on the platform and one on the Kubernetes version', () => {
    const control = `tonumber(element(split(".", ${CLUSTER}.version), 1))`;
    const kubelet = 'tonumber(element(split(".", "1.33"), 1))';
    expect(conditionsOf(synth())).toEqual([
      {
        condition: `\${(${AMI}.platform == "windows")}`,
        errorMessage:
          'ami-0123456789abcdef0 is not a Windows AMI. Name one in nodes.ami, or build one (nodes.ami: built).',
      },
      {
        condition: `\${((${kubelet} <= ${control}) && ((${control} - ${kubelet}) <= 3))}`,
        errorMessage: `Cluster demo runs Kubernetes \${${CLUSTER}.version}, but the AMI is for 1.33: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Set cluster.kubernetesVersion to \${${CLUSTER}.version}, or upgrade the cluster first.`,
      },
    ]);
  });

  it("compares versions at once when the cluster's is known", () => {
    const guard = (version: string) => () =>
      Template.of((stack) => {
        const cluster = { name: 'demo', version };
        const { conditions } = new AmiGuard(stack, 'Guard', { ...SMALLEST, cluster });
        expect(conditions.map(({ condition }) => condition)).toHaveLength(1);
      });
    expect(guard('1.33')).not.toThrow('must');
    expect(guard('1.36')).not.toThrow('must');
    for (const version of ['1.32', '1.37']) {
      expect(guard(version)).toThrow(
        `\n  - \`kubernetesVersion\` must be the cluster's Kubernetes version (${version}) or up to 3 minor versions older, got: "1.33"`,
      );
    }
  });

  it('allows less skew when told to', () => {
    const guard = (version: string, allowedSkew: number) => () =>
      synth({ cluster: { name: 'demo', version }, allowedSkew });
    const must = (version: string, rest: string) =>
      new Error(
        `AmiGuard at "test/Guard":\n  - \`kubernetesVersion\` must be the cluster's Kubernetes version (${version})${rest}, got: "1.33"`,
      );
    expect(guard('1.33', 0)().addresses()).toEqual([AMI, CLUSTER]);
    expect(guard('1.34', 0)).toThrow(must('1.34', ''));
    expect(guard('1.34', 1)().addresses()).toEqual([AMI, CLUSTER]);
    expect(guard('1.35', 1)).toThrow(must('1.35', ' or up to one minor version older'));
  });

  it('takes a skew that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const cluster = new EksCluster(stack, 'Cluster', { clusterName: 'demo' });
      const allowedSkew = new TerraformVariable(stack, 'skew', { type: 'number' }).numberValue;
      const { conditions } = new AmiGuard(stack, 'Guard', { ...SMALLEST, cluster, allowedSkew });
      new TerraformOutput(stack, 'Out', { value: { conditions } });
    });
    const [, version] = conditionsOf(template);
    expect(version?.condition).toContain(') <= var.skew)');
    expect(version?.errorMessage).toContain('up to ${var.skew} minor versions older');
  });

  it('takes an AMI that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'ami', { type: 'string' });
      const cluster = { name: 'demo', version: '1.35' };
      new AmiGuard(stack, 'Guard', { ...SMALLEST, amiId: stringValue, cluster });
    });
    expect(template.data('aws_ami')['filter']).toEqual([
      { name: 'image-id', values: ['${var.ami}'] },
    ]);
  });

  it.each<readonly [Partial<AmiGuardProps>, string]>([
    [{ amiId: 'ami-1' }, '`amiId` must be an AMI id (ami- and 8 or 17 hex digits), got: "ami-1"'],
    [{ allowedSkew: 4 }, '`allowedSkew` must be an integer between 0 and 3, got: 4'],
    [
      { kubernetesVersion: '1.33.2' },
      '`kubernetesVersion` must be a Kubernetes minor version such as "1.35", got: "1.33.2"; write it as text, in quotes, without the patch version',
    ],
    [
      { kubernetesVersion: '2.1' },
      '`kubernetesVersion` must be a Kubernetes minor version such as "1.35", got: "2.1"; write it as text, in quotes, without the patch version',
    ],
  ])('does not allow %j', (props, problem) => {
    expect(() => synth(props)).toThrow(new Error(`AmiGuard at "test/Guard":\n  - ${problem}`));
  });
});

describeWith(['terraform'], 'the condition on the Kubernetes version, evaluated', () => {
  /** Whether nodes with a kubelet may join clusters of several versions. */
  function holds(
    kubernetesVersion: string,
    versions: readonly string[],
    allowedSkew?: number,
  ): unknown {
    const template = Template.of((stack) => {
      const conditions = versions.map((version, index) => {
        const { stringValue } = new TerraformVariable(stack, `v${index}`, { default: version });
        const cluster = { name: 'demo', version: stringValue };
        const props = { ...SMALLEST, kubernetesVersion, cluster, allowedSkew };
        return new AmiGuard(stack, `Guard${index}`, props).conditions[1]?.condition;
      });
      new TerraformOutput(stack, 'Out', { value: conditions });
    });
    const { value } = template.part('output')['Out'] as { value: string[] };
    const { variable } = valuesOf(template);
    return evaluate('local.holds', { variable, locals: { holds: value } });
  }

  it('lets a kubelet of 1.33 join clusters from 1.33 to 1.36', () => {
    const versions = ['1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];
    expect(holds('1.33', versions)).toEqual([false, false, true, true, true, true, false]);
  });

  it('lets less old kubelets join when told to', () => {
    const versions = ['1.32', '1.33', '1.34', '1.35'];
    expect(holds('1.33', versions, 0)).toEqual([false, true, false, false]);
    expect(holds('1.33', versions, 1)).toEqual([false, true, true, false]);
  });

  it('compares numbers, not text', () => {
    expect(holds('1.9', ['1.8', '1.9', '1.10', '1.12', '1.13'])).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('tells both versions', () => {
    const template = synth();
    const message = conditionsOf(template)[1]?.errorMessage.replaceAll(
      `${CLUSTER}.version`,
      'var.v',
    );
    const configuration = { variable: { v: { default: '1.32' } }, locals: { message } };
    expect(evaluate('local.message', configuration)).toBe(
      'Cluster demo runs Kubernetes 1.32, but the AMI is for 1.33: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Set cluster.kubernetesVersion to 1.32, or upgrade the cluster first.',
    );
  });
});
