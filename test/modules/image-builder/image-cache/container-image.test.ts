import { describe, expect, it } from '@jest/globals';
import { parseFamiliarName } from '@swimlane/docker-reference';
import fc from 'fast-check';
import {
  parseContainerImage,
  parseEcrRegistry,
} from '../../../../modules/image-builder/image-cache/container-image';

const HEX = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const DIGEST = `sha256:${HEX}`;

describe('parseContainerImage', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['grafana/loki:3', 'docker.io/grafana/loki:3'],
    ['a/b/c:1', 'docker.io/a/b/c:1'],
    ['docker.io/nginx:1', 'docker.io/library/nginx:1'],
    ['docker.io/library/nginx:1', 'docker.io/library/nginx:1'],
    ['index.docker.io/nginx:1', 'docker.io/library/nginx:1'],
    ['index.docker.io/grafana/loki:3', 'docker.io/grafana/loki:3'],
    ['localhost/app:1', 'localhost/app:1'],
    ['localhost:5000/app:1', 'localhost:5000/app:1'],
    ['registry:5000/app', 'registry:5000/app:latest'],
    ['registry:5000', 'docker.io/library/registry:5000'],
    ['Registry.Example.COM/app:V1', 'Registry.Example.COM/app:V1'],
    ['10.0.0.1/app:1', '10.0.0.1/app:1'],
    ['mcr.microsoft.com/windows/servercore:ltsc2022', ''],
    [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
    [`nginx:1@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
    ['example.com/a__b/c--d/e.f/g_h:1', ''],
    ['example.com/app:_x', ''],
    [`example.com/app:${'x'.repeat(128)}`, ''],
  ])('names %s as the kubelet does', (reference, name) => {
    expect(parseContainerImage(reference)?.name).toBe(name === '' ? reference : name);
  });

  it('takes a full reference apart', () => {
    const reference = `111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1.0@${DIGEST}`;
    expect(parseContainerImage(reference)).toEqual({
      registry: '111122223333.dkr.ecr.us-east-1.amazonaws.com',
      repository: 'team/app',
      tag: '1.0',
      digest: DIGEST,
      name: `111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app@${DIGEST}`,
    });
  });

  it('leaves tag and digest out when there are none', () => {
    expect(parseContainerImage('nginx')).toStrictEqual({
      registry: 'docker.io',
      repository: 'library/nginx',
      name: 'docker.io/library/nginx:latest',
    });
  });

  it.each([
    '',
    ' ',
    'nginx ',
    ' nginx',
    'nginx\n',
    'Nginx:1',
    'team/App:1',
    'Team/app:1',
    'https://example.com/app:1',
    'a:b:c',
    'nginx:',
    'nginx:-x',
    'nginx:.x',
    'nginx:a b',
    `nginx:${'x'.repeat(129)}`,
    'nginx@',
    `nginx@${HEX}`,
    `nginx@sha256:${HEX.slice(1)}`,
    `nginx@sha256:${HEX}0`,
    `nginx@sha256:${HEX.toUpperCase()}`,
    `nginx@${DIGEST}:1`,
    '/nginx',
    'a//b',
    'a/',
    '-a',
    'a-',
    'a..b',
    'a___b',
    'a._b',
    '.com/a',
    'example.com/',
    'example-.com/app',
    'example.com:port/app',
    'example.com:/app',
    "nginx:1'; throw 1",
    'x'.repeat(513),
  ])('refuses %j', (reference) => {
    expect(parseContainerImage(reference)).toBeUndefined();
  });

  it('does not take long over a hostile reference', () => {
    const started = process.cpuUsage();
    parseContainerImage(`${'a-'.repeat(250)}!`);
    parseContainerImage(`${'a.'.repeat(250)}!`);
    // Of the processor, not of the clock: the machine may be busy with something else.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(500);
  });
});

describe('parseContainerImage beside another parser', () => {
  const text = (characters: string, max: number) =>
    fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: max });
  // Short, because the other parser takes exponentially long over long names that do not match.
  const part = fc.oneof(text('a1', 2), text('a._-', 4), text('aB', 2));
  const host = fc.oneof(
    part,
    fc.constantFrom('localhost/a', 'docker.io/a', 'a.b', 'A.io', 'h:1', 'h.x:50'),
  );
  const tag = fc.oneof(
    fc.constant(''),
    text('aZ0_.-', 5).map((value) => `:${value}`),
  );
  const digest = fc.constantFrom('', '', `@${DIGEST}`, `@sha256:${HEX.slice(1)}`, '@sha256');
  const reference = fc
    .tuple(host, fc.array(part, { maxLength: 2 }), tag, digest)
    .map(([first, rest, ...ends]) => [[first, ...rest].join('/'), ...ends].join(''));

  /**
   * References that the other parser reads in a way of its own.
   * - `a_b.c/app`: the first part is a host for its dot, but no host has an underscore. The grammar
   *   then reads the whole as a path, and the result has no registry at all.
   * Not generated, because here the other parser is the looser one: digests in upper-case hex,
   * which the digest grammar of the image specification does not know, and hashes other than
   * SHA-256, which the module leaves out on purpose.
   */
  const isAmbiguous = (value: string): boolean => {
    const [first = '', ...rest] = value.split('/');
    return rest.length > 0 && /[.:]/.test(first) && /_|\.\.|-\.|\.-|^[.-]|[.-]$/.test(first);
  };

  function readByOther(value: string): object | undefined {
    try {
      const { domain, repository, tag, digest } = parseFamiliarName(value);
      return { registry: domain, repository, tag, digest };
    } catch (error) {
      if (!(error instanceof Error) || !/invalid|repository name|digest/.test(error.message))
        throw error;
      return undefined;
    }
  }

  it('reads and refuses the same references', () => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(reference, (value) => {
        fc.pre(!isAmbiguous(value));
        const image = parseContainerImage(value);
        seen[image === undefined ? 'refused' : 'read'] += 1;
        const { name, ...own } = image ?? { name: undefined };
        expect(image === undefined ? undefined : own).toEqual(readByOther(value));
      }),
      { numRuns: 1000 },
    );
    // The generator is of use only while it makes many of both.
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(100);
  });

  it('names an image in a way that reads as itself', () => {
    fc.assert(
      fc.property(reference, (value) => {
        const image = parseContainerImage(value);
        fc.pre(image !== undefined);
        const again = parseContainerImage(image?.name ?? '');
        expect(again?.name).toBe(image?.name);
        expect(again?.registry).toBe(image?.registry);
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseEcrRegistry', () => {
  it.each([
    ['111122223333.dkr.ecr.us-east-1.amazonaws.com', 'aws', 'us-east-1'],
    ['111122223333.dkr.ecr.eu-central-2.amazonaws.com', 'aws', 'eu-central-2'],
    ['111122223333.dkr.ecr-fips.us-east-2.amazonaws.com', 'aws', 'us-east-2'],
    ['111122223333.dkr.ecr.us-gov-west-1.amazonaws.com', 'aws-us-gov', 'us-gov-west-1'],
    ['111122223333.dkr.ecr-fips.us-gov-east-1.amazonaws.com', 'aws-us-gov', 'us-gov-east-1'],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'aws-cn', 'cn-north-1'],
    ['111122223333.dkr.ecr.cn-northwest-1.amazonaws.com.cn', 'aws-cn', 'cn-northwest-1'],
    ['111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'aws-eusc', 'eusc-de-east-1'],
    ['111122223333.dkr-ecr.us-east-1.on.aws', 'aws', 'us-east-1'],
    ['111122223333.dkr-ecr-fips.us-gov-west-1.on.aws', 'aws-us-gov', 'us-gov-west-1'],
    ['111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn', 'aws-cn', 'cn-north-1'],
  ])('reads %s', (host, partition, region) => {
    expect(parseEcrRegistry(host)).toEqual({ partition, region, accountId: '111122223333' });
  });

  it.each([
    '',
    'docker.io',
    'public.ecr.aws',
    'mcr.microsoft.com',
    '11112222333.dkr.ecr.us-east-1.amazonaws.com',
    '1111222233334.dkr.ecr.us-east-1.amazonaws.com',
    'dkr.ecr.us-east-1.amazonaws.com',
    '111122223333.dkr.ecr.us-east-1.amazonaws.com:443',
    '111122223333.dkr.ecr.us-east-1.amazonaws.com.evil.example',
    'evil.111122223333.dkr.ecr.us-east-1.amazonaws.com',
    '111122223333.dkr.ecr.us-east-1.evil.amazonaws.com',
    '111122223333xdkr.ecr.us-east-1.amazonaws.com',
    '111122223333.dkr.ecr..amazonaws.com',
    '111122223333.ecr.us-east-1.amazonaws.com',
  ])('does not take %j for ECR', (host) => {
    expect(parseEcrRegistry(host)).toBeUndefined();
  });
});
