export { AMI_RETENTION_SETTINGS, checkKeep } from './ami-retention';
