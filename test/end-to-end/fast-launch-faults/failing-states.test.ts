import { FAILING_STATES } from './failing-states';
import { describeFaults } from './fault-suite';

describeFaults('Fast Launch, when AWS does not do as asked', FAILING_STATES);
