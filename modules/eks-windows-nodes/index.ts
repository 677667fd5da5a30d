export * from './ami-guard';
export * from './eks-cluster';
export * from './image-gc-thresholds';
export * from './kubernetes-syntax';
export * from './node-role';
export * from './windows-launch-template';
export * from './windows-node-group';
export * from './windows-user-data';
