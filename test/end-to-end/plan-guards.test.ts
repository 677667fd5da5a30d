import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { ExampleDeployment, type ExampleDeploymentOptions } from '../support/example-deployment';
import { oneLine } from '../support/one-line';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;
const VERSION_TAG = 'cdktf-eks-windows-ami:kubernetes-version';
const BUILD_TAG = 'cdktf-eks-windows-ami:windows-build';

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'what stops a plan of the nodes',
  () => {
    let usual: ExampleDeployment;
    let other: ExampleDeployment | undefined;
    beforeAll(async () => {
      usual = await ExampleDeployment.start({ keepProvider: true });
    }, LIMIT_MS);
    afterEach(async () => {
      await other?.stop();
      other = undefined;
    }, LIMIT_MS);
    afterAll(() => usual.stop(), LIMIT_MS);

    /** With another cluster. */
    const startOther = async (
      seed: NonNullable<ExampleDeploymentOptions['seed']>,
    ): Promise<ExampleDeployment> => {
      other = await ExampleDeployment.start({ keepProvider: true, seed });
      return other;
    };

    /** Plans the nodes of the edited example; returns what Terraform says against it. */
    const refusal = async (edit: (yaml: string) => string, deployment = usual): Promise<string> => {
      deployment.synthesize(edit);
      await deployment.nodes.init();
      const { status, stderr } = await deployment.nodes.tryPlan();
      expect(status).toBe(1);
      return oneLine(stderr);
    };

    const ownAmi = (ami: string) => (yaml: string) =>
      yaml.replace('ami: built', `ami: { imageId: ${ami} }`);

    const windowsAmi = (aws: ExampleDeployment['aws']): string =>
      aws.seedImage({ name: 'own-windows', platform: 'windows' });

    it(
      'a cluster that is older than the Kubernetes version asked for',
      async () => {
        const deployment = await startOther({ kubernetesVersion: '1.33' });
        const text = await refusal(ownAmi(windowsAmi(deployment.aws)), deployment);
        expect(text).toContain(
          'Cluster example runs Kubernetes 1.33, but the AMI is for 1.35: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Set cluster.kubernetesVersion to 1.33, or upgrade the cluster first.',
        );
      },
      LIMIT_MS,
    );

    it(
      'a cluster that does not read access entries',
      async () => {
        const deployment = await startOther({ authenticationMode: 'CONFIG_MAP' });
        const text = await refusal(ownAmi(windowsAmi(deployment.aws)), deployment);
        expect(text).toContain('Cluster example has authentication mode CONFIG_MAP');
        expect(text).toContain('authenticationMode=API_AND_CONFIG_MAP');
      },
      LIMIT_MS,
    );

    it(
      'an AMI that is not Windows',
      async () => {
        const ami = usual.aws.seedImage({ name: 'own-linux', platform: 'linux' });
        const text = await refusal(ownAmi(ami));
        expect(text).toContain('is not a Windows AMI. Name one in nodes.ami');
      },
      LIMIT_MS,
    );

    it(
      'an AMI that is tagged with a newer Kubernetes than that of the cluster',
      async () => {
        const tags = { [VERSION_TAG]: '1.36' };
        const text = await refusal(ownAmi(usual.aws.seedImage({ name: 'newer', tags })));
        expect(text).toContain(
          `Cluster example runs Kubernetes 1.35, but the tag ${VERSION_TAG} of ami-`,
        );
        expect(text).toContain(
          ' is none of 1.32, 1.33, 1.34, 1.35: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Name another AMI in nodes.ami, or upgrade the cluster first.',
        );
      },
      LIMIT_MS,
    );

    it(
      'an AMI that is tagged with another Windows Server',
      async () => {
        const tags = { [BUILD_TAG]: '10.0.26100' };
        const text = await refusal(ownAmi(usual.aws.seedImage({ name: 'windows-2025', tags })));
        expect(text).toContain(
          ' is not 10.0.20348, the build of Windows Server 2022. Name another AMI in nodes.ami, or set windows.server to the release of this one.',
        );
      },
      LIMIT_MS,
    );

    it(
      'an AMI of another account, until that is named; not one whose own tag says that it fits',
      async () => {
        const ownerId = '444455556666';
        const deployment = await startOther({ kubernetesVersion: '1.34' });
        const { aws, nodes } = deployment;
        const shared = aws.seedImage({ name: 'shared', ownerId });
        const text = await refusal(ownAmi(shared), deployment);
        expect(text).toContain(`${shared} is not among the AMIs of self, amazon, aws-marketplace`);

        const planWith = async (ami: string) => {
          deployment.synthesize((yaml) =>
            yaml.replace('ami: built', `ami: ${ami}`).replace(/^fastLaunch: .*$/m, ''),
          );
          return oneLine((await nodes.tryPlan()).stderr);
        };
        // The cluster is older than what the file asks for, and only the tag knows better.
        const named = await planWith(`{ imageId: ${shared}, owner: "${ownerId}" }`);
        expect(named).not.toContain('is not among the AMIs');
        expect(named).toContain('but the AMI is for 1.35');
        const tags = { [VERSION_TAG]: '1.33', [BUILD_TAG]: '10.0.20348' };
        const older = aws.seedImage({ name: 'older', tags });
        expect(await planWith(`{ imageId: ${older} }`)).toBe('');
        const strict = await planWith(`{ imageId: ${older} }\n  allowedKubeletSkew: 0`);
        expect(strict).toContain('is none of 1.34: a kubelet may be as new as its cluster');
      },
      LIMIT_MS,
    );

    it(
      'Fast Launch for an AMI of Amazon',
      async () => {
        const text = await refusal(ownAmi(usual.seeded.baseImageId));
        expect(text).toContain(
          'belongs to Amazon, and Fast Launch works for AMIs of your own only. Build one from it (nodes.ami: built), or remove fastLaunch.',
        );
      },
      LIMIT_MS,
    );

    it(
      'a built AMI that no build has made yet',
      async () => {
        const text = await refusal((yaml) => yaml);
        expect(text).toContain('reading SSM Parameter (/imagebuilder/example-windows/ami-id)');
      },
      LIMIT_MS,
    );
  },
);
