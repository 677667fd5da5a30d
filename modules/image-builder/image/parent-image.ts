import { ARN_PARTITION, ARN_REGION, checkText, type Path, type Problem } from '../../core';

const IMAGE_BUILDER_IMAGE =
  `${ARN_PARTITION}:imagebuilder:${ARN_REGION}:(?:\\d{12}|aws):image/[a-z0-9_-]+/` +
  '(?:\\d+|x)\\.(?:\\d+|x)\\.(?:\\d+|x)(?:/\\d+)?';

/** The name of an SSM parameter, or its ARN. */
const SSM_PARAMETER = 'ssm:[A-Za-z0-9_./:-]{1,1011}';

const PARENT_IMAGE = new RegExp(
  `^(?:ami-(?:[0-9a-f]{8}|[0-9a-f]{17})|${SSM_PARAMETER}|${IMAGE_BUILDER_IMAGE})$`,
);

/**
 * What an image may start from.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html
 */
export function checkParentImage(path: Path, value: string): Problem[] {
  return checkText(path, value, {
    id: 'parent-image',
    pattern: PARENT_IMAGE,
    rule: 'be an AMI id, "ssm:" and the name of an SSM parameter, or the ARN of an Image Builder image',
  });
}
