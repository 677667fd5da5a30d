export { FastLaunch, type FastLaunchProps, type FastLaunchWords } from './fast-launch';
export {
  estimateFastLaunchCost,
  type PreparationInput,
  renderPreparationCost,
  renderSnapshotCost,
  type SnapshotCostInput,
} from './fast-launch-cost';
export { FastLaunchKeyGrant, type FastLaunchKeyGrantProps } from './fast-launch-key-grant';
export { type FastLaunchRunner, fastLaunchRunnerPolicy } from './fast-launch-runner-policy';
export type { FastLaunchOnDestroy, FastLaunchSettings } from './fast-launch-settings';
export { FastLaunchTemplate, type FastLaunchTemplateProps } from './fast-launch-template';
