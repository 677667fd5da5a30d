export { stopWarmPrograms as default } from './warm-programs';
