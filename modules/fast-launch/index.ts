export * from './fast-launch';
export * from './fast-launch-template';
export * from './scripts';
