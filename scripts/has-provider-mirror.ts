import { findProviderMirror } from '../emulator/programs/tools';

// Run by .ci/programs-at-hand, which asks whether tests with the AWS provider must run.
process.exitCode = 'missing' in findProviderMirror() ? 1 : 0;
