import { DataAwsEksAddon } from '@cdktf/provider-aws/lib/data-aws-eks-addon/index.js';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition/index.js';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { Fn, type ITerraformDependable, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkOneOf,
  escapeTerraformTemplate,
  type Path,
  type PlanCondition,
  type Problem,
  problem,
  withoutUndefined,
  writtenTags,
} from '../core';
import { roleNameOf } from '../iam';
import { checkSettings, choice, freeText, group, type SettingProps, setting } from '../settings';
import {
  buildVpcCniWindowsValues,
  checkWarmPrefixes,
  VPC_CNI_SETTINGS,
  VPC_CNI_WINDOWS_KEYS,
} from './vpc-cni-configuration';

/**
 * - `check`: nothing is made; the plan stops when the VPC CNI add-on does not support Windows. The
 *   add-on has to be one that EKS manages: of another one EKS knows nothing, and the plan stops.
 * - `manage`: the add-on and the policy of the cluster's role are made here.
 */
const WINDOWS_SUPPORT_MODES = ['check', 'manage'] as const;

/** One of {@link WINDOWS_SUPPORT_MODES}. */
export type WindowsSupportMode = (typeof WINDOWS_SUPPORT_MODES)[number];

/** The settings of {@link WindowsSupport} beside those that stand in the add-on. */
export const WINDOWS_SUPPORT_SETTINGS = {
  /** `check` makes nothing, and stops a plan; `manage` makes the add-on. */
  mode: setting(choice(WINDOWS_SUPPORT_MODES), {
    about:
      'What to do: check (the plan stops when the managed VPC CNI add-on does not support Windows) or manage (make the add-on and the policy of the role of the cluster)',
    required: true,
    change: 'in-place',
  }),
  /** What the add-on is to do for Windows. @default - addresses one by one */
  vpcCni: setting(group(VPC_CNI_SETTINGS), {
    about: 'What the VPC CNI add-on does for Windows',
    otherwise: 'addresses one by one',
    change: 'in-place',
  }),
  /** Version of the add-on. @default - the one EKS takes for the cluster */
  addonVersion: setting(freeText(), {
    about: 'Version of the add-on with mode manage',
    otherwise: 'the one EKS takes',
    change: 'in-place',
  }),
};

/** What the add-on is, in mode `manage` beyond `vpcCni`. */
interface ManagedVpcCni extends SettingProps<typeof WINDOWS_SUPPORT_SETTINGS> {
  /**
   * All else that is to stand in the add-on's configuration values, by the add-on's keys: what is
   * left out goes back to the add-on's own default.
   * @default - nothing
   */
  readonly configuration?: Readonly<Record<string, unknown>> | undefined;
}

