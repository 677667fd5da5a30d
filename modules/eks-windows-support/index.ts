export * from './vpc-cni-configuration';
export * from './vpc-cni-windows-support';
