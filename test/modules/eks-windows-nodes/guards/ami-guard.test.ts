import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, TerraformVariable } from 'cdktf';
import type { PlanCondition } from '../../../../modules/core';
import { AmiGuard, type AmiGuardProps, EksCluster } from '../../../../modules/eks-windows-nodes';
import {
  acceptedVersions,
  skewCondition,
} from '../../../../modules/eks-windows-nodes/kubernetes/kubelet-skew';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';
import { evaluate, valuesOf } from '../../../support/terraform-console';
import { describeWith } from '../../../support/tools';

const AMI_ID = 'ami-0123456789abcdef0';
const CLUSTER = 'data.aws_eks_cluster.Cluster_EB0386A7';
const SMALLEST = { amiId: AMI_ID, kubernetesVersion: '1.33' };
const VERSION_TAG = 'cdktf-eks-windows-ami:kubernetes-version';
const BUILD_TAG = 'cdktf-eks-windows-ami:windows-build';

/** The cluster's minor version as Terraform computes it. */
const CONTROL = `tonumber(element(split(".", ${CLUSTER}.version), 1))`;
const ACCEPTED = `formatlist("1.%d", range((${CONTROL} - 3), (${CONTROL} + 1), 1))`;

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

/** The look-ups of a guard, by the ids they have in it. */
const lookUps = (template: Template): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(template.dataSources('aws_ami_ids')).map(([name, block]) => {
      return [name.split('_')[1] ?? name, block];
    }),
  );

/** How the AMIs that a look-up of a guard finds are referred to. */
const idsOf = (template: Template, id: string): string => {
  const names = Object.keys(template.dataSources('aws_ami_ids'));
  return `data.aws_ami_ids.${names.find((name) => name.startsWith(`Guard_${id}_`))}.ids`;
};

const has = (template: Template, id: string): string =>
  `contains(${idsOf(template, id)}, "${AMI_ID}")`;

