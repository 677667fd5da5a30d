import { partitionOf } from '../../core';

/**
 * The grammar of image references, as containerd and every registry client read it.
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `${DOMAIN_PART}(?:\\.${DOMAIN_PART})*(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?:(${DOMAIN})/)?(${PATH_PART}(?:/${PATH_PART})*)` +
    '(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$',
);

/** Registries longer than this do not exist; the bound keeps the match fast. */
export const MAX_REFERENCE_LENGTH = 512;

/** A container image reference, taken apart. */
export interface ContainerImage {
  /** `docker.io` when the reference names none. */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  /**
   * The name under which the kubelet looks for the image: with registry, and with the digest alone
   * when there are both. An image cached under any other name is not found.
   */
  readonly name: string;
}

/** A private Amazon ECR registry, read from its host name. */
export interface EcrRegistry {
  /** `aws`, `aws-cn`, `aws-eusc` or `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** The first part is a registry when it looks like a host: a dot, a port, or `localhost`. */
function isHost(part: string | undefined): part is string {
  return part !== undefined && (/[.:]/.test(part) || part === 'localhost');
}

/** Takes a reference apart. Returns nothing when it is malformed. */
export function parseContainerImage(reference: string): ContainerImage | undefined {
  if (reference.length > MAX_REFERENCE_LENGTH) return undefined;
  const match = REFERENCE.exec(reference);
  if (match === null) return undefined;
  const [, first, rest = '', tag, digest] = match;
  if (first !== undefined && !isHost(first) && /[A-Z]/.test(first)) return undefined;
  const registry = !isHost(first) || first === 'index.docker.io' ? 'docker.io' : first;
  const path = isHost(first) || first === undefined ? rest : `${first}/${rest}`;
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  const suffix = digest !== undefined ? `@${digest}` : `:${tag ?? 'latest'}`;
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    name: `${registry}/${repository}${suffix}`,
  };
}

/** The registry that a reference is meant for, also one that is malformed behind it. */
export function registryOf(reference: string): string {
  const [first] = reference.split('/');
  const meant = isHost(first) && reference.includes('/') ? first : 'docker.io';
  return parseContainerImage(reference)?.registry ?? meant;
}

const ECR_HOST =
  /^(\d{12})\.(?:dkr\.ecr|dkr-ecr)(?:-fips)?\.([a-z0-9-]+)\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn)$/;

/**
 * The private ECR registry behind a host name, with IPv4 alone or with both, or nothing for any
 * other registry.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
 */
export function parseEcrRegistry(host: string): EcrRegistry | undefined {
  const [, accountId, region] = ECR_HOST.exec(host) ?? [];
  if (accountId === undefined || region === undefined) return undefined;
  return { partition: partitionOf(region), region, accountId };
}
