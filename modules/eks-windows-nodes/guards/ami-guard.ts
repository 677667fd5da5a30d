import { DataAwsAmiIds } from '@cdktf/provider-aws/lib/data-aws-ami-ids/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  AMI_KUBERNETES_VERSION_TAG,
  AMI_WINDOWS_BUILD_TAG,
  assertNoProblems,
  checkAmiId,
  checkEach,
  checkListLength,
  checkOneOf,
  checkUnique,
  type PlanCondition,
  type Problem,
  withoutUndefined,
} from '../../core';
import { checkSettings, integer, type SettingProps, setting } from '../../settings';
import type { WindowsServer } from '../../windows-base';
import {
  checkKubernetesVersion,
  WINDOWS_SERVER_RELEASES,
  WINDOWS_SERVERS,
} from '../../windows-base/windows-server';
import type { EksClusterAttributes } from '../kubernetes/eks-cluster';
import {
  acceptedVersions,
  bothAreKnown,
  checkSkew,
  describeSkew,
  KUBELET_SKEW,
  type KubeletAndCluster,
  skewCondition,
} from '../kubernetes/kubelet-skew';
import { checkAmiOwner, DEFAULT_AMI_OWNERS } from './ami-owner';

/** What a guard lets pass. */
export const AMI_GUARD_SETTINGS = {
  /** How many minor versions the kubelet may be older than the cluster, 0 to 3. @default 3 */
  allowedSkew: setting(integer({ min: 0, max: KUBELET_SKEW }), {
    about: 'How many minor versions the nodes may be older than the cluster',
    change: 'nothing',
    default: KUBELET_SKEW,
  }),
};

/** Inputs of {@link AmiGuard}. */
export interface AmiGuardProps extends SettingProps<typeof AMI_GUARD_SETTINGS> {
  readonly amiId: string;
  /**
   * The Kubernetes version the AMI was built for: its kubelet's. An AMI that says so itself, by the
   * tag that `WindowsImage` puts on it, is judged by its tag. When the cluster's version is known
   * as well, the two are compared at once in any case.
   */
  readonly kubernetesVersion: string;
  readonly cluster: Pick<EksClusterAttributes, 'name' | 'version'>;
  /**
   * Which Windows Server the AMI has to be. Compared with the tag that `WindowsImage` puts on its
   * AMIs; one without the tag is not compared.
   * @default - any
   */
  readonly windowsServer?: WindowsServer | undefined;
  /**
   * Who the AMI may belong to: account ids, or `self`, `amazon`, `aws-marketplace`, `microsoft`. An
   * AMI that another account shares with this one is found under the id of that account only.
   * @default - self, amazon and aws-marketplace
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
   */
  readonly amiOwners?: readonly string[] | undefined;
  /** How messages call what their reader can change. @default - as the props here are called */
  readonly words?: AmiGuardWords | undefined;
}

/**
 * How the messages of an {@link AmiGuard} call what their reader can change, where that is not its
 * props, but such as the keys of a file.
 */
export interface AmiGuardWords {
  /** What names the AMI. @default `amiId` */
  readonly ami?: string | undefined;
  /** How to name whom a shared AMI belongs to. @default name the owner in `amiOwners` */
  readonly nameOwner?: string | undefined;
  /** How to get an AMI of one's own. @default build one with a WindowsImage */
  readonly buildAmi?: string | undefined;
  /** What says for which Kubernetes the AMI is. @default `kubernetesVersion` */
  readonly kubernetesVersion?: string | undefined;
  /** What says which Windows Server it is. @default `windowsServer` */
  readonly windowsServer?: string | undefined;
}

const WORDS = {
  ami: '`amiId`',
  nameOwner: 'name the owner in `amiOwners`',
  buildAmi: 'build one with a WindowsImage',
  kubernetesVersion: '`kubernetesVersion`',
  windowsServer: '`windowsServer`',
} satisfies AmiGuardWords;

/**
 * Looks for an AMI at plan and tells whether Windows nodes of a cluster can be launched from it, as
 * conditions for whatever launches them. Makes `aws_ami_ids` data sources, which cost nothing.
 *
 * They list what they find, so that a missing AMI fails no look-up: a plan stops at a condition
 * that says what to do, and a destroy, which evaluates no conditions, goes on without the AMI.
 */
export class AmiGuard extends Construct {
  /** `amazon` for an AMI of Amazon's, empty for any other and for one that is not there. */
  public readonly ownerAlias: string;
  public readonly conditions: readonly PlanCondition[];
  private readonly amiId: string;
  private readonly words: Required<AmiGuardWords>;

  constructor(scope: Construct, id: string, props: AmiGuardProps) {
    super(scope, id);
    assertNoProblems(this, validateAmiGuardProps(props));
    this.amiId = props.amiId;
    this.words = { ...WORDS, ...withoutUndefined({ ...props.words }) };
    const owners = props.amiOwners ?? DEFAULT_AMI_OWNERS;
    // No conditional: CDKTF 0.21 puts no parentheses round it inside of another expression.
    const ofAmazon = Fn.lengthOf(this.find('Amazon', ['amazon']));
    this.ownerAlias = Token.asString(Fn.element(['', 'amazon'], ofAmazon));
    this.conditions = [
      ...this.existenceConditions(owners),
      ...this.kubeletConditions(props, owners),
      ...this.buildConditions(props, owners),
    ];
  }

