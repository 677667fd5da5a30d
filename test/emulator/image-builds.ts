import type { FastLaunch } from './fast-launch';
import { listOfJson, objectOf, type RuleContext, requireParentAmi } from './image-builder-rules';
import type { Json, Resource } from './image-builder-store';
import type { LaunchTemplates } from './launch-templates';
import { ApiError, OWN_ACCOUNT, textOf } from './wire-format';
import { textAt } from './xml-reading';

const FINAL_STATES = new Set(['AVAILABLE', 'FAILED', 'CANCELLED']);
const FIRST_BUILD_DATE = Date.UTC(2026, 0, 1);
const MS_PER_MINUTE = 60_000;

/** A build that ends in FAILED with this reason. */
class BuildFailure extends Error {}

/**
 * Takes images through their states, one with every GetImage, and makes what a finished build
 * leaves behind: an AMI for each region, the SSM parameter, Fast Launch, a launch template version.
 */
export class ImageBuilds {
  private readonly running = new Map<string, Promise<void>>();
  private nextFailure: string | undefined;
  private finished = 0;

  constructor(
    private readonly fastLaunch: FastLaunch,
    private readonly launchTemplates: LaunchTemplates,
  ) {}

  /** Makes the next build that reaches TESTING or DISTRIBUTING fail instead. */
  failNext(reason: string): void {
    this.nextFailure = reason;
  }

  /** The content of a new image; the build starts in PENDING. */
  start(context: RuleContext, request: Json, arn: string, version: string): Json {
    const recipe = context.store.require(textOf(request, 'imageRecipeArn'));
    const infrastructure = context.store.require(textOf(request, 'infrastructureConfigurationArn'));
    const distributionArn = textOf(request, 'distributionConfigurationArn');
    const distribution =
      distributionArn === '' ? undefined : context.store.require(distributionArn);
    return {
      arn,
      type: 'AMI',
      name: recipe.content['name'],
      version,
      platform: 'Windows',
      enhancedImageMetadataEnabled: request['enhancedImageMetadataEnabled'] ?? true,
      osVersion: 'Microsoft Windows Server 2022',
      state: { status: 'PENDING' },
      imageRecipe: withTags(recipe),
      infrastructureConfiguration: withTags(infrastructure),
      distributionConfiguration: distribution === undefined ? undefined : withTags(distribution),
      imageTestsConfiguration: {
        imageTestsEnabled: true,
        timeoutMinutes: 720,
        ...objectOf(request, 'imageTestsConfiguration'),
      },
      imageScanningConfiguration: request['imageScanningConfiguration'],
      executionRole: request['executionRole'],
      workflows: request['workflows'],
      sourcePipelineArn: request['sourcePipelineArn'],
      sourcePipelineName: request['sourcePipelineName'],
      dateCreated: new Date().toISOString(),
      outputResources: { amis: [], containers: [] },
      buildType: 'USER_INITIATED',
      imageSource: 'CUSTOM',
    };
  }

  /** Takes an image one state on; calls at the same time count once. */
  async advance(context: RuleContext, image: Resource): Promise<void> {
    let step = this.running.get(image.arn);
    if (step === undefined) {
      step = this.step(context, image).finally(() => this.running.delete(image.arn));
      this.running.set(image.arn, step);
    }
    await step;
  }

  private async step(context: RuleContext, image: Resource): Promise<void> {
    const status = textOf(objectOf(image.content, 'state'), 'status');
    if (FINAL_STATES.has(status)) return;
    const next = nextStatus(status, image.content);
    try {
      if (status === 'BUILDING') await this.requireBuildable(context, image.content);
      if (next === 'AVAILABLE') await this.distribute(context, image);
      image.content = { ...image.content, state: { status: next } };
    } catch (error) {
      if (!(error instanceof BuildFailure || error instanceof ApiError)) throw error;
      image.content = { ...image.content, state: { status: 'FAILED', reason: error.message } };
    }
  }

  /** What only shows when the build instance is started. */
  private async requireBuildable(context: RuleContext, image: Json): Promise<void> {
    if (this.nextFailure !== undefined) {
      const reason = this.nextFailure;
      this.nextFailure = undefined;
      throw new BuildFailure(reason);
    }
    const recipe = objectOf(image, 'imageRecipe');
    const parentId = await requireParentAmi(context, textOf(recipe, 'parentImage'));
    const parent = context.amis.find(context.store.region, parentId);
    const size = rootVolume(recipe)['volumeSize'];
    if (parent === undefined || size === undefined || size === null) return;
    if (Number(size) < parent.volumeSizeGib) {
      throw new BuildFailure(
        `Volume of size ${Number(size)}GB is smaller than snapshot '${parent.snapshotId}', ` +
          `expect size>= ${parent.volumeSizeGib}GB`,
      );
    }
  }

  private async distribute(context: RuleContext, image: Resource): Promise<void> {
    this.finished += 1;
    const distribution = objectOf(image.content, 'distributionConfiguration');
    const targets = listOfJson(distribution['distributions']);
    const wanted = targets.length > 0 ? targets : [{ region: context.store.region }];
    const outputs: Json[] = [];
    for (const target of wanted) {
      const output = await this.registerAmi(context, image, target);
      outputs.push(output);
      await this.publish(context, target, output);
    }
    image.content = { ...image.content, outputResources: { amis: outputs, containers: [] } };
  }

