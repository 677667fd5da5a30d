export * from './ami-retention';
export * from './scripts';
