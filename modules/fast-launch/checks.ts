export {
  DEFAULT_TARGET_RESOURCE_COUNT,
  FAST_LAUNCH_ON_DESTROY,
  MAX_TARGET_RESOURCE_COUNT,
  MIN_PARALLEL_LAUNCHES,
  parallelLaunchesWarning,
} from './fast-launch-settings';
export { checkSnapshotPrice, SNAPSHOT_PRICE_RANGE } from './snapshot-price';
