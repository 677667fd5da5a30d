export * from './fast-launch';
export * from './fast-launch-drift-check';
export * from './fast-launch-key-grant';
export * from './fast-launch-runner-policy';
export * from './fast-launch-settings';
export * from './fast-launch-template';
export * from './scripts';
