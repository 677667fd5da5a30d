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
  BuiltAmi,
  EksCluster,
  EksWindowsAmi,
  type EksWindowsAmiProps,
  fastLaunchRunnerPolicy,
  renderAwsAuthRole,
  renderPolicy,
  type SnapshotCostInput,
  WindowsNodes,
  type WindowsNodesFastLaunch,
  type WindowsNodesGroup,
  type WindowsNodesProps,
  WindowsSupport,
  type WindowsSupportProps,
} from '../modules';
import { awsCliCredentials, EnvironmentStack } from './environment-stack';
import type { EveryKeyOf } from './every-key';
import { fastLaunchCost } from './fast-launch-cost';
import { environmentKarpenter, environmentRuntimeClass } from './node-manifests';
import { nodeTexts } from './node-texts';
import { nodeWords } from './node-words';

type Group = Environment['nodes']['groups'][number];

/** The cost is reckoned beside the construct. */
type FastLaunchKeys = WindowsNodesFastLaunch & SnapshotCostInput;

/** Takes the environment's AMI, switches Fast Launch on for it, and runs nodes from it. */
export class WindowsNodesStack extends EnvironmentStack {
  private readonly cluster: EksCluster;
  private readonly windowsSupport: WindowsSupport | undefined;
  private readonly nodes: WindowsNodes;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
  ) {
    super(scope, nodesStackName(environment), environment);
    this.cluster = new EksCluster(this, 'Cluster', { clusterName: environment.cluster.name });
    this.windowsSupport = this.createWindowsSupport();
    this.nodes = this.createNodes(this.lookUpAmi());
    this.createOutputs();
    this.handOverManifests();
    this.addFilesForReview();
  }

  private createWindowsSupport(): WindowsSupport | undefined {
    const { cluster, tags } = this.environment;
    if (cluster.windowsSupport === undefined) return undefined;
    const { windowsSupport } = cluster;
    return new WindowsSupport(this, 'WindowsSupport', {
      ...(windowsSupport satisfies EveryKeyOf<typeof windowsSupport, WindowsSupportProps>),
      cluster: this.cluster,
      tags,
    });
  }

  private lookUpAmi(): string {
    const { nodes, cluster, windows } = this.environment;
    const { ami } = nodes;
    if (ami === 'eks-optimized') {
      const { kubernetesVersion } = cluster;
      const choice = { kubernetesVersion, ...windows };
      const props = choice satisfies EveryKeyOf<typeof choice, EksWindowsAmiProps>;
      return new EksWindowsAmi(this, 'EksAmi', props).imageId;
    }
    if (ami !== 'built' && ami.imageId !== undefined) return ami.imageId;
    const version = ami === 'built' ? undefined : ami.builtVersion;
    const parameterName = amiParameterName(this.environment);
    return new BuiltAmi(this, 'BuiltAmi', { parameterName, version }).imageId;
  }

  private createNodes(amiId: string): WindowsNodes {
    const { environment, cluster, windowsSupport } = this;
    const { nodes, iam, tags, region } = environment;
    const { ami, allowedKubeletSkew, groups, manifests: _written, ...others } = nodes;
    const { excludedSnatCidrs: _ofGroups, ...asTheyAre } = others;
    const owner = typeof ami === 'string' ? undefined : ami.owner;
    // Under this id addresses do not tell that there is a construct round the parts.
    return new WindowsNodes(this, 'Default', {
      ...(asTheyAre satisfies EveryKeyOf<typeof asTheyAre, WindowsNodesProps>),
      name: nodesStackName(environment),
      region,
      cluster,
      amiId,
      kubernetesVersion: environment.cluster.kubernetesVersion,
      windowsServer: environment.windows.server,
      allowedSkew: allowedKubeletSkew,
      amiOwners: owner === undefined ? undefined : [owner],
      fastLaunch: this.fastLaunch(),
      // Amazon's AMIs are not ours to keep.
      markAmi: ami !== 'eks-optimized',
      groups: Object.fromEntries(groups.map((one) => [`Group-${one.name}`, this.group(one)])),
      credentials: awsCliCredentials(environment.provider),
      dependsOn: windowsSupport?.ready,
      preconditions: windowsSupport?.conditions,
      iam,
      words: nodeWords(amiId),
      tags,
    });
  }

  private fastLaunch(): WindowsNodesFastLaunch | undefined {
    const { fastLaunch } = this.environment;
    if (fastLaunch?.method !== 'local-exec') return undefined;
    const { method: _method, ...settings } = fastLaunch;
    return {
      ...(settings satisfies EveryKeyOf<typeof settings, FastLaunchKeys>),
      name: fastLaunchName(this.environment),
    };
  }

  private group(group: Group): WindowsNodesGroup {
    const { environment } = this;
    const asItIs = { ...group, ...nodeTexts(group) };
    return {
      ...(asItIs satisfies EveryKeyOf<typeof asItIs, WindowsNodesGroup>),
      name: groupName(environment, group.name),
      rootVolumeGiB: group.rootVolumeGiB ?? environment.image.rootVolumeGiB,
      excludedSnatCidrs: environment.nodes.excludedSnatCidrs,
    };
  }

  private createOutputs(): void {
    const { nodes, environment } = this;
    this.output('ami_id', nodes.amiId);
    this.output('auto_scaling_groups', nodes.autoScalingGroupNames);
    const cost = fastLaunchCost(environment).join('; ');
    if (cost !== '') this.output('fast_launch_cost', cost);
    if (environment.nodes.securityGroup) this.output('security_group_id', nodes.securityGroupId);
    // The handler is installed in the cluster, which is not ours to do.
    const { terminationQueue: queue, terminationHandlerPolicy: policy } = nodes;
    if (queue !== undefined) this.output('termination_queue_url', queue.queueUrl);
    if (policy !== undefined) this.output('termination_handler_policy', renderPolicy(policy));
  }

  private handOverManifests(): void {
    const { environment, nodes } = this;
    const { manifests, access, ami } = environment.nodes;
    if (access?.entry === 'aws-auth') {
      const text = renderAwsAuthRole(nodes.role.arn);
      this.handOver('aws_auth_map_roles', 'aws-auth-map-roles.yaml', text);
    }
    if (manifests?.runtimeClass === true) {
      this.handOver('runtime_class', 'runtime-class.yaml', environmentRuntimeClass(environment));
    }
    if (manifests?.karpenter === true) {
      const { amiId, securityGroupId, role } = nodes;
      const { instanceProfileName } = role;
      const references = { amiId, instanceProfileName, securityGroupId };
      this.handOver('karpenter', 'karpenter.yaml', environmentKarpenter(environment, references));
      this.output('node_role_arn', role.arn);
      this.output('instance_profile_name', instanceProfileName);
      if (ami === 'built') this.output('ami_parameter_name', amiParameterName(environment));
    }
  }

  /** Kubernetes' own objects are not ours to write. The output has no references left in it. */
  private handOver(output: string, file: string, text: string): void {
    this.output(output, text);
    this.addReviewFile(file, text);
  }

  private output(name: string, value: string | readonly string[]): void {
    new TerraformOutput(this, name, { value });
  }

  private addFilesForReview(): void {
    const { environment, nodes } = this;
    for (const [name, policy] of nodes.role.policiesToAdd) {
      this.addReviewFile(`policies-to-add/${name}.json`, jsonText(policy));
    }
    if (nodes.fastLaunch !== undefined) {
      this.addReviewFile('fast-launch-runner-policy.json', jsonText(runnerPolicy(environment)));
    }
    for (const { name } of environment.nodes.groups) {
      const { userData = '' } = nodes.groups[`Group-${name}`] ?? {};
      this.addReviewFile(`user-data/${name}.ps1`, userData);
    }
  }
}

/** What the identity that runs Terraform needs for Fast Launch, to be attached by its owner. */
function runnerPolicy(environment: Environment) {
  const { region, fastLaunch, nodes } = environment;
  return fastLaunchRunnerPolicy({
    region,
    // An AMI that is not built here has no tag of ours.
    imageName: nodes.ami === 'built' ? imageName(environment) : undefined,
    kmsKeyArn: fastLaunch?.keyGrant?.kmsKeyArn,
  });
}

const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
