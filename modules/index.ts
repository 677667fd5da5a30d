export * from './ami-retention';
export * from './core';
export * from './eks-windows-nodes';
export * from './eks-windows-support';
export * from './fast-launch';
export * from './image-builder';
export * from './windows-base';
