import type { TerraformStack } from 'cdktf';
import {
  type RecipeComponent,
  WindowsImage,
  type WindowsImageProps,
} from '../../../../modules/image-builder';
import { Template } from '../../../support/template';

/** An image that anyone can pull. */
export const PUBLIC_IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2022';

/** An image in the registry of an account. */
export const PRIVATE_IMAGE = '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:42';

/** A component that is there already. */
export const componentOf = (name: string): RecipeComponent => ({
  arn: `arn:${name}`,
  contentId: `${name}/1.0.0`,
});

/** The smallest inputs of an image with a cached container image. */
export const SMALLEST_IMAGE: WindowsImageProps = {
  name: 'windows-2022',
  region: 'us-east-1',
  baseImage: 'ami-01234567',
  cachedImages: [PUBLIC_IMAGE],
};

/** Inputs that differ from the smallest ones. */
export type ImageChange = Partial<WindowsImageProps>;

/** Makes the smallest image with a change, in a stack. */
export const imageWith = (change: ImageChange) => (stack: TerraformStack) =>
  new WindowsImage(stack, 'image', { ...SMALLEST_IMAGE, ...change });

/** The synthesized stack of the smallest image with a change. */
export const synthImage = (change: ImageChange): Template => Template.of(imageWith(change));

/** The version of the recipe of the smallest image with a change. */
export const recipeVersion = (change: ImageChange): unknown =>
  synthImage(change).resource('aws_imagebuilder_image_recipe')['version'];

/** Addresses that the smallest image consists of. */
export const SMALLEST_ADDRESSES = [
  'aws_cloudwatch_log_group.image_Logs_Image_A446DBA7',
  'aws_cloudwatch_log_group.image_Logs_Pipeline_75FDA7E7',
  'aws_iam_instance_profile.image_BuildRole_InstanceProfile_BA9520EB',
  'aws_iam_role.image_BuildRole_486873E7',
  'aws_iam_role.image_ExecutionRole_B9430E3B',
  'aws_iam_role_policy.image_BuildRole_build_B08A4887',
  'aws_iam_role_policy.image_ExecutionRole_execution-resources_14D7D64E',
  'aws_iam_role_policy.image_ExecutionRole_execution_589A3231',
  'aws_imagebuilder_component.image_ContainerImageCache_C83A7F09',
  'aws_imagebuilder_distribution_configuration.image_Distribution_B0EE8741',
  'aws_imagebuilder_image.image_Image_79C61B69',
  'aws_imagebuilder_image_pipeline.image_Pipeline_AE712BE0',
  'aws_imagebuilder_image_recipe.image_Recipe_B1D5794A',
  'aws_imagebuilder_infrastructure_configuration.image_Infrastructure_23E5821B',
  'data.aws_caller_identity.image_ExecutionRole_CallerIdentity_FFB653B4',
  'data.aws_partition.image_BuildRole_Partition_E359E462',
  'data.aws_partition.image_ExecutionRole_Partition_9FF84851',
  'terraform_data.image_Image_Settings_CAD918A6',
  'terraform_data.image_Retention_Owner_90A8AADB',
] as const;
