import { afterEach, expect, it } from '@jest/globals';
import { ExampleDeployment, type ExampleDeploymentOptions } from '../emulator/example-deployment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 180_000;

/** Terraform wraps and frames its messages; as one line they can be compared. */
function oneLine(text: string): string {
  return text.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
}

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'what stops a plan of the nodes',
  () => {
    let deployment: ExampleDeployment;
    afterEach(() => deployment.stop(), LIMIT_MS);

    /** Plans the nodes of the edited example; returns what Terraform says against it. */
    const refusal = async (
      edit: (yaml: string, deployment: ExampleDeployment) => string,
      options: ExampleDeploymentOptions = {},
    ): Promise<string> => {
      deployment = await ExampleDeployment.start(options);
      deployment.synthesize((yaml) => edit(yaml, deployment));
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
        const text = await refusal((yaml, { aws }) => ownAmi(windowsAmi(aws))(yaml), {
          seed: { kubernetesVersion: '1.33' },
        });
        expect(text).toContain(
          'Cluster example runs Kubernetes 1.33, but the AMI is for 1.35: a kubelet may be up to 3 minor versions older than its cluster, and never newer. Set cluster.kubernetesVersion to 1.33, or upgrade the cluster first.',
        );
      },
      LIMIT_MS,
    );

    it(
      'a cluster that does not read access entries',
      async () => {
        const text = await refusal((yaml, { aws }) => ownAmi(windowsAmi(aws))(yaml), {
          seed: { authenticationMode: 'CONFIG_MAP' },
        });
        expect(text).toContain('Cluster example has authentication mode CONFIG_MAP');
        expect(text).toContain('authenticationMode=API_AND_CONFIG_MAP');
      },
      LIMIT_MS,
    );

    it(
      'an AMI that is not Windows',
      async () => {
        const text = await refusal((yaml, { aws }) => {
          const ami = aws.seedImage({ name: 'own-linux', platform: 'linux' });
          return ownAmi(ami)(yaml);
        });
        expect(text).toContain('is not a Windows AMI. Name one in nodes.ami');
      },
      LIMIT_MS,
    );

    it(
      'Fast Launch for an AMI of Amazon',
      async () => {
        const text = await refusal((yaml, { seeded }) => ownAmi(seeded.baseImageId)(yaml));
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