  private existenceConditions(owners: readonly string[]): PlanCondition[] {
    const { amiId, words } = this;
    const found = this.has('Found', owners);
    const windows = this.has('Windows', owners, ['platform', ['windows']]);
    return [
      {
        condition: Token.asString(found),
        errorMessage: `${amiId} is not among the AMIs of ${listed(owners)}: it is deregistered or disabled, or belongs to someone else. Build a new AMI, name another in ${words.ami}, or ${words.nameOwner}.`,
      },
      {
        condition: Token.asString(Op.or(Op.not(found), windows)),
        errorMessage: `${amiId} is not a Windows AMI. Name one in ${words.ami}, or ${words.buildAmi}.`,
      },
    ];
  }

  private kubeletConditions(props: AmiGuardProps, owners: readonly string[]): PlanCondition[] {
    const { amiId, words } = this;
    const { kubernetesVersion, cluster } = props;
    const versions = versionsOf(props);
    const { allowedSkew } = versions;
    const accepted = acceptedVersions(cluster.version, allowedSkew);
    const tag = `tag:${AMI_KUBERNETES_VERSION_TAG}`;
    const tagged = this.has('KubeletKnown', owners, ['tag-key', [AMI_KUBERNETES_VERSION_TAG]]);
    const fitting = this.has('KubeletFits', owners, [tag, accepted]);
    const runs = `Cluster ${cluster.name} runs Kubernetes ${cluster.version}, but`;
    const skew = `a kubelet may be ${describeSkew(allowedSkew)}.`;
    const byTag = {
      condition: Token.asString(Op.or(Op.not(tagged), fitting)),
      errorMessage: `${runs} the tag ${AMI_KUBERNETES_VERSION_TAG} of ${amiId} is none of ${Fn.join(', ', accepted)}: ${skew} Name another AMI in ${words.ami}, or upgrade the cluster first.`,
    };
    // What is known was checked already.
    if (bothAreKnown(versions)) return [byTag];
    const asRequested = {
      condition: Token.asString(Op.or(tagged, skewCondition(versions))),
      errorMessage: `${runs} the AMI is for ${kubernetesVersion}: ${skew} Set ${words.kubernetesVersion} to ${cluster.version}, or upgrade the cluster first.`,
    };
    return [asRequested, byTag];
  }

  private buildConditions(
    { windowsServer: server }: AmiGuardProps,
    owners: readonly string[],
  ): PlanCondition[] {
    if (server === undefined || Token.isUnresolved(server)) return [];
    const { words } = this;
    const { build } = WINDOWS_SERVERS[server];
    const tagged = this.has('BuildKnown', owners, ['tag-key', [AMI_WINDOWS_BUILD_TAG]]);
    const fitting = this.has('BuildFits', owners, [`tag:${AMI_WINDOWS_BUILD_TAG}`, [build]]);
    return [
      {
        condition: Token.asString(Op.or(Op.not(tagged), fitting)),
        errorMessage: `The tag ${AMI_WINDOWS_BUILD_TAG} of ${this.amiId} is not ${build}, the build of Windows Server ${server}. Name another AMI in ${words.ami}, or set ${words.windowsServer} to the release of this one.`,
      },
    ];
  }

  /** Whether the AMI is there, belongs to one of these and passes a filter of EC2. */
  private has(id: string, owners: readonly string[], filter?: AmiFilter): boolean {
    return Fn.contains(this.find(id, owners, filter), this.amiId);
  }

  private find(id: string, owners: readonly string[], filter?: AmiFilter): string[] {
    const filters: readonly AmiFilter[] = filter === undefined ? [] : [filter];
    const amis = new DataAwsAmiIds(this, id, {
      owners: [...owners],
      includeDeprecated: true,
      filter: [['image-id', [this.amiId]] as const, ...filters].map(([name, values]) => {
        return { name, values: [...values] };
      }),
    });
    return amis.ids;
  }
}

/** An EC2 filter, as its name and values. */
type AmiFilter = readonly [name: string, values: readonly string[]];

function listed(owners: readonly string[]): string {
  return Token.isUnresolved(owners) ? Fn.join(', ', [...owners]) : owners.join(', ');
}

function versionsOf(props: AmiGuardProps): KubeletAndCluster {
  const { kubernetesVersion, cluster } = props;
  const { allowedSkew = AMI_GUARD_SETTINGS.allowedSkew.default } = props;
  return { kubernetesVersion, clusterVersion: cluster.version, allowedSkew };
}

function validateAmiGuardProps(props: AmiGuardProps): Problem[] {
  const { amiOwners: owners = DEFAULT_AMI_OWNERS, windowsServer: server } = props;
  const versions = versionsOf(props);
  return [
    ...checkAmiId(['amiId'], props.amiId),
    ...checkKubernetesVersion(['kubernetesVersion'], props.kubernetesVersion),
    ...checkSettings(AMI_GUARD_SETTINGS, props),
    ...checkSkew(['kubernetesVersion'], versions),
    ...(server === undefined ? [] : checkOneOf(['windowsServer'], server, WINDOWS_SERVER_RELEASES)),
    ...checkListLength(['amiOwners'], owners, { min: 1 }),
    ...checkUnique(['amiOwners'], owners),
    ...checkEach(['amiOwners'], owners, checkAmiOwner),
  ];
}
