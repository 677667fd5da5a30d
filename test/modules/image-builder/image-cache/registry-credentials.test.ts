import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import type { RegistryCredentials } from '../../../../modules/image-builder';
import { checkRegistryCredentials } from '../../../../modules/image-builder/image-cache/registry-credentials';
import { outline } from '../../../support/problem';

const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:registries/hub-AbCdEf';

describe('checkRegistryCredentials', () => {
  const texts = (credentials: RegistryCredentials, ...images: string[]) =>
    checkRegistryCredentials(['logins'], credentials, images).map(outline);

  it.each([
    ['docker.io', 'nginx:1'],
    ['docker.io', 'index.docker.io/grafana/loki:3'],
    ['ghcr.io', 'ghcr.io/a:1'],
    ['r.io:5000', 'r.io:5000/a:1'],
    ['localhost', 'localhost/a:1'],
    ['10.0.0.1', '10.0.0.1/a:1'],
    ['Registry.Example.COM', 'Registry.Example.COM/a:1'],
    ['public.ecr.aws', 'public.ecr.aws/a:1'],
    ['r.io', Fn.lower('R.IO/A:1')],
  ])('takes a login of %s', (host, image) => {
    expect(texts({ [host]: ARN }, image)).toEqual([]);
  });

  it.each([
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf',
    'arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:a-AbCdEf',
    'arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:a-AbCdEf',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/a_+=.@-b-a1B2c3',
    Fn.lower('a'),
  ])('takes the secret %s', (secret) => {
    expect(texts({ 'r.io': secret }, 'r.io/a:1')).toEqual([]);
  });

  it.each([
    '',
    'registries/hub',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:hub',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:-AbCdEf',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:hub-AbCdE*',
    'arn:aws:secretsmanager:us-east-1:1111:secret:hub-AbCdEf',
    'arn:aws:ssm:us-east-1:111122223333:parameter/hub-AbCdEf',
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:a'b-AbCdEf",
    `${ARN}\n`,
  ])('refuses %j for the ARN of a secret', (secret) => {
    expect(texts({ 'r.io': secret }, 'r.io/a:1')).toEqual([
      `\`logins["r.io"]\` secret-arn: ${JSON.stringify(secret)}`,
    ]);
  });

  it.each([
    'index.docker.io',
    'registry-1.docker.io',
    'https://index.docker.io/v1/',
    'hub.docker.com',
  ])('wants Docker Hub to be written docker.io, not %s', (host) => {
    expect(texts({ [host]: ARN }, 'nginx:1')).toEqual([
      `\`logins["${host}"]\` docker-hub-host: "${host}"`,
    ]);
  });

  it.each(['https://ghcr.io', 'ghcr.io/team', 'ghcr.io:', 'ghcr.io:x', '.ghcr.io', '', "a'b"])(
    'refuses %j for a registry host',
    (host) => {
      expect(texts({ [host]: ARN }, 'ghcr.io/team/a:1')).toEqual([
        `\`logins[${JSON.stringify(host)}]\` registry-host: ${JSON.stringify(host)}`,
      ]);
    },
  );

  it.each([
    '111122223333.dkr.ecr.us-east-1.amazonaws.com',
    '111122223333.dkr-ecr.us-east-1.on.aws',
  ])('refuses a login of %s, where the role is the login', (host) => {
    expect(texts({ [host]: ARN }, `${host}/a:1`)).toEqual([
      `\`logins["${host}"]\` ecr-login: "${host}"`,
    ]);
  });

  it.each([
    ['ghcr.io', 'ghcr.io/acme/web :1'],
    ['docker.io', 'acme/web :1'],
    ['docker.io', 'docker.io/acme/Web:1'],
  ])('takes a login of %s for one of a malformed image: %s', (host, image) => {
    expect(texts({ [host]: ARN }, image)).toEqual([]);
  });

  it('refuses a login that no image uses', () => {
    expect(texts({ 'quay.io': ARN }, 'ghcr.io/a:1', 'not an image')).toEqual([
      '`logins["quay.io"]` login-without-image: "quay.io"',
    ]);
  });

  it('refuses two logins of one registry', () => {
    expect(texts({ 'R.io': ARN, 'r.io': ARN }, 'R.io/a:1', 'r.io/a:1')).toEqual([
      '`logins["r.io"]` login-twice: "r.io"',
    ]);
  });

  it('refuses a map that only Terraform knows', () => {
    const credentials = Token.asStringMap(Fn.tomap({}));
    expect(texts(credentials, 'r.io/a:1')).toEqual(['`logins` known-keys: "a reference"']);
  });
});
