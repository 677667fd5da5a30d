import type { ComponentDocument, ContainerImageCache } from '../../../../modules/image-builder';
import { containerImageCacheDocuments } from '../../../../modules/image-builder/image-cache/container-image-cache';
import { powerShellProblems } from '../../../support/powershell';

export const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
export const EAST = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
export const WEST = '444455556666.dkr.ecr.us-west-2.amazonaws.com';
export const SECRETS = 'arn:aws:secretsmanager:us-east-1:111122223333:secret';

const MANY = Array.from(
  { length: 150 },
  (_, index) => `mcr.microsoft.com/shop/service-${index}:42`,
);

export const CASES: Readonly<Record<string, ContainerImageCache>> = {
  'public-image': { images: ['mcr.microsoft.com/windows/servercore:ltsc2022'] },
  'several-builds-in-one-tag': { images: ['mcr.microsoft.com/oss/kubernetes/pause:3.9'] },
  digest: { images: [`mcr.microsoft.com/windows/nanoserver:ltsc2022@${DIGEST}`] },
  'private-ecr-two-regions': { images: [`${WEST}/shared/agent:7`, `${EAST}/shop/web:42`] },
  'ecr-pull-through': {
    images: [
      `${EAST}/docker-hub/library/golang:1.25-windowsservercore-ltsc2022`,
      `${EAST}/ecr-public/eks/aws-load-balancer-controller:v2`,
      'public.ecr.aws/eks-distro/kubernetes/pause:3.9',
    ],
  },
  'docker-hub-with-login': {
    images: ['grafana/promtail:3.1.0-windows', 'golang:1.25-nanoserver-ltsc2022'],
    registryCredentials: { 'docker.io': `${SECRETS}:docker-hub-AbCdEf` },
  },
  'secret-registries': {
    images: ['registry.example.com:5000/team/app:1', 'ghcr.io/example/tool:2'],
    registryCredentials: {
      'registry.example.com:5000': `${SECRETS}:registries/example-AbCdEf`,
      'ghcr.io':
        'arn:aws:secretsmanager:eu-central-1:444455556666:secret:ecr-pullthroughcache/ghcr-a1B2c3',
    },
  },
  'china-and-govcloud': {
    images: [
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1',
      '111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/app:1',
      '111122223333.dkr.ecr-fips.us-gov-east-1.amazonaws.com/app:1',
      '111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu/app:1',
    ],
  },
  'dual-stack-ecr': {
    images: [
      '111122223333.dkr-ecr.us-east-1.on.aws/app:1',
      '111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/app:1',
    ],
  },
  'awkward-names': {
    images: [
      'localhost:5000/base:_x',
      '10.0.0.1/a__b/c--d/e.f/g_h:1',
      'Registry.Example.COM/app:V1.2_3-x',
      `r.io/${'x'.repeat(100)}:${'y'.repeat(128)}`,
    ],
  },
  'larger-reserve': { images: ['r.io/app:1'], minimumFreeGiB: 250 },
  everything: {
    images: [
      'mcr.microsoft.com/windows/servercore:ltsc2022',
      `${EAST}/shop/web:42`,
      `${WEST}/shared/agent@${DIGEST}`,
      'ghcr.io/example/tool:2',
    ],
    windowsServer: '2022',
    registryCredentials: { 'ghcr.io': `${SECRETS}:ghcr-AbCdEf` },
    minimumFreeGiB: 20,
  },
  'many-images': { images: MANY },
};
export const NAMES = Object.keys(CASES);

export const documentsOf = (name: string): readonly ComponentDocument[] =>
  containerImageCacheDocuments(CASES[name] ?? { images: [] });

export const commandsIn = (document: ComponentDocument, phase?: string): string[] =>
  document.phases
    .filter(({ name }) => phase === undefined || name === phase)
    .flatMap(({ steps }) =>
      steps.flatMap((step) =>
        step.action === 'ExecutePowerShell' ? (step.inputs.commands ?? []) : [],
      ),
    );

/** The pull of the first document. */
export const pullOf = (cache: ContainerImageCache): string => {
  const [document] = containerImageCacheDocuments(cache);
  return document === undefined ? '' : (commandsIn(document, 'build')[0] ?? '');
};

/** The script that a pull writes to a file. */
const fileIn = (command: string): string[] => {
  const [, file] =
    /^\[System\.IO\.File\]::WriteAllText\(\$path, @'\n([\s\S]*?\n)'@\)$/m.exec(command) ?? [];
  return file === undefined ? [] : [file];
};

/** Validation and test run the same script, which is parsed once. */
export const problemsOf = async (document: ComponentDocument): Promise<string[]> => {
  const commands = [...new Set(commandsIn(document))];
  const scripts = [...commands, ...commands.flatMap(fileIn)];
  return (await Promise.all(scripts.map(powerShellProblems))).flat();
};

/** The images of a document. */
export const imagesIn = (document: ComponentDocument): string[] =>
  commandsIn(document, 'build')
    .flatMap(fileIn)
    .map((file) => /^\$images = @\(\n([^)]*)\n\)$/m.exec(file)?.[1] ?? '')
    .flatMap((list) => list.split('\n').map((line) => line.trim().slice(1, -1)));
