export { FAST_LAUNCH_KEY_GRANT_SETTINGS } from './fast-launch-key-grant';
export { FAST_LAUNCH_SETTINGS, parallelLaunchesWarning } from './fast-launch-settings';
export { FAST_LAUNCH_TEMPLATE_SETTINGS } from './fast-launch-template';
export { SNAPSHOT_PRICE_SETTINGS } from './snapshot-price';
