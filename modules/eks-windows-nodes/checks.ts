export { checkExistingRole, NODE_ACCESS_SETTINGS } from './access/node-access';
export { NODE_SECURITY_GROUP_SETTINGS } from './access/windows-node-security-group';
export { checkBootstrapScript } from './bootstrap/bootstrap-script';
export { checkNodeBootstrap } from './bootstrap/node-bootstrap';
export { NODE_BOOTSTRAP_SETTINGS, POD_NETWORK_SETTINGS } from './bootstrap/node-bootstrap-props';
export { checkTrustedCertificate } from './bootstrap/trusted-certificates';
export { CLUSTER_AUTOSCALER_SETTINGS } from './group/cluster-autoscaler';
export { INSTANCE_CHOICE_SETTINGS } from './group/instance-choice';
export { INSTANCE_REFRESH_SETTINGS } from './group/instance-refresh';
export { checkNodeScaling, NODE_SCALING_SETTINGS } from './group/node-scaling';
export { NODE_GROUP_SETTINGS } from './group/windows-node-group';
export { AMI_GUARD_SETTINGS } from './guards/ami-guard';
export { checkAmiOwner } from './guards/ami-owner';
export { checkNodeInstance, NODE_INSTANCE_SETTINGS } from './instance/node-instance';
export {
  checkEksWindowsType,
  checkNodeTypes,
  isNitroType,
} from './instance/node-instance-type';
export { NODE_VOLUMES_SETTINGS } from './instance/node-volume';
export { CLUSTER_NAME } from './kubernetes/eks-cluster';
export { checkLabels } from './kubernetes/kubernetes-syntax';
export { BOOTSTRAP_HOOK_SETTINGS, checkNoBootstrapHook } from './life-cycle/bootstrap-hook';
export { checkNoDrainHook, TERMINATION_QUEUE_SETTINGS } from './life-cycle/node-termination-queue';