  private async registerAmi(context: RuleContext, image: Resource, target: Json): Promise<Json> {
    const region = textOf(target, 'region');
    const settings = objectOf(target, 'amiDistributionConfiguration');
    const recipe = objectOf(image.content, 'imageRecipe');
    const template =
      textOf(settings, 'name') || `${textOf(recipe, 'name')} {{ imagebuilder:buildDate }}`;
    const name = this.amiName(template, textOf(image.content, 'version'));
    if (context.amis.amis(region).some((ami) => ami.name === name && ami.ownerId === OWN_ACCOUNT)) {
      throw new BuildFailure(`AMI name ${name} is already in use in ${region}`);
    }
    const parentId = await requireParentAmi(context, textOf(recipe, 'parentImage'));
    const parent = context.amis.find(context.store.region, parentId);
    const volume = rootVolume(recipe);
    const ami = context.amis.register({
      region,
      name,
      description: textOf(settings, 'description'),
      rootDeviceName: parent?.rootDeviceName ?? '/dev/sda1',
      volumeSizeGib: Number(volume['volumeSize'] ?? parent?.volumeSizeGib ?? 30),
      volumeType: textOf(volume, 'volumeType') || 'gp3',
      tags: {
        ...(settings['amiTags'] as Record<string, string> | undefined),
        CreatedBy: 'EC2 Image Builder',
        Ec2ImageBuilderArn: image.arn,
      },
    });
    return {
      region,
      image: ami.id,
      name,
      description: ami.description,
      accountId: OWN_ACCOUNT,
      state: { status: 'AVAILABLE' },
    };
  }

  /** Build dates count up, so that they differ and are the same in every run. */
  private amiName(template: string, version: string): string {
    const date = new Date(FIRST_BUILD_DATE + this.finished * MS_PER_MINUTE).toISOString();
    return template
      .replace(/\{\{\s*imagebuilder:buildDate\s*\}\}/g, date.replaceAll(':', '-'))
      .replace(/\{\{\s*imagebuilder:buildVersion\s*\}\}/g, version.split('/')[1] ?? '1');
  }

  private async publish(context: RuleContext, target: Json, output: Json): Promise<void> {
    const region = textOf(target, 'region');
    const imageId = textOf(output, 'image');
    for (const settings of listOfJson(target['fastLaunchConfigurations'])) {
      if (settings['enabled'] === true) {
        await this.fastLaunch.enable(region, fastLaunchSettings(imageId, settings));
      }
    }
    for (const settings of listOfJson(target['launchTemplateConfigurations'])) {
      await addTemplateVersion(this.launchTemplates, region, imageId, settings);
    }
    for (const settings of listOfJson(target['ssmParameterConfigurations'])) {
      const parameter = {
        Name: textOf(settings, 'parameterName'),
        Value: imageId,
        Type: 'String',
        DataType: textOf(settings, 'dataType') || 'text',
        Overwrite: true,
      };
      await context.moto.json('ssm', 'PutParameter', parameter, region);
    }
  }
}

function nextStatus(status: string, image: Json): string {
  const tested = objectOf(image, 'imageTestsConfiguration')['imageTestsEnabled'] !== false;
  const following: Readonly<Record<string, string>> = {
    PENDING: 'BUILDING',
    BUILDING: tested ? 'TESTING' : 'DISTRIBUTING',
    TESTING: 'DISTRIBUTING',
  };
  return following[status] ?? 'AVAILABLE';
}

function withTags(resource: Resource): Json {
  return { ...resource.content, tags: resource.tags };
}

function rootVolume(recipe: Json): Json {
  const device = listOfJson(recipe['blockDeviceMappings'])[0];
  return device === undefined ? {} : objectOf(device, 'ebs');
}

function fastLaunchSettings(imageId: string, settings: Json) {
  const template = objectOf(settings, 'launchTemplate');
  const named = Object.keys(template).length > 0;
  return {
    imageId,
    maxParallelLaunches: Number(settings['maxParallelLaunches'] ?? 6),
    targetResourceCount: Number(
      objectOf(settings, 'snapshotConfiguration')['targetResourceCount'] ?? 5,
    ),
    launchTemplate: named
      ? {
          id: textOf(template, 'launchTemplateId'),
          name: textOf(template, 'launchTemplateName'),
          version: textOf(template, 'launchTemplateVersion'),
        }
      : undefined,
  };
}

/** Adds a version with the new AMI and, unless told otherwise, makes it the default. */
async function addTemplateVersion(
  templates: LaunchTemplates,
  region: string,
  imageId: string,
  settings: Json,
): Promise<void> {
  const LaunchTemplateId = textOf(settings, 'launchTemplateId');
  const created = await templates.query(region, 'CreateLaunchTemplateVersion', {
    LaunchTemplateId,
    SourceVersion: '$Latest',
    'LaunchTemplateData.ImageId': imageId,
  });
  if (settings['setDefaultVersion'] === false) return;
  const SetDefaultVersion = textAt(created, 'launchTemplateVersion', 'versionNumber');
  await templates.query(region, 'ModifyLaunchTemplate', { LaunchTemplateId, SetDefaultVersion });
}
