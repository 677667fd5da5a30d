import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;
const ROOT = join(__dirname, '..', '..');

/** Starts the demo; the caller reads its lines. */
function startDemo(env: NodeJS.ProcessEnv = process.env) {
  const args = ['--require', 'tsx/cjs', 'scripts/demo.ts'];
  return spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

describeWith(['terraform', 'provider-mirror', 'aws', 'moto_server'], 'npm run demo', () => {
  it(
    'stops everything it has started when it is interrupted in the middle of an apply',
    async () => {
      const demo = startDemo();
      const exited = once(demo, 'exit');
      let url = '';
      for await (const line of createInterface({ input: demo.stdout })) {
        url = /(http:\/\/127\.0\.0\.1:\d+), base AMI/.exec(line)?.[1] ?? url;
        if (line.includes('Creation complete')) break;
      }
      demo.stdout.resume();
      demo.kill('SIGINT');
      expect(await exited).toEqual([130, null]);
      // The emulated AWS is gone, and with it whatever might still call it.
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
    LIMIT_MS,
  );
});

describeWith([], 'npm run demo without its programs', () => {
  it('says which are missing and how to get them, and does nothing', async () => {
    const demo = startDemo({ PATH: '' });
    let text = '';
    demo.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    expect(await once(demo, 'close')).toEqual([1, null]);
    expect(text.trim().split('\n')).toEqual([
      'demo: terraform is not on PATH; install it from https://developer.hashicorp.com/terraform/install',
      'demo: aws is not on PATH; install the AWS CLI, version 2 (or version 1 with pip install awscli)',
      "demo: moto_server is not on PATH; install it with pip install 'moto[server]'",
    ]);
  });
});
