import { ImagebuilderImage } from '@cdktf/provider-aws/lib/imagebuilder-image/index.js';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  numberText,
  type Problem,
  type Tags,
  TerraformData,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkSettings, integer, type SettingProps, setting } from '../../settings';
import {
  BUILD_SETTINGS,
  type BuildInputs,
  buildImageInputs,
  checkBuildInputs,
} from '../build/build-inputs';

/** How an apply waits for its build. */
export const BUILT_IMAGE_SETTINGS = {
  /**
   * How long the apply waits for the build, 60 to 1,440 minutes. Terraform's own hour is too short
   * for Windows with cached images. A build that takes longer goes on, but Terraform takes it for
   * failed and builds again with the next apply.
   * @default 180
   */
  timeoutMinutes: setting(integer({ min: 60, max: 1440 }), {
    about: 'How long Terraform waits for a build, in minutes (60 to 1440)',
    default: 180,
    change: 'nothing',
  }),
};

/** Inputs of {@link BuiltImage}. */
export interface BuiltImageProps extends BuildInputs, SettingProps<typeof BUILT_IMAGE_SETTINGS> {
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/**
 * One build of a recipe, made and waited for during the apply: an `aws_imagebuilder_image`. Costs a
 * build, see {@link ImagePipeline}.
 *
 * Built again when one of these changes: the recipe, and so its content or its `rebuild` text; the
 * ARN of the infrastructure or distribution configuration, and so their names; the execution role's
 * ARN; `tests`; `scanning`; `workflows`. Not built again when only what stands in a
 * configuration changes, such as instance types or AMI tags, nor for other rights of a role,
 * another timeout or other tags of its own. For a build at once give the recipe another `rebuild`
 * text.
 *
 * When a build fails the apply ends with Image Builder's reason, the old image stays, and so does
 * the SSM parameter; the next apply builds again. Removing an image from Terraform keeps its AMI.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image
 */
export class BuiltImage extends Construct {
  public readonly arn: string;
  /**
   * The id of the AMI in the Region and the account of the build, also when the distribution has
   * further Regions and accounts. An error at apply when it leaves out that Region.
   */
  public readonly amiId: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderImage;

  constructor(scope: Construct, id: string, props: BuiltImageProps) {
    super(scope, id);
    assertNoProblems(this, validateBuiltImageProps(props));
    const { timeoutMinutes = BUILT_IMAGE_SETTINGS.timeoutMinutes.default, tags } = props;
    const settings = this.createSettings(props);
    this.resource = new ImagebuilderImage(this, 'Resource', {
      ...buildImageInputs(props),
      timeouts: { create: `${numberText(timeoutMinutes)}m` },
      ...withoutUndefined({ tags: writtenTags(tags) }),
      // The old image goes only when the new one is there: a failed build takes nothing away.
      lifecycle: { createBeforeDestroy: true, replaceTriggeredBy: [address(settings)] },
    });
    this.arn = this.resource.arn;
    this.amiId = ownAmiId(this.resource);
  }

  /**
   * What the provider would change in place, which does nothing: an image keeps what it was built
   * with, so that every plan after that would show the change again.
   */
  private createSettings({
    executionRoleArn,
    scanning = BUILD_SETTINGS.scanning.default,
  }: BuiltImageProps): TerraformData {
    return new TerraformData(this, 'Settings', {
      triggersReplace: { execution_role: executionRoleArn, scanning: String(scanning) },
    });
  }
}

/** Without the `${}` of a reference, which Terraform does not take in this place. */
const address = ({ terraformResourceType, friendlyUniqueId }: TerraformData): string =>
  `${terraformResourceType}.${friendlyUniqueId}`;

/** Among AMIs by `<Region>:<account>`, the one of the image's own, which its ARN tells. */
function ownAmiId(image: ImagebuilderImage): string {
  const every = (attribute: string) =>
    image.interpolationForAttribute(`output_resources[0].amis[*].${attribute}`);
  const places = Fn.formatlist('%s:%s', [every('region'), every('account_id')]);
  const ownPlace = Fn.join(':', Fn.slice(Fn.split(':', image.arn), 3, 5));
  return Token.asString(Fn.lookup(Fn.zipmap(places, every('image')), ownPlace));
}

function validateBuiltImageProps(props: BuiltImageProps): Problem[] {
  return [...checkSettings(BUILT_IMAGE_SETTINGS, props), ...checkBuildInputs(props)];
}