describe('AmiGuard', () => {
  it('looks for the AMI by its id, also when it is deprecated, and makes nothing', () => {
    const template = synth();
    const owners = ['self', 'amazon', 'aws-marketplace'];
    const byId = { name: 'image-id', values: [AMI_ID] };
    const lookUp = (more: object = {}, ...filters: readonly object[]) => {
      return { owners, include_deprecated: true, filter: [byId, ...filters], ...more };
    };
    expect(template.counts()).toEqual({});
    expect(lookUps(template)).toEqual({
      Amazon: lookUp({ owners: ['amazon'] }),
      Found: lookUp(),
      Windows: lookUp({}, { name: 'platform', values: ['windows'] }),
      KubeletKnown: lookUp({}, { name: 'tag-key', values: [VERSION_TAG] }),
      KubeletFits: lookUp({}, { name: `tag:${VERSION_TAG}`, values: `\${${ACCEPTED}}` }),
    });
  });

  it('looks among the AMIs of the owners that it is told', () => {
    const template = synth({ amiOwners: ['111122223333'] });
    expect(lookUps(template)['Found']?.['owners']).toEqual(['111122223333']);
    expect(lookUps(template)['Amazon']?.['owners']).toEqual(['amazon']);
    expect(conditionsOf(template)[0]?.errorMessage).toContain('the AMIs of 111122223333: it is');
  });

  it('tells whether the AMI is one of Amazon', () => {
    const template = synth();
    expect(template.part('output')['Out']).toMatchObject({
      value: { ownerAlias: `\${element(["", "amazon"], length(${idsOf(template, 'Amazon')}))}` },
    });
  });

  it('has conditions on the AMI, its platform and its Kubernetes version', () => {
    const kubelet = 'tonumber(element(split(".", "1.33"), 1))';
    const template = synth();
    expect(conditionsOf(template)).toEqual([
      {
        condition: `\${${has(template, 'Found')}}`,
        errorMessage:
          'ami-0123456789abcdef0 is not among the AMIs of self, amazon, aws-marketplace: it is deregistered or disabled, or belongs to someone else. Build a new AMI, name another in `amiId`, or name the owner in `amiOwners`.',
      },
      {
        condition: `\${(!${has(template, 'Found')} || ${has(template, 'Windows')})}`,
        errorMessage:
          'ami-0123456789abcdef0 is not a Windows AMI. Name one in `amiId`, or build one with a WindowsImage.',
      },
      {
        condition: `\${(${has(template, 'KubeletKnown')} || ((${kubelet} <= ${CONTROL}) && ((${CONTROL} - ${kubelet}) <= 3)))}`,
        errorMessage: `Cluster demo runs Kubernetes \${${CLUSTER}.version}, but the AMI is for 1.33: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Set \`kubernetesVersion\` to \${${CLUSTER}.version}, or upgrade the cluster first.`,
      },
      {
        condition: `\${(!${has(template, 'KubeletKnown')} || ${has(template, 'KubeletFits')})}`,
        errorMessage: `Cluster demo runs Kubernetes \${${CLUSTER}.version}, but the tag ${VERSION_TAG} of ami-0123456789abcdef0 is none of \${join(", ", ${ACCEPTED})}: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Name another AMI in \`amiId\`, or upgrade the cluster first.`,
      },
    ]);
  });

  it('compares the build of Windows when it is told which', () => {
    const template = synth({ windowsServer: '2022' });
    expect(lookUps(template)).toMatchObject({
      BuildKnown: { filter: [{}, { name: 'tag-key', values: [BUILD_TAG] }] },
      BuildFits: { filter: [{}, { name: `tag:${BUILD_TAG}`, values: ['10.0.20348'] }] },
    });
    expect(conditionsOf(template)[4]).toEqual({
      condition: `\${(!${has(template, 'BuildKnown')} || ${has(template, 'BuildFits')})}`,
      errorMessage: `The tag ${BUILD_TAG} of ami-0123456789abcdef0 is not 10.0.20348, the build of Windows Server 2022. Name another AMI in \`amiId\`, or set \`windowsServer\` to the release of this one.`,
    });
  });

  it('calls what the reader can change as it is told to, each thing by its own words', () => {
    const words = {
      ami: 'the AMI of file 1',
      nameOwner: 'name the owner in file 2',
      buildAmi: 'build one by file 3',
      kubernetesVersion: 'the version in file 4',
      windowsServer: 'the release in file 5',
    };
    const advice = (one: AmiGuardProps['words']): string[] =>
      conditionsOf(synth({ windowsServer: '2022', words: one })).map(({ errorMessage }) =>
        errorMessage.replace(/^.*?\. (?=Build|Name)|^.*(?=Set)/, ''),
      );
    expect(advice(words).map((text) => text.replaceAll(`\${${CLUSTER}.version}`, '1.3'))).toEqual([
      'Build a new AMI, name another in the AMI of file 1, or name the owner in file 2.',
      'Name one in the AMI of file 1, or build one by file 3.',
      'Set the version in file 4 to 1.3, or upgrade the cluster first.',
      'Name another AMI in the AMI of file 1, or upgrade the cluster first.',
      'Name another AMI in the AMI of file 1, or set the release in file 5 to the release of this one.',
    ]);
    expect(advice({ ami: undefined, buildAmi: 'build one by hand' })[1]).toBe(
      'Name one in `amiId`, or build one by hand.',
    );
  });

  it('compares the requested version at once when the cluster is known', () => {
    const guard = (version: string) => () =>
      Template.of((stack) => {
        const cluster = { name: 'demo', version };
        const { conditions } = new AmiGuard(stack, 'Guard', { ...SMALLEST, cluster });
        expect(conditions.map(({ condition }) => condition)).toHaveLength(3);
      });
    guard('1.33')();
    guard('1.36')();
    for (const version of ['1.32', '1.37']) {
      expect(refusedBy(guard(version))).toEqual(['`kubernetesVersion` kubelet-skew: "1.33"']);
    }
  });

  it('allows less skew when told to', () => {
    const guard = (version: string, allowedSkew: number) => () =>
      synth({ cluster: { name: 'demo', version }, allowedSkew }).counts();
    const must = (version: string, rest: string) =>
      new Error(
        `AmiGuard at "test/Guard":\n  - \`kubernetesVersion\` must be the cluster's Kubernetes version (${version})${rest}, got: "1.33"`,
      );
    expect(guard('1.33', 0)()).toEqual({});
    expect(guard('1.34', 0)).toThrow(must('1.34', ''));
    expect(guard('1.34', 1)()).toEqual({});
    expect(guard('1.35', 1)).toThrow(must('1.35', ' or up to one minor version older'));
  });

  it('takes a skew, a release and owners that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const cluster = new EksCluster(stack, 'Cluster', { clusterName: 'demo' });
      const allowedSkew = new TerraformVariable(stack, 'skew', { type: 'number' }).numberValue;
      const amiOwners = new TerraformVariable(stack, 'owners', { type: 'list(string)' }).listValue;
      const windowsServer = Fn.lower('2022') as '2022';
      const unknown = { allowedSkew, amiOwners, windowsServer };
      const { conditions } = new AmiGuard(stack, 'Guard', { ...SMALLEST, cluster, ...unknown });
      new TerraformOutput(stack, 'Out', { value: { conditions } });
    });
    const [found, , version, ...others] = conditionsOf(template);
    expect(lookUps(template)['Found']?.['owners']).toBe('${var.owners}');
    expect(found?.errorMessage).toContain('the AMIs of ${join(", ", var.owners)}: it is');
    expect(version?.condition).toContain(') <= var.skew)');
    expect(version?.errorMessage).toContain('up to ${var.skew} minor versions older');
    expect(others).toHaveLength(1);
  });

  it('takes an AMI that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'ami', { type: 'string' });
      const cluster = { name: 'demo', version: '1.35' };
      new AmiGuard(stack, 'Guard', { ...SMALLEST, amiId: stringValue, cluster });
    });
    expect(lookUps(template)['Found']?.['filter']).toEqual([
      { name: 'image-id', values: ['${var.ami}'] },
    ]);
  });

  it.each<readonly [Partial<AmiGuardProps>, string]>([
    [{ amiId: 'ami-1' }, '`amiId` ami-id: "ami-1"'],
    [{ allowedSkew: 4 }, '`allowedSkew` integer-range: 4'],
    [{ amiOwners: [] }, '`amiOwners` list-length: 0'],
    [{ amiOwners: ['self', 'self'] }, '`amiOwners[1]` unique: "self"'],
    [{ amiOwners: ['11112222333'] }, '`amiOwners[0]` ami-owner: "11112222333"'],
    [{ windowsServer: '2016' as '2019' }, '`windowsServer` one-of: "2016"'],
    [{ kubernetesVersion: '1.33.2' }, '`kubernetesVersion` kubernetes-version: "1.33.2"'],
    [{ kubernetesVersion: '2.1' }, '`kubernetesVersion` kubernetes-version: "2.1"'],
  ])('does not allow %j', (props, problem) => {
    expect(refusedBy(() => synth(props))).toEqual([problem]);
  });
});

