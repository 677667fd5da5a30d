import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkKnown,
  checkRegion,
  type Problem,
  partitionOf,
  problem,
} from '../../core';
import { FastLaunch } from '../../fast-launch';
import type { PolicyDocument } from '../../iam';
import { WindowsNodeRole } from '../access/node-role';
import { WindowsNodeSecurityGroup } from '../access/windows-node-security-group';
import { WindowsNodeGroup } from '../group/windows-node-group';
import { AmiGuard } from '../guards/ami-guard';
import { AmiInUse } from '../guards/ami-in-use';
import { bootstrapHookPolicy } from '../life-cycle/bootstrap-hook';
import { NodeTerminationQueue } from '../life-cycle/node-termination-queue';
import { terminationHandlerPolicy } from '../life-cycle/termination-handler-policy';
import type { WindowsNodesGroup, WindowsNodesProps } from './windows-nodes-props';

/**
 * Windows nodes of an EKS cluster that exists, from role to groups, all from one AMI.
 *
 * On a new AMI the order is: it is looked at in the plan, then marked as in use, then Fast Launch is
 * on for it, then the groups change over, and then Fast Launch goes off for the old one. A node
 * boots only when its role, its access entry and its security group are there.
 *
 * Costs: the nodes, the snapshots of Fast Launch, and next to nothing for the rest. A destroy ends
 * the nodes; the AMI stays, because it belongs to whoever has built it.
 *
 * The id `Default` leaves no trace in addresses: constructs that were wired by hand keep theirs
 * when they move into a `WindowsNodes` of this id, under the ids that they have in here.
 */
export class WindowsNodes<GroupId extends string = string> extends Construct {
  /** The AMI that the nodes run. */
  public readonly amiId: string;
  public readonly role: WindowsNodeRole;
  public readonly guard: AmiGuard;
  public readonly fastLaunch: FastLaunch | undefined;
  /** The security group of groups that name none: their own, or the cluster's. */
  public readonly securityGroupId: string;
  public readonly terminationQueue: NodeTerminationQueue | undefined;
  /** What aws-node-termination-handler has to be allowed, when there is a queue. */
  public readonly terminationHandlerPolicy: PolicyDocument | undefined;
  /** The groups by their construct ids. */
  public readonly groups: Readonly<Record<GroupId, WindowsNodeGroup>>;
  private readonly securityGroup: WindowsNodeSecurityGroup | undefined;
  private readonly inUse: AmiInUse | undefined;

  constructor(scope: Construct, id: string, props: WindowsNodesProps<GroupId>) {
    super(scope, id);
    assertNoProblems(this, validateWindowsNodesProps(props));
    this.amiId = props.amiId;
    this.role = this.createRole(props);
    this.guard = this.createGuard(props);
    this.fastLaunch = this.createFastLaunch(props);
    this.inUse = this.markAmi(props);
    this.securityGroup = this.createSecurityGroup(props);
    this.securityGroupId = (this.securityGroup ?? props.cluster).securityGroupId;
    this.terminationQueue = this.createTerminationQueue(props);
    this.groups = this.createGroups(props);
    this.terminationHandlerPolicy = this.buildTerminationHandlerPolicy();
  }

  /** The Auto Scaling groups' names, in the order of the groups. */
  public get autoScalingGroupNames(): readonly string[] {
    return this.allGroups.map(({ autoScalingGroup }) => autoScalingGroup.name);
  }

  private get allGroups(): readonly WindowsNodeGroup[] {
    return Object.values(this.groups);
  }

  private createRole(props: WindowsNodesProps): WindowsNodeRole {
    const { name, cluster, access, iam, tags, words } = props;
    const accessEntryWord = words?.accessEntry;
    const role = new WindowsNodeRole(this, 'NodeRole', {
      name,
      cluster,
      access,
      iam,
      accessEntryWord,
      tags,
    });
    this.allowHookAnswers(role, props);
    return role;
  }

  /** Nodes of groups with a hook say themselves how their bootstrap went. */
  private allowHookAnswers(role: WindowsNodeRole, { region, groups }: WindowsNodesProps): void {
    const hooked = Object.values(groups).filter((one) => one.failedBootstrap === 'replace');
    if (hooked.length === 0) return;
    const { accountId } = new DataAwsCallerIdentity(this, 'CallerIdentity');
    const groupNames = hooked.map(({ name }) => name);
    const scope = { partition: partitionOf(region), region, accountId, groupNames };
    role.addPolicy('answer-bootstrap-hooks', bootstrapHookPolicy(scope));
  }

