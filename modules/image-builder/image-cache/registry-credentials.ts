import { Token } from 'cdktf';
import { checkKnownKeys, checkSecretArn, type Path, type Problem, problem } from '../../core';
import { parseEcrRegistry, registryOf } from './container-image';

/**
 * Where the logins of registries lie: from the registry's host to the complete ARN of a secret in
 * AWS Secrets Manager. The secret is JSON with `username` and either `password` or `accessToken`,
 * the form in which ECR's pull-through cache keeps the logins of its upstream registries, too.
 * Neither may contain blanks or quotation marks, nor the user name a colon.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html
 */
export type RegistryCredentials = Readonly<Record<string, string>>;

const HOST = /^(?:[a-z0-9]|[a-z0-9][a-z0-9.-]*[a-z0-9])(?::\d{1,5})?$/i;

/** Names under which Docker Hub is known, and which no image has for its registry. */
const DOCKER_HUB =
  /^(?:https?:\/\/)?(?:index|registry-1|registry|hub|www)\.docker\.(?:io|com)(?:\/.*)?$/;

/**
 * Logins that some image needs: hosts are spelled as in the images, each belongs to at least one
 * of them, and none is Amazon ECR, where the role of the build instance is the login.
 */
export function checkRegistryCredentials(
  path: Path,
  credentials: RegistryCredentials,
  images: readonly string[],
): Problem[] {
  const reference = checkKnownKeys(path, credentials);
  if (reference.length > 0) return reference;
  const used = usedRegistries(images);
  const hosts = Object.keys(credentials).map((host) => host.toLowerCase());
  return Object.entries(credentials).flatMap(([host, secret], index) => [
    ...(hosts.indexOf(host.toLowerCase()) < index
      ? [
          problem(
            'login-twice',
            [...path, host],
            'be the only login of its registry',
            host,
            'remove one',
          ),
        ]
      : checkHost([...path, host], host, used)),
    ...checkSecretArn([...path, host], secret),
  ]);
}

/** The registries of the images, or nothing when only Terraform knows one of them. */
function usedRegistries(images: readonly string[]): ReadonlySet<string> | undefined {
  if (Token.isUnresolved(images) || images.some((image) => Token.isUnresolved(image))) {
    return undefined;
  }
  return new Set(images.map(registryOf));
}

function checkHost(path: Path, host: string, used: ReadonlySet<string> | undefined): Problem[] {
  if (DOCKER_HUB.test(host)) {
    return [
      problem('docker-hub-host', path, 'be the login of a registry host', host, 'write docker.io'),
    ];
  }
  if (!HOST.test(host)) {
    const advice = 'write the host alone, without https:// and without a path';
    return [
      problem(
        'registry-host',
        path,
        'be the login of a registry host such as docker.io',
        host,
        advice,
      ),
    ];
  }
  if (parseEcrRegistry(host) !== undefined) {
    const advice = 'remove it: the role of the build instance is the login there';
    return [
      problem('ecr-login', path, 'be the login of a registry other than Amazon ECR', host, advice),
    ];
  }
  if (used === undefined || used.has(host)) return [];
  const advice = 'remove it, or spell it as the images do';
  return [
    problem(
      'login-without-image',
      path,
      'be the login of a registry of at least one image',
      host,
      advice,
    ),
  ];
}
