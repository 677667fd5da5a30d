import { describeFaults } from './fault-suite';
import { INTERRUPTIONS } from './interruptions';

describeFaults('Fast Launch, whenever it is interrupted', INTERRUPTIONS);
