export * from './check-settings';
export * from './setting';
export * from './setting-values';
