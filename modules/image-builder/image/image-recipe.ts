import { ImagebuilderImageRecipe } from '@cdktf/provider-aws/lib/imagebuilder-image-recipe/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkEach,
  checkListLength,
  checkText,
  checkUnique,
  contentHash,
  contentVersion,
  type Problem,
  type Tags,
  type TextRule,
  withoutUndefined,
  writtenTags,
} from '../../core';
import {
  checkedBy,
  checkSettings,
  freeText,
  group,
  integer,
  listOrEmpty,
  type SettingProps,
  setting,
} from '../../settings';
import { DEFAULT_ROOT_VOLUME_GIB, ROOT_VOLUME_GIB } from '../../windows-base/windows-server';
import {
  buildRecipeComponent,
  checkRecipeComponent,
  type RecipeComponent,
  recipeComponentContentId,
} from '../components/recipe-component';
import { checkResourceName } from '../naming/resource-name';
import {
  buildBlockDeviceMapping,
  checkRootVolume,
  DATA_VOLUME,
  type DataVolume,
  rootVolume,
  VOLUME_OPTION_SETTINGS,
  volumeContentId,
} from './image-volume';
import { checkParentImage } from './parent-image';

export type { RecipeComponent } from '../components/recipe-component';

const REBUILD: TextRule = {
  id: 'recipe-text-length',
  pattern: /^[\s\S]{1,100}$/,
  rule: 'be 1 to 100 characters',
};

/** `"C:\build"` in YAML, or in TypeScript, has a control character and no backslash. */
const WORKING_DIRECTORY: TextRule = {
  id: 'working-directory',
  pattern: /^\P{Cc}{1,1024}$/u,
  rule: 'be 1 to 1024 characters on one line',
  whatToDo: 'in double quotes write each backslash twice',
};

const checkedFreeText = (rule: TextRule) => freeText((path, value) => checkText(path, value, rule));

/** What is in an image beside base and components. */
export const IMAGE_RECIPE_SETTINGS = {
  /**
   * Size of the root volume, 50 to 16,000 GiB: Windows itself takes about 30, the rest is for
   * cached images and containers. Every node and every Fast Launch snapshot has this size.
   * @default 100
   */
  rootVolumeGiB: setting(integer(ROOT_VOLUME_GIB), {
    about: 'Size of the root volume of the image in GiB',
    default: DEFAULT_ROOT_VOLUME_GIB,
    change: 'builds',
  }),
  /** Type, speed and key of the root volume. @default - gp3 as it comes, with the account's key */
  rootVolume: setting(checkedBy(group(VOLUME_OPTION_SETTINGS)), {
    about: 'Type, speed and key of the root volume',
    otherwise: 'gp3 with the key of the account',
    change: 'builds',
  }),
  /** Volumes beside the root volume, of the build instance and of every node. @default - none */
  dataVolumes: setting(listOrEmpty(DATA_VOLUME), {
    about: 'Further volumes of the image',
    otherwise: 'none',
    change: 'builds',
  }),
  /**
   * Folder in which the components' commands start, up to 1,024 characters on one line, such as
   * `C:\build`.
   * @default - Image Builder's own
   */
  workingDirectory: setting(checkedFreeText(WORKING_DIRECTORY), {
    about: 'Folder in which components run',
    otherwise: 'that of AWSTOE',
    change: 'builds',
  }),
  /**
   * Any text of up to 100 characters: another text is a new recipe version without any other
   * change. For a build that takes in what Terraform does not see, such as `2026-11 patches`, and
   * for an apply that stops with `ResourceAlreadyExistsException` after a failed one.
   * @default - none
   */
  rebuild: setting(checkedFreeText(REBUILD), {
    about: 'Any text; another text builds again without any other change',
    otherwise: 'none',
    change: 'builds',
  }),
};

/** Inputs of {@link ImageRecipe}. All but the tags are part of the recipe's version. */
export interface ImageRecipeProps extends SettingProps<typeof IMAGE_RECIPE_SETTINGS> {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  /**
   * What to start from: the id of an AMI; `ssm:` and the name or ARN of an SSM parameter with such
   * an id; or the ARN of an Image Builder image, whose version may be `x.x.x` for the newest.
   *
   * Terraform sees a new AMI id and builds again. It does not see what an SSM parameter or a
   * wildcard stands for: with those, only a schedule or `rebuild` takes in a newer base.
   */
  readonly parentImage: string;
  /** Components in the order in which they run, 1 to 20. */
  readonly components: readonly RecipeComponent[];
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html */
const MAX_COMPONENTS = 20;

/**
 * What an AMI is made of: an `aws_imagebuilder_image_recipe` whose volumes are all encrypted. Costs
 * nothing by itself.
 *
 * The version follows the content (base, components, volumes and so on), nobody writes it. A
 * changed recipe is made before the old one is removed, because a recipe in use cannot be deleted.
 *
 * There is no setting for the Systems Manager agent: the API refuses it for Windows.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image_recipe
 */
export class ImageRecipe extends Construct {
  public readonly arn: string;
  /** `1.0.<hash of the content>`. */
  public readonly version: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderImageRecipe;

  constructor(scope: Construct, id: string, props: ImageRecipeProps) {
    super(scope, id);
    assertNoProblems(this, validateImageRecipeProps(props));
    const { name, parentImage, components, workingDirectory } = props;
    const volumes = volumesOf(props);
    this.version = contentVersion([
      parentImage,
      ...components.map(recipeComponentContentId),
      ...volumes.map(volumeContentId),
      ...labelled({ workingDirectory, rebuild: props.rebuild }),
    ]);
    this.resource = new ImagebuilderImageRecipe(this, 'Resource', {
      name,
      version: this.version,
      parentImage,
      component: components.map(buildRecipeComponent),
      blockDeviceMapping: volumes.map(buildBlockDeviceMapping),
      ...withoutUndefined({ workingDirectory, tags: writtenTags(props.tags) }),
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
  }
}

function volumesOf(props: ImageRecipeProps): DataVolume[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, dataVolumes = [] } = props;
  return [rootVolume(rootVolumeGiB, props.rootVolume), ...dataVolumes];
}

/** One part for each text that is there, which no part of another kind can look like. */
function labelled(texts: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(texts).flatMap(([label, text]) =>
    text === undefined ? [] : [contentHash([label, text])],
  );
}

function validateImageRecipeProps(props: ImageRecipeProps): Problem[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, dataVolumes = [] } = props;
  const deviceNames = dataVolumes.map(({ deviceName }) => deviceName);
  return [
    ...checkResourceName(['name'], props.name),
    ...checkParentImage(['parentImage'], props.parentImage),
    ...checkListLength(['components'], props.components, { min: 1, max: MAX_COMPONENTS }),
    ...checkEach(['components'], props.components, checkRecipeComponent),
    ...checkSettings(IMAGE_RECIPE_SETTINGS, props),
    ...checkRootVolume(['rootVolume'], rootVolumeGiB, props.rootVolume ?? {}),
    ...checkUnique(['dataVolumes'], deviceNames).map(inDeviceName),
  ];
}

const inDeviceName = (one: Problem): Problem => ({ ...one, path: [...one.path, 'deviceName'] });
