import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import {
  amiParameterName,
  fastLaunchName,
  groupName,
  imageName,
  nodesStackName,
} from '../environment/names';
import type { Environment } from '../environment/schema/environment-schema';
import {
  AmiGuard,
  AmiInUse,
  BuiltAmi,
  bootstrapHookPolicy,
  EksCluster,
  EksWindowsAmi,
  FastLaunch,
  fastLaunchRunnerPolicy,
  NodeTerminationQueue,
  partitionOf,
  renderAwsAuthRole,
  renderPolicy,
  terminationHandlerPolicy,
  WindowsNodeGroup,
  WindowsNodeRole,
  WindowsNodeSecurityGroup,
  WindowsSupport,
} from '../modules';
import { awsCliCredentials, EnvironmentStack } from './environment-stack';
import { fastLaunchCost } from './fast-launch-cost';
import { environmentKarpenter, environmentRuntimeClass } from './node-manifests';
import { nodeTexts } from './node-texts';

/** Takes the environment's AMI, switches Fast Launch on for it, and runs nodes from it. */
export class WindowsNodesStack extends EnvironmentStack {
  private readonly cluster: EksCluster;
  private readonly role: WindowsNodeRole;
  private readonly amiId: string;
  private readonly guard: AmiGuard;
  private readonly fastLaunch: FastLaunch | undefined;
  private readonly inUse: AmiInUse | undefined;
  private readonly windowsSupport: WindowsSupport | undefined;
  private readonly securityGroup: WindowsNodeSecurityGroup | undefined;
  private readonly terminationQueue: NodeTerminationQueue | undefined;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
  ) {
    super(scope, nodesStackName(environment), environment);
    this.cluster = new EksCluster(this, 'Cluster', { clusterName: environment.cluster.name });
    this.role = this.createNodeRole();
    this.amiId = this.lookUpAmi();
    this.guard = this.createAmiGuard();
    this.fastLaunch = this.createFastLaunch();
    this.inUse = this.markAmi();
    this.windowsSupport = this.createWindowsSupport();
    this.securityGroup = this.createSecurityGroup();
    this.terminationQueue = this.createTerminationQueue();
    const groups = environment.nodes.groups.map((group) => this.createNodeGroup(group));
    this.createOutputs(groups);
    this.handOverManifests();
  }

  private createNodeRole(): WindowsNodeRole {
    const { environment, cluster } = this;
    const name = nodesStackName(environment);
    const { iam, tags, nodes } = environment;
    const { access } = nodes;
    const role = new WindowsNodeRole(this, 'NodeRole', { name, cluster, access, iam, tags });
    if (access?.entry === 'aws-auth') {
      this.handOver('aws_auth_map_roles', 'aws-auth-map-roles.yaml', renderAwsAuthRole(role.arn));
    }
    this.allowHookAnswers(role);
    for (const [policyName, policy] of role.policiesToAdd) {
      const json = `${JSON.stringify(policy, null, 2)}\n`;
      this.addReviewFile(`policies-to-add/${policyName}.json`, json);
    }
    return role;
  }

  /** Nodes of groups with a hook say themselves how their bootstrap went. */
  private allowHookAnswers(role: WindowsNodeRole): void {
    const { environment } = this;
    const { nodes, region } = environment;
    const hooked = nodes.groups.filter(({ failedBootstrap }) => failedBootstrap === 'replace');
    if (hooked.length === 0) return;
    const { accountId } = new DataAwsCallerIdentity(this, 'CallerIdentity');
    const groupNames = hooked.map(({ name }) => groupName(environment, name));
    const scope = { partition: partitionOf(region), region, accountId, groupNames };
    role.addPolicy('answer-bootstrap-hooks', bootstrapHookPolicy(scope));
  }

  private createWindowsSupport(): WindowsSupport | undefined {
    const { cluster, tags } = this.environment;
    if (cluster.windowsSupport === undefined) return undefined;
    const props = { ...cluster.windowsSupport, cluster: this.cluster, tags };
    return new WindowsSupport(this, 'WindowsSupport', props);
  }

  /** Made in the network of the first group; a change of that group's subnets changes nothing. */
  private createSecurityGroup(): WindowsNodeSecurityGroup | undefined {
    const { environment, cluster } = this;
    const { securityGroup, groups } = environment.nodes;
    if (securityGroup === undefined) return undefined;
    return new WindowsNodeSecurityGroup(this, 'SecurityGroup', {
      ...securityGroup,
      name: nodesStackName(environment),
      cluster,
      subnetId: groups[0]?.subnetIds[0] ?? '',
      tags: environment.tags,
    });
  }

  private lookUpAmi(): string {
    const { nodes, cluster, windows } = this.environment;
    const { ami } = nodes;
    if (ami === 'eks-optimized') {
      const { kubernetesVersion } = cluster;
      return new EksWindowsAmi(this, 'EksAmi', { kubernetesVersion, ...windows }).imageId;
    }
    if (ami !== 'built' && ami.imageId !== undefined) return ami.imageId;
    const version = ami === 'built' ? undefined : ami.builtVersion;
    const parameterName = amiParameterName(this.environment);
    return new BuiltAmi(this, 'BuiltAmi', { parameterName, version }).imageId;
  }

  private createAmiGuard(): AmiGuard {
    const { amiId, cluster, environment } = this;
    const { nodes, windows } = environment;
    const owner = typeof nodes.ami === 'string' ? undefined : nodes.ami.owner;
    return new AmiGuard(this, 'AmiGuard', {
      amiId,
      kubernetesVersion: environment.cluster.kubernetesVersion,
      cluster,
      allowedSkew: nodes.allowedKubeletSkew,
      windowsServer: windows.server,
      amiOwners: owner === undefined ? undefined : [owner],
    });
  }

  private createFastLaunch(): FastLaunch | undefined {
    const { environment } = this;
    const { fastLaunch, provider } = environment;
    if (fastLaunch?.method !== 'local-exec') return undefined;
    const { method: _method, ...settings } = fastLaunch;
    this.addReviewFile('fast-launch-runner-policy.json', runnerPolicyText(environment));
    return new FastLaunch(this, 'FastLaunch', {
      ...settings,
      name: fastLaunchName(environment),
      amiId: this.amiId,
      amiOwnerAlias: this.guard.ownerAlias,
      region: environment.region,
      credentials: awsCliCredentials(provider),
      words: {
        amiOfAmazon: 'Build one from it (nodes.ami: built), or remove fastLaunch.',
      },
      tags: environment.tags,
    });
  }

  /** Amazon's AMIs are not ours to keep. */
  private markAmi(): AmiInUse | undefined {
    const { environment, amiId } = this;
    if (environment.nodes.ami === 'eks-optimized') return undefined;
    return new AmiInUse(this, 'AmiInUse', { amiId, name: nodesStackName(environment) });
  }

  private createTerminationQueue(): NodeTerminationQueue | undefined {
    const { environment } = this;
    const { terminationQueue, groups } = environment.nodes;
    if (terminationQueue === undefined) return undefined;
    return new NodeTerminationQueue(this, 'TerminationQueue', {
      ...terminationQueue,
      name: nodesStackName(environment),
      autoScalingGroupNames: groups.map(({ name }) => groupName(environment, name)),
      tags: environment.tags,
    });
  }

  private createNodeGroup(group: Environment['nodes']['groups'][number]): WindowsNodeGroup {
    const { environment, cluster, role, amiId, guard, fastLaunch, inUse, securityGroup } = this;
    const { ready = [], conditions = [] } = this.windowsSupport ?? {};
    const first = [inUse?.tagged, fastLaunch?.enabled].filter((one) => one !== undefined);
    const nodeGroup = new WindowsNodeGroup(this, `Group-${group.name}`, {
      ...group,
      securityGroupIds:
        group.securityGroupIds ?? (securityGroup && [securityGroup.securityGroupId]),
      ...nodeTexts(group),
      name: groupName(environment, group.name),
      cluster,
      amiId,
      instanceProfileName: role.instanceProfileName,
      rootVolumeGiB: group.rootVolumeGiB ?? environment.image.rootVolumeGiB,
      excludedSnatCidrs: environment.nodes.excludedSnatCidrs,
      terminationQueue: this.terminationQueue,
      credentials: awsCliCredentials(environment.provider),
      dependsOn: [...role.ready, ...ready, ...(securityGroup?.rules ?? []), ...first],
      preconditions: [...guard.conditions, ...role.conditions, ...conditions],
      tags: environment.tags,
    });
    fastLaunch?.sweepAfter(nodeGroup.rolledOut);
    this.addReviewFile(`user-data/${group.name}.ps1`, nodeGroup.userData);
    return nodeGroup;
  }

  private createOutputs(groups: readonly WindowsNodeGroup[]): void {
    const names = groups.map((group) => group.autoScalingGroup.name);
    new TerraformOutput(this, 'ami_id', { value: this.amiId });
    new TerraformOutput(this, 'auto_scaling_groups', { value: names });
    const cost = fastLaunchCost(this.environment).join('; ');
    if (cost !== '') new TerraformOutput(this, 'fast_launch_cost', { value: cost });
    const { securityGroupId } = this.securityGroup ?? {};
    if (securityGroupId !== undefined) {
      new TerraformOutput(this, 'security_group_id', { value: securityGroupId });
    }
    this.createTerminationOutputs(groups);
  }

  /** The handler is installed in the cluster, which is not ours to do. */
  private createTerminationOutputs(groups: readonly WindowsNodeGroup[]): void {
    const { terminationQueue: queue } = this;
    if (queue === undefined) return;
    const autoScalingGroupArns = groups.map((group) => group.autoScalingGroup.arn);
    const policy = terminationHandlerPolicy({ ...queue, autoScalingGroupArns });
    new TerraformOutput(this, 'termination_queue_url', { value: queue.queueUrl });
    new TerraformOutput(this, 'termination_handler_policy', { value: renderPolicy(policy) });
  }

  private handOverManifests(): void {
    const { environment, amiId, role, cluster } = this;
    const { manifests } = environment.nodes;
    if (manifests?.runtimeClass === true) {
      this.handOver('runtime_class', 'runtime-class.yaml', environmentRuntimeClass(environment));
    }
    if (manifests?.karpenter === true) {
      const { instanceProfileName } = role;
      const { securityGroupId } = this.securityGroup ?? cluster;
      const references = { amiId, instanceProfileName, securityGroupId };
      const text = environmentKarpenter(environment, references);
      this.handOver('karpenter', 'karpenter.yaml', text);
      new TerraformOutput(this, 'node_role_arn', { value: role.arn });
      new TerraformOutput(this, 'instance_profile_name', { value: instanceProfileName });
      if (environment.nodes.ami === 'built') {
        const value = amiParameterName(environment);
        new TerraformOutput(this, 'ami_parameter_name', { value });
      }
    }
  }

  /** Kubernetes' own objects are not ours to write. The output has no references left in it. */
  private handOver(output: string, file: string, text: string): void {
    new TerraformOutput(this, output, { value: text });
    this.addReviewFile(file, text);
  }
}

/** What the identity that runs Terraform needs for Fast Launch, to be attached by its owner. */
function runnerPolicyText(environment: Environment): string {
  const { region, fastLaunch, nodes } = environment;
  const policy = fastLaunchRunnerPolicy({
    region,
    // An AMI that is not built here has no tag of ours.
    imageName: nodes.ami === 'built' ? imageName(environment) : undefined,
    kmsKeyArn: fastLaunch?.keyGrant?.kmsKeyArn,
  });
  return `${JSON.stringify(policy, null, 2)}\n`;
}
