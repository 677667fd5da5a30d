export * from './vpc-cni-configuration';
export * from './windows-support';
