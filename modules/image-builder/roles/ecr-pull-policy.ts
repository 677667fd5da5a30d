import { checkText, type TextRule } from '../../core';
import { allow, type PolicyStatement } from '../../iam';
import { listOrEmpty, text } from '../../settings';
import { parseContainerImage, parseEcrRegistry } from '../image-cache/container-image';

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** What the first pull through a cache does: it makes the repository, then copies the image. */
const PULL_THROUGH = [...PULL, 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'];

/** Stands for every repository that no other rule covers. */
const ROOT = 'ROOT';

/**
 * What pulling these images from private Amazon ECR takes: the pull actions on exactly their
 * repositories, and the login, which knows no resource. Repositories below a prefix of a pull
 * through cache rule may also be made and filled. Nothing when none of the images lies in ECR.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export function ecrPullStatements(
  images: readonly string[],
  pullThroughCachePrefixes: readonly string[] = [],
): PolicyStatement[] {
  const repositories = images.flatMap(ecrRepository);
  if (repositories.length === 0) return [];
  const cached = repositories.filter(({ name }) => isBelow(name, pullThroughCachePrefixes));
  const plain = repositories.filter((repository) => !cached.includes(repository));
  return [
    allow('LogInToEcr', { actions: 'ecr:GetAuthorizationToken', resources: '*' }),
    ...allowOn('PullCachedImages', PULL, plain),
    ...allowOn('PullThroughCache', PULL_THROUGH, cached),
  ];
}

const PREFIX_PART = '[a-z0-9]+(?:[._-][a-z0-9]+)*';

const PREFIX: TextRule = {
  id: 'pull-through-prefix',
  pattern: new RegExp(`^(?:ROOT|${PREFIX_PART}(?:/${PREFIX_PART})*)$`),
  rule: 'be the prefix of a pull through cache rule such as docker-hub, or ROOT',
};

/**
 * Prefixes of pull through cache rules.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 */
export const PULL_THROUGH_CACHE_PREFIXES = listOrEmpty(
  text((path, prefix) => checkText(path, prefix, PREFIX)),
);

interface EcrRepository {
  readonly name: string;
  readonly arn: string;
}

function ecrRepository(reference: string): EcrRepository[] {
  const image = parseContainerImage(reference);
  const ecr = image && parseEcrRegistry(image.registry);
  if (image === undefined || ecr === undefined) return [];
  const { partition, region, accountId } = ecr;
  const name = image.repository;
  return [{ name, arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${name}` }];
}

function isBelow(repository: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => prefix === ROOT || repository.startsWith(`${prefix}/`));
}

function allowOn(
  sid: string,
  actions: readonly string[],
  repositories: readonly EcrRepository[],
): PolicyStatement[] {
  const resources = [...new Set(repositories.map(({ arn }) => arn))].sort();
  return resources.length === 0 ? [] : [allow(sid, { actions, resources })];
}
