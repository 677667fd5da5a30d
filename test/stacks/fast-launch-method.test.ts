import { describe, expect, it } from '@jest/globals';
import type { Change } from '../app/full-environment';
import { expectGolden } from '../support/golden';
import type { Template } from '../support/template';
import { synthesizeEnvironment, WITHOUT_FAST_LAUNCH } from './synthesized-environment';

const FAST_LAUNCH = WITHOUT_FAST_LAUNCH[0];

const withKeys = (keys: string): Change => [FAST_LAUNCH, `fastLaunch: { ${keys} }\n`];

/** The Fast Launch of each target, by its Region. */
function fastLaunchOf(image: Template): Record<string, unknown> {
  const distributions = image.resource('aws_imagebuilder_distribution_configuration')[
    'distribution'
  ] as { region: string; fast_launch_configuration?: unknown }[];
  return Object.fromEntries(
    distributions.map((one) => [one.region, one.fast_launch_configuration] as const),
  );
}

describe('fastLaunch.method', () => {
  it.each(['none', 'distribution'])('%s leaves no local-exec in either stack', (method) => {
    const { texts } = synthesizeEnvironment(withKeys(`method: ${method}`));
    for (const text of texts) expect(text).not.toContain('local-exec');
  });

  it('none makes nothing for Fast Launch', () => {
    const { nodes, image } = synthesizeEnvironment(withKeys('method: none'));
    const without = synthesizeEnvironment(WITHOUT_FAST_LAUNCH);
    expect(nodes.addresses()).toEqual(without.nodes.addresses());
    expect(fastLaunchOf(image)).toEqual({ 'us-east-1': undefined });
  });

  it('keeps the step of a retention that is asked for', () => {
    const { texts } = synthesizeEnvironment(withKeys('method: none'), [
      '  buildOnApply: true\n',
      '  buildOnApply: true\n  retention: { older: deprecate }\n',
    ]);
    expect(texts[0]).toContain('local-exec');
    expect(texts[1]).not.toContain('local-exec');
  });

  it('distribution lets Image Builder switch it on, with a launch template of its own', () => {
    const { image, nodes } = synthesizeEnvironment(
      withKeys(
        'method: distribution, targetResourceCount: 3, maxParallelLaunches: 7, subnetId: subnet-0123456789abcdef0',
      ),
    );
    const [name = ''] = Object.keys(image.resources('aws_launch_template'));
    expect(image.resource('aws_launch_template')).toMatchObject({
      name: 'example-windows-fast-launch',
      network_interfaces: [{ subnet_id: 'subnet-0123456789abcdef0' }],
    });
    const [identity = ''] = Object.keys(image.dataSources('aws_caller_identity'));
    expect(fastLaunchOf(image)['us-east-1']).toEqual([
      {
        account_id: `\${data.aws_caller_identity.${identity}.account_id}`,
        enabled: true,
        launch_template: {
          launch_template_id: `\${aws_launch_template.${name}.id}`,
          launch_template_version: `\${aws_launch_template.${name}.latest_version}`,
        },
        max_parallel_launches: 7,
        snapshot_configuration: { target_resource_count: 3 },
      },
    ]);
    expect(nodes.resources('terraform_data')).toEqual({});
  });

  it('distribution adds to the target of the Region, and leaves the others alone', () => {
    const { image } = synthesizeEnvironment(withKeys('method: distribution'), [
      '  buildOnApply: true\n',
      '  buildOnApply: true\n  distribution: { targets: [{ region: eu-west-1 }, { region: us-east-1, amiTags: { stage: prod } }] }\n',
    ]);
    expect(fastLaunchOf(image)).toEqual({
      'us-east-1': [expect.objectContaining({ enabled: true })],
      'eu-west-1': undefined,
    });
  });

  it.each(['local-exec', 'distribution'])('%s keeps the name of the AMIs', (method) => {
    const { image } = synthesizeEnvironment(withKeys(`method: ${method}`), [
      '  buildOnApply: true\n',
      '  buildOnApply: true\n  distribution: { amiName: "web-{{ imagebuilder:buildDate }}" }\n',
    ]);
    const { distribution } = image.resource('aws_imagebuilder_distribution_configuration');
    expect(JSON.stringify(distribution)).toContain('"name":"web-{{ imagebuilder:buildDate }}"');
  });

  it('distribution makes the grant of a KMS key beside it', () => {
    const { image } = synthesizeEnvironment(
      withKeys(
        'method: distribution, keyGrant: { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1" }',
      ),
    );
    expect(image.resource('aws_kms_grant')['key_id']).toBe(
      'arn:aws:kms:us-east-1:111122223333:key/1',
    );
  });
});

describe('provider', () => {
  const provider: Change = [
    'provider: { version: "6.25.0" }',
    'provider: { profile: acme, assumeRole: { roleArn: "arn:aws:iam::111122223333:role/deploy", externalId: acme-42 } }',
  ];

  it('has its profile and role in both stacks', () => {
    const { image, nodes } = synthesizeEnvironment(provider);
    for (const stack of [image, nodes]) {
      expect(stack.part('provider')['aws']).toEqual([
        {
          region: 'us-east-1',
          profile: 'acme',
          assume_role: [
            { role_arn: 'arn:aws:iam::111122223333:role/deploy', external_id: 'acme-42' },
          ],
        },
      ]);
    }
  });

  it('hands them to every step that calls the AWS CLI', () => {
    const { image, nodes } = synthesizeEnvironment(provider);
    const steps = [image, nodes].flatMap((stack) =>
      Object.values(stack.resources('terraform_data')).flatMap(
        ({ provisioner = [] }) => provisioner as { 'local-exec': { environment: object } }[],
      ),
    );
    expect(steps.length).toBe(4);
    for (const step of steps) {
      expect(step['local-exec'].environment).toMatchObject({
        PROVIDER_PROFILE: 'acme',
        ASSUME_ROLE_ARN: 'arn:aws:iam::111122223333:role/deploy',
        ASSUME_ROLE_EXTERNAL_ID: 'acme-42',
      });
    }
  });

  it('leaves the version that the bindings were made from, when only credentials are named', () => {
    const { nodes } = synthesizeEnvironment(provider);
    expect(nodes.part('terraform')['required_providers']).toEqual({
      aws: { source: 'aws', version: '6.25.0' },
    });
  });
});

describe('the policy of the runner', () => {
  it('lies beside the stack, for the AMIs of this image', () => {
    const { nodesReview } = synthesizeEnvironment();
    expectGolden(
      'policy/example-fast-launch-runner.json',
      nodesReview['fast-launch-runner-policy.json'] ?? '',
    );
  });

  it('is not there without steps', () => {
    const { nodesReview } = synthesizeEnvironment(withKeys('method: none'));
    expect(Object.keys(nodesReview)).not.toContain('fast-launch-runner-policy.json');
  });
});
