import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import type { Json } from '../../front/json-fields';
import { refusalOf } from '../../front/refusal';
import { ImageBuilderClient } from './image-builder-client';

const REGION_ARN = 'arn:aws:imagebuilder:us-east-1';
const INVALID = '400 InvalidParameterValueException: The value supplied for parameter';
const EVERY_TICK = {
  scheduleExpression: 'cron(0 3 ? * tue#3 *)',
  pipelineExecutionStartCondition: 'EXPRESSION_MATCH_ONLY',
};
const ON_UPDATES = { scheduleExpression: 'cron(0 3 ? * tue#3 *)' };

describeWith(['moto_server'], 'pipelines of the emulated Image Builder', () => {
  let aws: EmulatedAws;
  let builder: ImageBuilderClient;

  const pipeline = async (content: Json, recipe: Json = {}): Promise<string> =>
    builder.create('ImagePipeline', { ...(await builder.inputs(recipe)), ...content });

  const reasonNotToRun = async (arn: string): Promise<string> => {
    const run = await aws.runPipeline(arn);
    return run.started ? `started ${run.status}` : run.reason;
  };

  beforeAll(async () => {
    aws = await startEmulatedAws();
    builder = await ImageBuilderClient.start(aws);
    await aws.client.query('iam', 'CreateRole', {
      RoleName: 'execution',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
    });
  });

  afterAll(() => aws.stop());

  it('build the next image of their recipe with every tick, from the newest base AMI', async () => {
    const name = builder.newName();
    const parameter = '/aws/service/ami-windows-latest/demo/image_id';
    aws.seedParameter(parameter, builder.baseImage);
    const parentImage = `ssm:${parameter}`;
    const imageTags = { team: 'windows' };
    const arn = await pipeline({ schedule: EVERY_TICK, imageTags }, { name, parentImage });
    const image = `${REGION_ARN}:123456789012:image/${name}/1.0.0`;
    const first = { started: true, imageArn: `${image}/1`, status: 'AVAILABLE' };
    expect(await aws.runPipeline(arn)).toEqual(first);
    expect(await builder.get('Image', `${image}/1`)).toMatchObject({
      sourcePipelineArn: arn,
      buildType: 'SCHEDULED',
      tags: imageTags,
    });
    aws.seedParameter(parameter, aws.seedImage({ name: 'newer base', volumeSizeGib: 70 }));
    expect(await aws.runPipeline(arn)).toEqual({ ...first, imageArn: `${image}/2` });
    const amis = await aws.client.query('ec2', 'DescribeImages', { 'Owner.1': 'self' });
    expect(JSON.stringify(amis)).toContain('"volumeSize","text":"70"');
    expect(await builder.get('ImagePipeline', arn)).toMatchObject({ lastRunStatus: 'AVAILABLE' });
  });

  it('do nothing when they are disabled or have no schedule', async () => {
    const disabled = await pipeline({ schedule: EVERY_TICK, status: 'DISABLED' });
    expect(await reasonNotToRun(disabled)).toBe('the pipeline is disabled');
    expect(await reasonNotToRun(await pipeline({}))).toBe('the pipeline has no schedule');
  });

  it('build by default only when a version with x selects something newer', async () => {
    const fixed = await pipeline({ schedule: ON_UPDATES });
    expect(await reasonNotToRun(fixed)).toBe('nothing in the recipe has a version with x');
    const name = builder.newName();
    await builder.component({ name });
    const componentArn = `${REGION_ARN}:123456789012:component/${name}/1.x.x`;
    const arn = await pipeline({ schedule: ON_UPDATES }, { components: [{ componentArn }] });
    expect(await reasonNotToRun(arn)).toBe('started AVAILABLE');
    const unchanged = 'no dependency of the recipe has a newer version';
    expect(await reasonNotToRun(arn)).toBe(unchanged);
    await builder.component({ name, semanticVersion: '1.1.0' });
    expect(await reasonNotToRun(arn)).toBe('started AVAILABLE');
    expect(await reasonNotToRun(arn)).toBe(unchanged);
  });

  it('are disabled after as many failures in a row as they allow', async () => {
    const schedule = { ...EVERY_TICK, autoDisablePolicy: { failureCount: 2 } };
    const arn = await pipeline({ schedule });
    for (let failures = 0; failures < 2; failures += 1) {
      aws.failNextImageBuild('exit code 1');
      expect(await aws.runPipeline(arn)).toMatchObject({ status: 'FAILED', reason: 'exit code 1' });
    }
    expect(await reasonNotToRun(arn)).toBe('the pipeline is disabled');
  });

  it('refuse what the API refuses', async () => {
    const refusal = async (content: Json) => refusalOf(pipeline(content));
    expect(await refusal({ status: 'PAUSED' })).toBe(
      `${INVALID} 'status' is not valid. It must be one of ENABLED, DISABLED, got: PAUSED`,
    );
    const autoDisablePolicy = { failureCount: 11 };
    expect(await refusal({ schedule: { ...EVERY_TICK, autoDisablePolicy } })).toBe(
      `${INVALID} 'failureCount' is not valid. It must be 1 to 10, got: 11`,
    );
    expect(await refusal({ imageTestsConfiguration: { timeoutMinutes: 30 } })).toBe(
      `${INVALID} 'timeoutMinutes' is not valid. It must be 60 to 1440, got: 30`,
    );
  });

  it('take the workflows of Amazon, with an execution role', async () => {
    const executionRole = 'arn:aws:iam::123456789012:role/execution';
    const refusal = async (workflow: string, role: Json) =>
      refusalOf(
        pipeline({ ...role, workflows: [{ workflowArn: `${REGION_ARN}:aws:${workflow}` }] }),
      );
    const build = 'workflow/build/build-image/x.x.x';
    expect(await refusal(build, { executionRole })).toBe('accepted');
    expect(await refusal('workflow/distribution/distribute-image/1.0.x', { executionRole })).toBe(
      'accepted',
    );
    expect(await refusal(build, {})).toBe(
      '400 InvalidParameterCombinationException: ' +
        'An execution role is required to provide workflows.',
    );
    expect(await refusal('workflow/test/build-image/x.x.x', { executionRole })).toBe(
      `${INVALID} 'workflowArn' is not valid. ` +
        `The workflow with ARN '${REGION_ARN}:aws:workflow/test/build-image/x.x.x' does not exist.`,
    );
  });
});
