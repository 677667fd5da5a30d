export { renderAwsAuthRole } from './access/aws-auth';
export type { NodeAccess, NodeAccessEntry } from './access/node-access';
export { WindowsNodeRole, type WindowsNodeRoleProps } from './access/node-role';
export {
  type PodTraffic,
  WindowsNodeSecurityGroup,
  type WindowsNodeSecurityGroupProps,
} from './access/windows-node-security-group';
export type { ImageGcThresholds } from './bootstrap/image-gc-thresholds';
export { maxWindowsPods, type WindowsPodCapacity } from './bootstrap/max-pods';
export { renderNodeUserData } from './bootstrap/node-bootstrap';
export type { NodeBootstrap } from './bootstrap/node-bootstrap-props';
export type { NodeProxy } from './bootstrap/node-proxy';
export type { EvictionThresholds, ReservedResources } from './bootstrap/reserved-resources';
export { renderWindowsUserData, type WindowsUserData } from './bootstrap/windows-user-data';
export type { ClusterAutoscaler } from './group/cluster-autoscaler';
export type {
  InstanceChoice,
  InstancesDistribution,
  OnDemandAllocationStrategy,
  SpotAllocationStrategy,
} from './group/instance-choice';
export type { InstanceRefresh, RefreshMethod, RefreshTrigger } from './group/instance-refresh';
export type { NodeScaling, SuspendedProcess, TerminationPolicy } from './group/node-scaling';
export type { PoolState, WarmPool } from './group/warm-pool';
export { WindowsNodeGroup, type WindowsNodeGroupProps } from './group/windows-node-group';
export { AmiGuard, type AmiGuardProps, type AmiGuardWords } from './guards/ami-guard';
export { AmiInUse, type AmiInUseProps } from './guards/ami-in-use';
export {
  type KarpenterNodeClassInput,
  renderKarpenterNodeClass,
} from './hand-offs/karpenter-node-class';
export {
  ManagedNodeTemplate,
  type ManagedNodeTemplateProps,
} from './hand-offs/managed-node-template';
export { type RuntimeClassInput, renderRuntimeClass } from './hand-offs/runtime-class';
export type { NodeInstance } from './instance/node-instance';
export type { CpuCredits } from './instance/node-instance-type';
export type {
  NodeDataVolume,
  NodeVolumeOptions,
  NodeVolumes,
  NodeVolumeType,
} from './instance/node-volume';
export { type NodeVolumeKeyUser, nodeVolumeKeyStatements } from './instance/node-volume-key';
export type {
  CapacityReservation,
  CapacityReservationPreference,
  NodeTenancy,
} from './instance/tenancy-and-reservation';
export {
  WindowsLaunchTemplate,
  type WindowsLaunchTemplateProps,
} from './instance/windows-launch-template';
export { EksCluster, type EksClusterAttributes } from './kubernetes/eks-cluster';
export type { Taint, TaintEffect } from './kubernetes/kubernetes-syntax';
export {
  type BootstrapHookScope,
  bootstrapHookPolicy,
  type FailedBootstrap,
} from './life-cycle/bootstrap-hook';
export type {
  LifecycleHook,
  LifecycleResult,
  LifecycleTransition,
} from './life-cycle/lifecycle-hook';
export {
  NodeTerminationQueue,
  type NodeTerminationQueueProps,
  type TerminationQueue,
} from './life-cycle/node-termination-queue';
export {
  type TerminationHandlerResources,
  terminationHandlerPolicy,
} from './life-cycle/termination-handler-policy';
export { WindowsNodes } from './windows-nodes/windows-nodes';
export type {
  WindowsNodesFastLaunch,
  WindowsNodesGroup,
  WindowsNodesProps,
  WindowsNodesWords,
} from './windows-nodes/windows-nodes-props';
