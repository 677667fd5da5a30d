export { checkNodeAccess, NODE_ACCESS_ENTRIES } from './access/node-access';
export { POD_TRAFFIC } from './access/windows-node-security-group';
export { checkBootstrapScript } from './bootstrap/bootstrap-script';
export { IMAGE_GC_THRESHOLDS } from './bootstrap/image-gc-thresholds';
export { checkKubeletFlag } from './bootstrap/kubelet-arguments';
export { MAX_PODS } from './bootstrap/max-pods';
export { ARGUMENT_FLAG, ARGUMENT_VALUE } from './bootstrap/node-arguments';
export { checkNodeBootstrap, IPV4_ADDRESS } from './bootstrap/node-bootstrap';
export { checkNoProxy, checkProxyUrl } from './bootstrap/node-proxy';
export { BYTE_QUANTITY, CPU_QUANTITY, EVICTION_THRESHOLD } from './bootstrap/reserved-resources';
export { checkTrustedCertificate } from './bootstrap/trusted-certificates';
export { GROUP_SIZE, PERCENT } from './group/group-limits';
export {
  checkInstancesDistribution,
  ON_DEMAND_ALLOCATION_STRATEGIES,
  SPOT_ALLOCATION_STRATEGIES,
  WEIGHTED_CAPACITY,
} from './group/instance-choice';
export {
  ALARM_NAME,
  CHECKPOINT_DELAY_SECONDS,
  CHECKPOINT_PERCENTAGE,
  MAX_HEALTHY_PERCENTAGE,
  REFRESH_ALARMS,
  REFRESH_METHODS,
  REFRESH_TIMEOUT_MINUTES,
  REFRESH_TRIGGERS,
  SCALE_IN_PROTECTED,
  STANDBY,
} from './group/instance-refresh';
export {
  checkNodeScaling,
  SUSPENDED_PROCESSES,
  TERMINATION_POLICIES,
  TIMES,
} from './group/node-scaling';
export { POOL_STATES } from './group/warm-pool';
export { checkAmiOwner } from './guards/ami-owner';
export { checkNodeInstance, NODE_INSTANCE_SETTINGS } from './instance/node-instance';
export {
  checkEksWindowsType,
  checkNodeTypes,
  isNitroType,
} from './instance/node-instance-type';
export { NODE_VOLUMES_SETTINGS } from './instance/node-volume';
export { CLUSTER_NAME } from './kubernetes/eks-cluster';
export { KUBELET_SKEW } from './kubernetes/kubelet-skew';
export { checkLabels, TAINT_EFFECTS } from './kubernetes/kubernetes-syntax';
export {
  BOOTSTRAP_TIMEOUT_SECONDS,
  checkNoBootstrapHook,
  FAILED_BOOTSTRAP,
} from './life-cycle/bootstrap-hook';
export {
  checkLifecycleHook,
  HEARTBEAT_TIMEOUT_SECONDS,
  LIFECYCLE_HOOK_NAME,
  LIFECYCLE_RESULTS,
  LIFECYCLE_TRANSITIONS,
  MAX_LIFECYCLE_HOOKS,
} from './life-cycle/lifecycle-hook';
export {
  checkNoDrainHook,
  checkTerminationQueue,
  MESSAGE_RETENTION_SECONDS,
} from './life-cycle/node-termination-queue';
