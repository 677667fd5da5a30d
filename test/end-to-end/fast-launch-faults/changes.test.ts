import { CHANGES } from './changes';
import { DESTROYS } from './destroys';
import { describeFaults } from './fault-suite';

describeFaults('Fast Launch, whatever is changed', [...CHANGES, ...DESTROYS]);
