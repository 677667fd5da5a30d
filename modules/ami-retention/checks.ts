export { AMI_RETENTION_SETTINGS } from './ami-retention';