  private createGuard(props: WindowsNodesProps): AmiGuard {
    const { amiId, kubernetesVersion, cluster, allowedSkew, windowsServer, amiOwners } = props;
    const ami = { amiId, kubernetesVersion, windowsServer, amiOwners };
    return new AmiGuard(this, 'AmiGuard', { ...ami, cluster, allowedSkew, words: props.words });
  }

  private createFastLaunch(props: WindowsNodesProps): FastLaunch | undefined {
    const { name, amiId, region, fastLaunch, credentials, words, tags } = props;
    if (fastLaunch === undefined) return undefined;
    return new FastLaunch(this, 'FastLaunch', {
      ...fastLaunch,
      name: fastLaunch.name ?? `${name}-fast-launch`,
      amiId,
      amiOwnerAlias: this.guard.ownerAlias,
      region,
      credentials,
      words,
      tags,
    });
  }

  private markAmi({ name, amiId, markAmi = true }: WindowsNodesProps): AmiInUse | undefined {
    return markAmi ? new AmiInUse(this, 'AmiInUse', { amiId, name }) : undefined;
  }

  private createSecurityGroup(props: WindowsNodesProps): WindowsNodeSecurityGroup | undefined {
    const { name, cluster, groups, securityGroup, tags } = props;
    if (securityGroup === undefined) return undefined;
    const [first] = Object.values(groups);
    const network = { cluster, subnetId: first?.subnetIds[0] ?? '' };
    const own = { ...securityGroup, ...network, name, tags };
    return new WindowsNodeSecurityGroup(this, 'SecurityGroup', own);
  }

  private createTerminationQueue(props: WindowsNodesProps): NodeTerminationQueue | undefined {
    const { name, groups, terminationQueue, tags } = props;
    if (terminationQueue === undefined) return undefined;
    const autoScalingGroupNames = Object.values(groups).map((group) => group.name);
    const queue = { ...terminationQueue, name, autoScalingGroupNames, tags };
    return new NodeTerminationQueue(this, 'TerminationQueue', queue);
  }

  private createGroups(props: WindowsNodesProps<GroupId>) {
    const groups = Object.entries<WindowsNodesGroup>(props.groups).map(
      ([id, group]) => [id, this.createGroup(id, group, props)] as const,
    );
    return Object.fromEntries(groups) as Record<GroupId, WindowsNodeGroup>;
  }

  private createGroup(id: string, group: WindowsNodesGroup, props: WindowsNodesProps) {
    const { role, guard, terminationQueue, securityGroupId } = this;
    const { cluster, amiId, credentials, dependsOn = [], preconditions = [], tags } = props;
    const nodeGroup = new WindowsNodeGroup(this, id, {
      ...group,
      securityGroupIds: group.securityGroupIds ?? [securityGroupId],
      cluster,
      amiId,
      instanceProfileName: role.instanceProfileName,
      terminationQueue,
      credentials,
      dependsOn: [...role.ready, ...dependsOn, ...this.readyForNodes],
      preconditions: [...guard.conditions, ...role.conditions, ...preconditions],
      tags,
    });
    this.fastLaunch?.sweepAfter(nodeGroup.rolledOut);
    return nodeGroup;
  }

  /** What is made here and has to be there before a node boots, beside its role. */
  private get readyForNodes(): readonly ITerraformDependable[] {
    const { securityGroup, inUse, fastLaunch } = this;
    const first = [inUse?.tagged, fastLaunch?.enabled].filter((one) => one !== undefined);
    return [...(securityGroup?.rules ?? []), ...first];
  }

  private buildTerminationHandlerPolicy(): PolicyDocument | undefined {
    const { terminationQueue: queue } = this;
    if (queue === undefined) return undefined;
    const autoScalingGroupArns = this.allGroups.map(({ autoScalingGroup }) => autoScalingGroup.arn);
    const { queueArn, kmsKeyId: kmsKeyArn } = queue;
    return terminationHandlerPolicy({ queueArn, kmsKeyArn, autoScalingGroupArns });
  }
}

/** What no construct in here checks by itself. */
function validateWindowsNodesProps({ region, groups }: WindowsNodesProps): Problem[] {
  return [
    ...checkKnown(['region'], region, checkRegion),
    ...(Object.keys(groups).length === 0
      ? [problem('node-group-key', ['groups'], 'have at least one group', groups)]
      : []),
  ];
}
