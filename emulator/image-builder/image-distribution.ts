import { createHash } from 'node:crypto';
import type { FastLaunch } from '../ec2/fast-launch';
import type { LaunchPermissions } from '../ec2/launch-permissions';
import type { LaunchTemplates } from '../ec2/launch-templates';
import { type Json, listOfJson, objectOf, tagsOf } from '../front/json-fields';
import { PerRegion } from '../front/per-region';
import { OWN_ACCOUNT, textOf } from '../front/wire-format';
import { textAt } from '../front/xml-reading';
import { rootVolume } from './build-checks';
import { BuildFailure } from './build-failure';
import type { Resource } from './resources/image-builder-store';
import { keyIsUsable } from './resources/named-resources';
import { requireParentAmi } from './resources/parent-image';
import type { RuleContext } from './resources/rule-context';
import { targetAccounts } from './rules/distribution-rules';

const FIRST_BUILD_DATE = Date.UTC(2026, 0, 1);
const MS_PER_MINUTE = 60_000;
const AMI_NAME_LENGTH = 128;

/**
 * What a finished build leaves behind in every region: an AMI with its launch permissions, Fast
 * Launch, a launch template version, the SSM parameter. Copies in other accounts are only noted.
 */
export class ImageDistribution {
  private finished = 0;
  private readonly copies = new PerRegion<string[]>(() => []);

  constructor(
    private readonly fastLaunch: FastLaunch,
    private readonly launchTemplates: LaunchTemplates,
    private readonly permissions: LaunchPermissions,
  ) {}

  /** `<account> <AMI id>` for every copy in another account. */
  copiesInOtherAccounts(region: string): readonly string[] {
    return this.copies.of(region);
  }

  /**
   * Distributes a built image.
   * @throws BuildFailure or ApiError; what was made until then stays.
   */
  async distribute(context: RuleContext, image: Resource): Promise<void> {
    this.finished += 1;
    const distribution = objectOf(image.content, 'distributionConfiguration');
    const targets = listOfJson(distribution['distributions']);
    const wanted = targets.length > 0 ? targets : [{ region: context.store.region }];
    const outputs: Json[] = [];
    for (const target of wanted) {
      const output = await this.registerAmi(context, image, target);
      outputs.push(output, ...this.copyToAccounts(target, output));
      image.content = { ...image.content, outputResources: { amis: outputs, containers: [] } };
      await this.publish(context, target, output);
    }
  }

  private async registerAmi(context: RuleContext, image: Resource, target: Json): Promise<Json> {
    const region = textOf(target, 'region');
    const settings = objectOf(target, 'amiDistributionConfiguration');
    const recipe = objectOf(image.content, 'imageRecipe');
    const pattern =
      textOf(settings, 'name') || `${textOf(recipe, 'name')} {{ imagebuilder:buildDate }}`;
    const name = this.amiName(pattern, textOf(image.content, 'version'));
    if (context.amis.amis(region).some((ami) => ami.name === name && ami.ownerId === OWN_ACCOUNT)) {
      throw new BuildFailure(`AMI name ${name} is already in use in ${region}`);
    }
    const key = textOf(settings, 'kmsKeyId');
    if (key !== '' && !(await keyIsUsable(context, key, region))) {
      throw new BuildFailure(`The KMS key '${key}' does not exist or cannot be used in ${region}.`);
    }
    const parentId = await requireParentAmi(context, textOf(recipe, 'parentImage'));
    const parent =
      parentId === undefined ? undefined : context.amis.find(context.store.region, parentId);
    const rootDeviceName = parent?.rootDeviceName ?? '/dev/sda1';
    const volume = rootVolume(recipe, rootDeviceName);
    const ami = context.amis.register({
      region,
      name,
      description: textOf(settings, 'description'),
      rootDeviceName,
      volumeSizeGib: Number(volume['volumeSize'] ?? parent?.volumeSizeGib ?? 30),
      volumeType: textOf(volume, 'volumeType') || 'gp3',
      tags: {
        ...tagsOf(settings, 'amiTags'),
        CreatedBy: 'EC2 Image Builder',
        Ec2ImageBuilderArn: image.arn,
      },
    });
    this.permissions.grant(region, ami.id, objectOf(settings, 'launchPermission'));
    return amiOutput(region, ami.id, name, ami.description, OWN_ACCOUNT);
  }

  private copyToAccounts(target: Json, output: Json): readonly Json[] {
    const region = textOf(target, 'region');
    const [image, name] = [textOf(output, 'image'), textOf(output, 'name')];
    const others = targetAccounts(target).filter((account) => account !== OWN_ACCOUNT);
    return others.map((account) => {
      const digest = createHash('sha256').update(`${image} ${account}`).digest('hex');
      const copy = `ami-0${digest.slice(0, 16)}`;
      this.copies.of(region).push(`${account} ${copy}`);
      return amiOutput(region, copy, name, textOf(output, 'description'), account);
    });
  }

  /** Build dates count up, so that they differ and are the same in every run. */
  private amiName(pattern: string, version: string): string {
    const date = new Date(FIRST_BUILD_DATE + this.finished * MS_PER_MINUTE).toISOString();
    const name = pattern
      .replace(/\{\{\s*imagebuilder:buildDate\s*\}\}/g, date.replaceAll(':', '-'))
      .replace(/\{\{\s*imagebuilder:buildVersion\s*\}\}/g, version.split('/')[1] ?? '1');
    if (/[{}]/.test(name)) throw new BuildFailure(`AMI name ${name} has an unknown variable`);
    if (name.length <= AMI_NAME_LENGTH) return name;
    throw new BuildFailure(`AMI name ${name} must have 3 to ${AMI_NAME_LENGTH} characters`);
  }

  private async publish(context: RuleContext, target: Json, output: Json): Promise<void> {
    const region = textOf(target, 'region');
    const imageId = textOf(output, 'image');
    for (const settings of ofOwnAccount(target['fastLaunchConfigurations'], 'accountId')) {
      if (settings['enabled'] === true) {
        await this.fastLaunch.enable(region, fastLaunchSettings(imageId, settings));
      }
    }
    for (const settings of ofOwnAccount(target['launchTemplateConfigurations'], 'accountId')) {
      await addTemplateVersion(this.launchTemplates, region, imageId, settings);
    }
    for (const settings of ofOwnAccount(target['ssmParameterConfigurations'], 'amiAccountId')) {
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

/** The entries that are not for another account. */
function ofOwnAccount(value: unknown, accountField: string): readonly Json[] {
  const account = (settings: Json) => textOf(settings, accountField) || OWN_ACCOUNT;
  return listOfJson(value).filter((settings) => account(settings) === OWN_ACCOUNT);
}

function amiOutput(
  region: string,
  image: string,
  name: string,
  description: string,
  accountId: string,
): Json {
  return { region, image, name, description, accountId, state: { status: 'AVAILABLE' } };
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
