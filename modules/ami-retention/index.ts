export {
  AmiRetention,
  type AmiRetentionProps,
  type AmiRetentionTarget,
  type AmisOnDestroy,
  type RetiredAmis,
} from './ami-retention';
