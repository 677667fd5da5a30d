import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { typesInUse } from '../../../terraform/kept-provider/types-in-use';

describe('typesInUse', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'types-in-use-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (file: string, content: unknown): void =>
    writeFileSync(join(folder, file), JSON.stringify(content));
  const types = (): string[] => [...typesInUse(folder)].sort();

  it('finds those of resources and data sources in every file of the configuration', () => {
    write('cdk.tf.json', { resource: { aws_a: {} }, data: { aws_b: {} }, output: { aws_x: {} } });
    write('more.tf.json', { resource: [{ aws_c: {} }, { aws_d: {} }], ephemeral: { aws_e: {} } });
    expect(types()).toEqual(['aws_a', 'aws_b', 'aws_c', 'aws_d', 'aws_e']);
  });

  it('finds those of the state, which the configuration may have no more', () => {
    write('cdk.tf.json', {});
    write('terraform.tfstate', { resources: [{ type: 'aws_gone', name: 'a', instances: [] }] });
    expect(types()).toEqual(['aws_gone']);
  });

  it('looks for the state where the backend has it', () => {
    write('cdk.tf.json', { terraform: [{ backend: { local: { path: 'own.state' } } }] });
    write('terraform.tfstate', { resources: [{ type: 'aws_other' }] });
    write('own.state', { resources: [{ type: 'aws_own' }] });
    expect(types()).toEqual(['aws_own']);
  });

  it('finds none where there is nothing yet', () => {
    write('cdk.tf.json', { terraform: { backend: { local: {} } } });
    expect(types()).toEqual([]);
  });

  it.each([
    ['main.tf in HCL', 'main.tf', {}],
    ['modules', 'cdk.tf.json', { module: { vpc: { source: './vpc' } } }],
    ['a state in s3', 'cdk.tf.json', { terraform: { backend: { s3: { bucket: 'b' } } } }],
  ])('refuses what may use types that it cannot see: %s', (what, file, content) => {
    write(file, content);
    expect(types).toThrow(
      `the types of resources cannot be seen in ${what}; run this stack without a kept provider`,
    );
  });
});
