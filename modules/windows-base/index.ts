export * from './eks-windows-ami';
export * from './windows-server';