/** Inputs of {@link WindowsSupport}. */
export interface WindowsSupportProps extends ManagedVpcCni {
  readonly cluster: {
    readonly name: string;
    /** ARN of the cluster's own role, not of its nodes'. */
    readonly roleArn: string;
    /** `ipv4` or `ipv6`. */
    readonly ipFamily: string;
  };
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const ADDON_NAME = 'vpc-cni';

/**
 * What a cluster needs before Windows pods get addresses: the policy
 * `AmazonEKSVPCResourceController` on the cluster's role, and `enableWindowsIpam` in the VPC CNI
 * add-on. Whether the policy is attached cannot be checked: the provider has no data source for it.
 *
 * In mode `manage` an add-on that EKS manages already has to be imported first; EKS refuses to make
 * it twice. A self-managed one that was edited is refused too, rather than reset. A destroy leaves
 * the add-on's software in the cluster, but detaches the policy.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
export class WindowsSupport extends Construct {
  /** What must hold, or no Windows pod starts; for what launches nodes. */
  public readonly conditions: readonly PlanCondition[];
  /** What has to be there before a node boots. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WindowsSupportProps) {
    super(scope, id);
    assertNoProblems(this, validateWindowsSupportProps(props));
    const { cluster, mode } = props;
    if (mode === 'manage') {
      this.ready = [this.attachPolicy(cluster.roleArn), this.createAddon(props)];
      this.conditions = [...ipFamilyConditions(cluster)];
    } else {
      this.ready = [];
      this.conditions = [...ipFamilyConditions(cluster), ...this.checkAddon(props)];
    }
  }

  private attachPolicy(roleArn: string): IamRolePolicyAttachment {
    const { partition } = new DataAwsPartition(this, 'Partition');
    return new IamRolePolicyAttachment(this, 'ClusterPolicy', {
      role: roleNameOf(roleArn),
      policyArn: `arn:${partition}:iam::aws:policy/AmazonEKSVPCResourceController`,
    });
  }

  private createAddon(props: WindowsSupportProps): EksAddon {
    const { cluster, vpcCni = {}, configuration = {}, addonVersion, tags } = props;
    const values = sortKeys({ ...configuration, ...buildVpcCniWindowsValues(vpcCni) });
    return new EksAddon(
      this,
      'VpcCni',
      withoutUndefined({
        clusterName: cluster.name,
        addonName: ADDON_NAME,
        addonVersion,
        configurationValues: escapeTerraformTemplate(JSON.stringify(values)),
        resolveConflictsOnCreate: 'NONE',
        resolveConflictsOnUpdate: 'PRESERVE',
        // Without the CNI no new pod of the cluster would get an address.
        preserve: true,
        tags: writtenTags(tags),
      }),
    );
  }

  private checkAddon({ cluster, vpcCni = {} }: WindowsSupportProps): PlanCondition[] {
    const config = { clusterName: cluster.name, addonName: ADDON_NAME };
    const addon = new DataAwsEksAddon(this, 'VpcCni', config);
    const values = buildVpcCniWindowsValues(vpcCni);
    const wanted = JSON.stringify(values);
    return Object.entries(values).map(([key, value]) => ({
      condition: Token.asString(Op.eq(configuredValue(addon, key), String(value))),
      errorMessage: `The VPC CNI add-on of cluster ${cluster.name} does not have ${key} ${value} in its configuration values. Add ${wanted} to what stands there (aws eks describe-addon --cluster-name ${cluster.name} --addon-name ${ADDON_NAME}), and write all of it: aws eks update-addon --cluster-name ${cluster.name} --addon-name ${ADDON_NAME} --resolve-conflicts PRESERVE --configuration-values '<all values>'`,
    }));
  }
}

/** As text, and empty where it is not set. Configuration values are YAML, of which JSON is a part. */
function configuredValue(addon: DataAwsEksAddon, key: string): string {
  const values = Fn.yamldecode(addon.configurationValues);
  return Token.asString(Fn.try([Fn.tostring(Fn.lookup(values, key, '')), '']));
}

function ipFamilyConditions({ name, ipFamily }: WindowsSupportProps['cluster']): PlanCondition[] {
  if (!Token.isUnresolved(ipFamily)) return [];
  return [
    {
      condition: Token.asString(Op.eq(ipFamily, 'ipv4')),
      errorMessage: `Cluster ${name} gives pods ${ipFamily} addresses, and EKS has none of those for Windows pods. Windows nodes need a cluster of the IP family ipv4, which cannot be changed.`,
    },
  ];
}

function sortKeys(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The rules on more than one value. */
export const checkWindowsSupport = (path: Path, support: ManagedVpcCni): Problem[] => [
  ...checkWarmPrefixes([...path, 'vpcCni'], support.vpcCni ?? {}),
  ...checkManagedVpcCni(path, support),
];

/** Lists what would not be written, or would be written over. */
function checkManagedVpcCni(path: Path, managed: ManagedVpcCni): Problem[] {
  const { mode, configuration = {}, addonVersion } = managed;
  if (Token.isUnresolved(mode)) return [];
  if (mode === 'manage') {
    const own = VPC_CNI_WINDOWS_KEYS.filter((key) => Object.hasOwn(configuration, key));
    return own.map((key) => {
      const at = [...path, 'configuration', key];
      return problem(
        'vpc-cni-key-twice',
        at,
        'be left out, because `vpcCni` says it',
        configuration[key],
      );
    });
  }
  const written = { configuration: managed.configuration, addonVersion };
  return Object.entries(written).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [
          problem(
            'vpc-cni-in-check-mode',
            [...path, key],
            'be left out unless `mode` is "manage"',
            value,
          ),
        ],
  );
}

function validateWindowsSupportProps(props: WindowsSupportProps): Problem[] {
  const { cluster } = props;
  return [
    ...checkSettings(WINDOWS_SUPPORT_SETTINGS, props),
    ...checkOneOf(['cluster', 'ipFamily'], cluster.ipFamily, ['ipv4']),
    ...checkWindowsSupport([], props),
  ];
}