describeWith(['terraform'], 'the condition on the Kubernetes version, evaluated', () => {
  /** What is computed about clusters of several versions, evaluated. */
  function evaluated(
    versions: readonly string[],
    compute: (clusterVersion: string) => unknown,
  ): unknown {
    const template = Template.of((stack) => {
      const value = versions.map((version, index) => {
        return compute(new TerraformVariable(stack, `v${index}`, { default: version }).stringValue);
      });
      new TerraformOutput(stack, 'Out', { value });
    });
    const { value } = template.part('output')['Out'] as { value: string[] };
    const { variable } = valuesOf(template);
    return evaluate('local.computed', { variable, locals: { computed: value } });
  }

  /** Whether nodes with a kubelet may join clusters of several versions. */
  const holds = (kubernetesVersion: string, versions: readonly string[], allowedSkew = 3) =>
    evaluated(versions, (clusterVersion) =>
      skewCondition({ kubernetesVersion, clusterVersion, allowedSkew }),
    );

  it('lists the kubelets that a cluster takes, oldest first', () => {
    const accepted = (allowedSkew: number) =>
      evaluated(['1.35'], (version) => acceptedVersions(version, allowedSkew));
    expect(accepted(3)).toEqual([['1.32', '1.33', '1.34', '1.35']]);
    expect(accepted(1)).toEqual([['1.34', '1.35']]);
    expect(accepted(0)).toEqual([['1.35']]);
  });

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
    const message = conditionsOf(template)[2]?.errorMessage.replaceAll(
      `${CLUSTER}.version`,
      'var.v',
    );
    const configuration = { variable: { v: { default: '1.32' } }, locals: { message } };
    expect(evaluate('local.message', configuration)).toBe(
      'Cluster demo runs Kubernetes 1.32, but the AMI is for 1.33: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Set `kubernetesVersion` to 1.32, or upgrade the cluster first.',
    );
  });
});
