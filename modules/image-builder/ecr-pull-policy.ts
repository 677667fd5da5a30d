import type { PolicyDocument } from '../core';
import { parseContainerImage, parseEcrRegistry } from './container-image';

/**
 * What pulling these images from private Amazon ECR takes: the pull actions on exactly their
 * repositories, and the login, which knows no resource. Nothing when none of them lies in ECR.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 */
export function ecrPullPolicy(images: readonly string[]): PolicyDocument | undefined {
  const repositories = new Set(images.flatMap(ecrRepositoryArn));
  if (repositories.size === 0) return undefined;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'LogInToEcr',
        Effect: 'Allow',
        Action: 'ecr:GetAuthorizationToken',
        Resource: '*',
      },
      {
        Sid: 'PullCachedImages',
        Effect: 'Allow',
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
        Resource: [...repositories].sort(),
      },
    ],
  };
}

function ecrRepositoryArn(reference: string): string[] {
  const image = parseContainerImage(reference);
  const ecr = image && parseEcrRegistry(image.registry);
  if (image === undefined || ecr === undefined) return [];
  const { partition, region, accountId } = ecr;
  return [`arn:${partition}:ecr:${region}:${accountId}:repository/${image.repository}`];
}
