export { AMIS_ON_DESTROY, DEFAULT_KEPT_AMIS, RETIRED_AMIS } from './ami-retention';
