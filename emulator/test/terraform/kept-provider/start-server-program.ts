import { startServerProgram } from '../../../programs/server-program';
import { findProviderMirror, providerExecutable } from '../../../programs/tools';

// Started by a test that kills this process and looks whether the provider ends with it.
const mirror = findProviderMirror();
if ('missing' in mirror) throw new Error(mirror.missing);
startServerProgram(providerExecutable(mirror), ['-debug'], {
  env: process.env,
  output: 'stdout',
  ready: /"Pid":(\d+)/,
}).then(
  ({ told }) => process.stdout.write(`${told}\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
