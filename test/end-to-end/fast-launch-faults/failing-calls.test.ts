import { FAILING_CALLS } from './failing-calls';
import { describeFaults } from './fault-suite';

describeFaults('Fast Launch, when calls of AWS fail', FAILING_CALLS);
