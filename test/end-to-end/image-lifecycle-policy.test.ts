import { ImagebuilderComponent } from '@cdktf/provider-aws/lib/imagebuilder-component/index.js';
import { ImagebuilderImage } from '@cdktf/provider-aws/lib/imagebuilder-image/index.js';
import { ImagebuilderImagePipeline } from '@cdktf/provider-aws/lib/imagebuilder-image-pipeline/index.js';
import { ImagebuilderImageRecipe } from '@cdktf/provider-aws/lib/imagebuilder-image-recipe/index.js';
import { ImagebuilderInfrastructureConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-infrastructure-configuration/index.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type TerraformStack as CdktfStack, TerraformOutput } from 'cdktf';
import { BUILT_BY_TERRAFORM_TAG } from '../../modules/core';
import { amiInUseTagKey } from '../../modules/eks-windows-nodes/guards/ami-in-use';
import { ServiceRole } from '../../modules/iam';
import { ImageLifecyclePolicy } from '../../modules/image-builder/image/image-lifecycle-policy';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';

const LIMIT_MS = 1_800_000;

const DOCUMENT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Hello
        action: ExecutePowerShell
        inputs:
          commands: ["Write-Host 'hello'"]
`;

/** A recipe, a pipeline, an image of the apply and the policy; just what they need. */
function buildStack(stack: CdktfStack, parentImage: string, tags: Record<string, string>): void {
  const fixed = { name: 'win', version: '1.0.0' };
  const component = new ImagebuilderComponent(stack, 'Component', {
    ...fixed,
    platform: 'Windows',
    data: DOCUMENT,
  });
  const recipe = new ImagebuilderImageRecipe(stack, 'Recipe', {
    ...fixed,
    parentImage,
    component: [{ componentArn: component.arn }],
  });
  const role = new ServiceRole(stack, 'Role', {
    name: 'win-build',
    description: 'test',
    service: 'ec2.amazonaws.com',
    managedPolicies: ['EC2InstanceProfileForImageBuilder', 'AmazonSSMManagedInstanceCore'],
  });
  const infrastructure = new ImagebuilderInfrastructureConfiguration(stack, 'Infrastructure', {
    name: 'win',
    instanceProfileName: role.createInstanceProfile(stack, 'Profile').name,
    dependsOn: [...role.policies],
  });
  const inputs = {
    imageRecipeArn: recipe.arn,
    infrastructureConfigurationArn: infrastructure.arn,
  };
  new ImagebuilderImage(stack, 'Image', { ...inputs, tags });
  const schedule = {
    scheduleExpression: 'cron(0 3 ? * tue *)',
    pipelineExecutionStartCondition: 'EXPRESSION_MATCH_ONLY',
  };
  const pipeline = new ImagebuilderImagePipeline(stack, 'Pipeline', {
    name: 'win',
    ...inputs,
    schedule,
  });
  new ImageLifecyclePolicy(stack, 'Lifecycle', {
    name: 'win',
    recipe,
    keep: 1,
    keptAmiTags: { [amiInUseTagKey('shop')]: 'true', [amiInUseTagKey('test')]: 'true' },
  });
  new TerraformOutput(stack, 'pipeline', { value: pipeline.arn });
}

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'a lifecycle policy beside Terraform',
  () => {
    let deployment: ConstructDeployment;
    let parentImage: string;

    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
      parentImage = deployment.aws.seedImage({ name: 'parent' });
      deployment.write((stack) => buildStack(stack, parentImage, BUILT_BY_TERRAFORM_TAG));
      await deployment.stack.init();
      await deployment.stack.apply();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    /** Lets the schedule build so many times; gives the new AMIs, oldest first. */
    const buildOnSchedule = async (times: number): Promise<string[]> => {
      const before = await deployment.amis();
      const { pipeline } = await deployment.stack.outputs();
      const built: string[] = [];
      for (let index = 0; index < times; index += 1) {
        await deployment.aws.runPipeline(String(pipeline));
        const now = await deployment.amis();
        built.push(...now.filter((ami) => ![...before, ...built].includes(ami)));
      }
      return built;
    };

    it(
      'is read back as it was written',
      async () => {
        expect(await deployment.stack.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'deletes what the schedule built, but for the newest, what nodes run and what Terraform built',
      async () => {
        const ofTerraform = (await deployment.amis()).filter((ami) => ami !== parentImage);
        expect(ofTerraform).toHaveLength(1);
        const [used = '', older = '', newest = ''] = await buildOnSchedule(3);
        const tag = { 'Tag.1.Key': amiInUseTagKey('shop'), 'Tag.1.Value': 'true' };
        await deployment.aws.client.query('ec2', 'CreateTags', { 'ResourceId.1': used, ...tag });
        const actions = deployment.aws.runLifecyclePolicies();
        expect(actions.map(({ action, amis }) => [action, ...amis])).toEqual([
          ['DELETE'],
          ['DELETE', older],
        ]);
        expect(await deployment.amis()).toEqual([parentImage, ...ofTerraform, used, newest].sort());
        expect(await deployment.stack.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'would make Terraform build again if its image had no tag',
      async () => {
        deployment.write((stack) => buildStack(stack, parentImage, {}));
        await deployment.stack.apply();
        await buildOnSchedule(1);
        deployment.aws.runLifecyclePolicies();
        const changes = await deployment.stack.plan();
        expect(changes.map(({ type, actions }) => [type, ...actions])).toEqual([
          ['aws_imagebuilder_image', 'create'],
        ]);
      },
      LIMIT_MS,
    );
  },
);
