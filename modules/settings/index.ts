export * from './check-settings';
export * from './pick-settings';
export * from './setting';
export * from './setting-values';
