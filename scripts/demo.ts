/**
 * `npm run demo`: the whole life of an environment with the real Terraform, the real AWS provider
 * and the real AWS CLI, against an emulated AWS on this machine. Nothing leaves the machine, no
 * AWS account is needed. Exit codes: 0 all as it should be, 1 not, 130 interrupted.
 */
import { DemoError, runDemo } from './demo/run-demo';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => interrupt.abort(signal));
}

runDemo({ print: (text) => console.log(text), interrupted: interrupt.signal }).catch(
  (error: unknown) => {
    if (interrupt.signal.aborted) {
      console.error(`demo: stopped by ${String(interrupt.signal.reason)}`);
      process.exitCode = 130;
      return;
    }
    console.error(error instanceof DemoError ? `demo: ${error.message}` : error);
    process.exitCode = 1;
  },
);
