import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  type ComponentDocument,
  checkComponentDocument,
  checkContainerImage,
  containerImageCacheDocument,
  MAX_INLINE_DOCUMENT_CHARACTERS,
  renderComponentDocument,
} from '../../../modules/image-builder';
import { expectGolden } from '../../support/golden';
import { powerShellProblems } from '../../support/powershell';

const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const EAST = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
const WEST = '444455556666.dkr.ecr.us-west-2.amazonaws.com';

const MANY = [
  'mcr.microsoft.com/windows/servercore:ltsc2022',
  'mcr.microsoft.com/windows/nanoserver:ltsc2022',
  'mcr.microsoft.com/dotnet/framework/aspnet:4.8.1-windowsservercore-ltsc2022',
  'mcr.microsoft.com/dotnet/framework/runtime:4.8.1-windowsservercore-ltsc2022',
  'mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022',
  'mcr.microsoft.com/oss/kubernetes/pause:3.9',
  'grafana/promtail:3.1.0-windows',
  'localhost:5000/base:1',
  `${EAST}/shop/web:42`,
  `${EAST}/shop/worker:42`,
  `${WEST}/shared/agent@${DIGEST}`,
];

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['public-image', ['mcr.microsoft.com/windows/servercore:ltsc2022']],
  ['private-ecr-two-regions', [`${WEST}/shared/agent:7`, `${EAST}/shop/web:42`]],
  ['digest', [`mcr.microsoft.com/windows/nanoserver:ltsc2022@${DIGEST}`]],
  ['many-images', MANY],
];

/** All PowerShell of a document. */
const commandsOf = (document: ComponentDocument): string[] =>
  document.phases.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.action === 'ExecutePowerShell' ? step.inputs.commands : [])),
  );

/** Validation and test run the same script, which is parsed once. */
const problemsOf = async (document: ComponentDocument): Promise<string[]> =>
  (await Promise.all([...new Set(commandsOf(document))].map(powerShellProblems))).flat();

describe('containerImageCacheDocument', () => {
  it.each(CASES)('writes the document of %s', (name, images) => {
    const text = renderComponentDocument(containerImageCacheDocument({ images }));
    expectGolden(`component/container-image-cache-${name}.yaml`, text);
  });

  it.each(CASES)('writes only valid PowerShell for %s', async (_, images) => {
    const document = containerImageCacheDocument({ images });
    expect(commandsOf(document)).toHaveLength(3);
    expect(await problemsOf(document)).toEqual([]);
  });

  it.each(CASES)('writes a valid document for %s', (_, images) => {
    const document = containerImageCacheDocument({ images });
    expect(checkComponentDocument(['document'], document)).toEqual([]);
    expect(parse(renderComponentDocument(document))).toEqual({ ...document, schemaVersion: 1 });
  });

  it('pulls on the build instance, and verifies there and on a fresh instance', () => {
    const { phases } = containerImageCacheDocument({ images: ['nginx:1'] });
    const steps = phases.map(({ name, steps }) => [name, ...steps.map((step) => step.name)]);
    expect(steps).toEqual([
      ['build', 'PullContainerImages'],
      ['validate', 'VerifyContainerImages'],
      ['test', 'VerifyContainerImages'],
    ]);
  });

  it('uses the names that the kubelet looks for', () => {
    const images = ['nginx:1', `grafana/loki:3@${DIGEST}`];
    for (const command of commandsOf(containerImageCacheDocument({ images }))) {
      expect(command).toContain(
        `$images = @(\n  'docker.io/grafana/loki@${DIGEST}'\n  'docker.io/library/nginx:1'\n)\n`,
      );
    }
  });

  it('logs in to private Amazon ECR only, once a registry', () => {
    const [pull = '', ...verify] = commandsOf(containerImageCacheDocument({ images: MANY }));
    expect(pull).toContain(
      `$ecrRegions = @{\n  '${EAST}' = 'us-east-1'\n  '${WEST}' = 'us-west-2'\n}\n`,
    );
    for (const command of verify) expect(command).not.toContain('ecrRegions');
  });

  it('does not write the password anywhere', () => {
    const [pull = ''] = commandsOf(containerImageCacheDocument({ images: MANY }));
    const lines = pull.split('\n').filter((line) => /password/i.test(line));
    expect(lines.map((line) => line.trim())).toEqual([
      '$password = (Get-ECRLoginCommand -Region $region).Password',
      `$login = @('--user', "AWS:$password")`,
    ]);
  });

  it('checks the exit code of every call whose result counts', () => {
    const counted = /^\s*(?:\$\w+ = )?& ctr -n k8s\.io images (?:pull|label|ls "name)/;
    for (const command of commandsOf(containerImageCacheDocument({ images: MANY }))) {
      const lines = command.split('\n');
      const calls = lines.flatMap((line, index) => (counted.test(line) ? [index] : []));
      expect(calls.length).toBeGreaterThan(0);
      for (const call of calls) expect(lines[call + 1]).toContain('if ($LASTEXITCODE -ne 0)');
    }
  });

  it('is the same for the same images in another order', () => {
    const expected = renderComponentDocument(containerImageCacheDocument({ images: MANY }));
    fc.assert(
      fc.property(fc.shuffledSubarray(MANY, { minLength: MANY.length }), (images) => {
        expect(renderComponentDocument(containerImageCacheDocument({ images }))).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('leaves the list of the caller in its order', () => {
    const images = Object.freeze(['b:1', 'a:1']);
    containerImageCacheDocument({ images });
    expect(images).toEqual(['b:1', 'a:1']);
  });

  it('stays valid for any list of images', async () => {
    const host = fc.constantFrom('', 'localhost:5000/', 'r.io/', `${EAST}/`, `${WEST}/`);
    const unit = fc.constantFrom(...'ab09');
    const part = fc.string({ unit, minLength: 1, maxLength: 6 });
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((list) => list.join('/'));
    const end = fc.constantFrom(':1', ':v1.2_3-x', `@${DIGEST}`, `:1@${DIGEST}`);
    const image = fc.tuple(host, path, end).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(image, { maxLength: 3 }), async (images) => {
        expect(images.flatMap((one) => checkContainerImage([], one))).toEqual([]);
        const document = containerImageCacheDocument({ images });
        const text = renderComponentDocument(document);
        expect(text.length).toBeLessThan(MAX_INLINE_DOCUMENT_CHARACTERS);
        expect(parse(text)).toEqual({ ...document, schemaVersion: 1 });
        expect(await problemsOf(document)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('passes an image that only Terraform knows through Terraform, without a login', () => {
    const image = Fn.lower('R.IO/A:1');
    const [pull = ''] = commandsOf(containerImageCacheDocument({ images: [image] }));
    expect(pull).toMatch(/^\$images = @\(\n {2}'\$\{TfToken\[TOKEN\.\d+\]\}'\n\)$/m);
    expect(pull).toContain('$ecrRegions = @{\n}\n');
  });
});
