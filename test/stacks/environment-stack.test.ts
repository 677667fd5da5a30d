import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../app/full-environment';
import { synthesizeEnvironment } from './synthesized-environment';

const BACKEND = `backend:
  s3: { bucket: acme-terraform-state, keyPrefix: windows/example, region: us-east-1 }
`;
const WITHOUT_BACKEND: Change = [BACKEND, ''];
const WITHOUT_LOCK: Change = ['windows/example,', 'windows/example, useLockfile: false,'];
const WITHOUT_VERSION: Change = ['provider: { version: "6.25.0" }\n', ''];

describe('the state of both stacks', () => {
  const names = ['example-windows-image', 'example-windows-nodes'] as const;
  const s3 = (name: string) => ({
    bucket: 'acme-terraform-state',
    encrypt: true,
    key: `windows/example/${name}.tfstate`,
    region: 'us-east-1',
  });

  it('lies in the bucket, locked, which needs Terraform 1.10', () => {
    const { image, nodes } = synthesizeEnvironment();
    expect([image.part('terraform'), nodes.part('terraform')]).toEqual(
      names.map((name) => ({
        backend: { s3: { ...s3(name), use_lockfile: true } },
        required_providers: { aws: { source: 'aws', version: '6.25.0' } },
        required_version: '>= 1.10.0',
      })),
    );
  });

  it('lies in the bucket without a lock when asked for', () => {
    const { image, nodes } = synthesizeEnvironment(WITHOUT_LOCK);
    expect([image.part('terraform'), nodes.part('terraform')]).toEqual(
      names.map((name) => ({
        backend: { s3: s3(name) },
        required_providers: { aws: { source: 'aws', version: '6.25.0' } },
        required_version: '>= 1.5.7',
      })),
    );
  });

  it('lies in a file of its own beside the output folder when there is no bucket', () => {
    const { image, nodes } = synthesizeEnvironment(WITHOUT_BACKEND);
    expect([image.part('terraform'), nodes.part('terraform')]).toEqual(
      names.map((name) => ({
        backend: { local: { path: `../../../terraform.${name}.tfstate` } },
        required_providers: { aws: { source: 'aws', version: '6.25.0' } },
        required_version: '>= 1.5.7',
      })),
    );
    // Terraform runs in the folder of the stack.
    const stackFolder = join('project', 'cdktf.out', 'stacks', 'example-windows-image');
    expect(join(stackFolder, '..', '..', '..')).toBe('project');
  });

  it('lies in the Region of the bucket, whatever that of the cluster is', () => {
    const { image } = synthesizeEnvironment([
      'keyPrefix: windows/example, region: us-east-1',
      'keyPrefix: windows/example, region: eu-central-1',
    ]);
    expect(image.part('terraform')['backend']).toEqual({
      s3: { ...s3('example-windows-image'), region: 'eu-central-1', use_lockfile: true },
    });
    expect(image.part('provider')).toEqual({ aws: [{ region: 'us-east-1' }] });
  });
});

describe('the AWS provider of both stacks', () => {
  it('is that of the Region', () => {
    const { image, nodes } = synthesizeEnvironment();
    expect(image.part('provider')).toEqual({ aws: [{ region: 'us-east-1' }] });
    expect(nodes.part('provider')).toEqual({ aws: [{ region: 'us-east-1' }] });
  });

  it('has exactly the version that the bindings are made from', () => {
    const { image, nodes } = synthesizeEnvironment(WITHOUT_VERSION);
    const providers = { aws: { source: 'aws', version: '6.25.0' } };
    expect(image.part('terraform')['required_providers']).toEqual(providers);
    expect(nodes.part('terraform')['required_providers']).toEqual(providers);
  });

  it.each(['5.100.0', '~> 6.25', '>= 6.20, != 6.24.1, < 7.0'])(
    'has the version that the file names: %s',
    (version) => {
      const { image, nodes } = synthesizeEnvironment(['"6.25.0"', `"${version}"`]);
      const providers = { aws: { source: 'aws', version } };
      expect(image.part('terraform')['required_providers']).toEqual(providers);
      expect(nodes.part('terraform')['required_providers']).toEqual(providers);
    },
  );
});
