import { describeFaults } from './fault-suite';
import { REFUSALS } from './refusals';

describeFaults('Fast Launch refuses, before anything is changed', REFUSALS);
