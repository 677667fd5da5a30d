import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeUnless, describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { runProgram } from '../../programs/run-program';
import { findTool } from '../../programs/tools';
import { startWarmAwsCli, type WarmAwsCli } from '../../programs/warm-aws-cli';

const tool = findTool('aws');
const isFirstVersion = 'version' in tool && (tool.version ?? '').startsWith('1.');

describeWith(['moto_server', 'aws'], 'the AWS CLI with its modules loaded', () => {
  describeUnless(
    isFirstVersion ? undefined : 'it is for version 1 of the CLI',
    'side by side',
    () => {
      let warm: WarmAwsCli | undefined;
      let aws: EmulatedAws;

      beforeAll(async () => {
        warm = await startWarmAwsCli();
        aws = await startEmulatedAws(warm === undefined ? {} : { awsCli: warm.path });
      });
      afterAll(async () => {
        await aws.stop();
        await warm?.stop();
      });

      const run = (command: string, env: Readonly<Record<string, string>>) =>
        runProgram('/bin/sh', ['-c', command], { cwd: '/', env });

      it.each([
        '--version',
        'ec2 describe-images --owners self --output text --query "Images[].Name"',
        'ec2 enable-fast-launch --image-id ami-0123456789abcdef0',
        'ec2 enable-fast-launch',
        'ec2 enable-everything',
        'sts get-caller-identity --output text',
      ])('says and ends as the program does: aws %s', async (command) => {
        expect(warm).toBeDefined();
        aws.seedImage({ name: 'own' });
        const program = 'missing' in tool ? 'aws' : tool.path;
        const plain = `'${program}' --endpoint-url '${aws.url}' ${command}`;
        expect(await run(`aws ${command}`, aws.environment)).toEqual(
          await run(plain, aws.environment),
        );
      });

      it('says no more in a call after one that tells everything', async () => {
        const call = 'ec2 describe-vpcs --output text --query "length(Vpcs)"';
        const before = await run(`aws ${call}`, aws.environment);
        expect((await run(`aws --debug ${call}`, aws.environment)).stderr).toContain('DEBUG');
        expect(await run(`aws ${call}`, aws.environment)).toEqual(before);
      });

      it('makes more calls than one process makes, one after the other and at once', async () => {
        const loop = (times: number) =>
          `(for i in $(seq ${times}); do aws sts get-caller-identity --output text --query Account; done)`;
        // Those at once may end their lines one after the other.
        const printed = async (script: string) => {
          const { stdout, ...rest } = await run(script, aws.environment);
          return { ...rest, stdout: stdout.replaceAll('\n', '') };
        };
        const all = { status: 0, stderr: '', stdout: '123456789012'.repeat(40) };
        expect(await printed(loop(40))).toMatchObject(all);
        expect(await printed(`${loop(5)} & `.repeat(8).concat('wait'))).toMatchObject(all);
      });

      it('answers others while a call is held', async () => {
        const held = aws.holdCall({ service: 'ec2', operation: 'DescribeVpcs', at: 'arrival' });
        const first = run('aws ec2 describe-vpcs', aws.environment);
        await held.reached;
        expect((await run('aws sts get-caller-identity', aws.environment)).status).toBe(0);
        held.release();
        expect((await first).status).toBe(0);
      });

      it('uses the credentials and the Region of the caller', async () => {
        const { AWS_ACCESS_KEY_ID: _, ...withoutKey } = aws.environment;
        const call = 'aws sts get-caller-identity';
        expect((await run(call, withoutKey)).stderr).toContain('credentials');
        expect((await run(call, aws.environment)).status).toBe(0);
        await run('aws ec2 describe-vpcs', { ...aws.environment, AWS_DEFAULT_REGION: 'eu-west-1' });
        expect(aws.calls.at(-1)).toMatchObject({ operation: 'DescribeVpcs', region: 'eu-west-1' });
      });

      it('ends the call when the caller is ended', async () => {
        const held = aws.holdCall({ service: 'ec2', operation: 'DescribeVpcs', at: 'arrival' });
        let caller = 0;
        const script = 'aws ec2 describe-vpcs & echo $!; wait $!';
        const ended = runProgram('/bin/sh', ['-c', script], {
          cwd: '/',
          env: aws.environment,
          onLine: (pid) => {
            caller = Number(pid);
          },
        });
        await held.reached;
        process.kill(caller);
        expect((await ended).status).toBe(143);
        held.release();
        expect((await run('aws sts get-caller-identity', aws.environment)).status).toBe(0);
      });
    },
  );
});
