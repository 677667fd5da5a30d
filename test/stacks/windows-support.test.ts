import { describe, expect, it } from '@jest/globals';
import { type Change, problemsOf, withChanges } from '../app/full-environment';
import { synthesizeEnvironment, WITHOUT_FAST_LAUNCH } from './synthesized-environment';

const support = (text: string): Change => [
  'kubernetesVersion: "1.35" }',
  `kubernetesVersion: "1.35", windowsSupport: ${text} }`,
];

/** The messages of the conditions on the launch of a group. */
function messages(...changes: readonly Change[]): string[] {
  const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, ...changes);
  const { precondition } = nodes.resource('aws_launch_template')['lifecycle'] as {
    precondition: { error_message: string }[];
  };
  return precondition.map((one) => one.error_message);
}

describe('Windows support of the cluster of an environment', () => {
  it('is not looked at by default, so that a self-managed CNI stops no plan', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH);
    expect(nodes.dataSources('aws_eks_addon')).toEqual({});
    expect(nodes.resources('aws_eks_addon')).toEqual({});
  });

  it('is checked before a launch when asked to', () => {
    expect(messages(support('{ mode: check }'))).toContainEqual(
      expect.stringContaining('does not have enableWindowsIpam true'),
    );
  });

  it('is made before a launch when asked to', () => {
    const { nodes } = synthesizeEnvironment(
      WITHOUT_FAST_LAUNCH,
      support('{ mode: manage, vpcCni: { prefixDelegation: true }, addonVersion: v1.20.4 }'),
    );
    expect(nodes.resource('aws_eks_addon')).toMatchObject({
      addon_version: 'v1.20.4',
      configuration_values: '{"enableWindowsIpam":"true","enableWindowsPrefixDelegation":"true"}',
    });
    expect(nodes.resource('aws_launch_template')['depends_on']).toContainEqual(
      expect.stringMatching(/^aws_eks_addon\./),
    );
  });

  it('writes all else of the configuration as the file has it, also what Terraform would read', () => {
    const configuration =
      '{ env: { LEVEL: "${x}", LIST: [1, true] }, enableNetworkPolicy: "true" }';
    const { nodes } = synthesizeEnvironment(
      WITHOUT_FAST_LAUNCH,
      support(`{ mode: manage, configuration: ${configuration} }`),
    );
    expect(nodes.resource('aws_eks_addon')['configuration_values']).toBe(
      '{"enableNetworkPolicy":"true","enableWindowsIpam":"true","env":{"LEVEL":"$${x}","LIST":[1,true]}}',
    );
  });

  it.each([
    ['addonVersion: v1.20.4, mode: check', 'addonVersion` vpc-cni-in-check-mode: "v1.20.4"'],
    ['mode: check, configuration: { a: b }', 'configuration` vpc-cni-in-check-mode: {"a":"b"}'],
    [
      'mode: manage, configuration: { enableWindowsIpam: "false" }',
      'configuration.enableWindowsIpam` vpc-cni-key-twice: "false"',
    ],
    [
      'mode: manage, configuration: { env: { A: [.inf] } }',
      'configuration.env.A[0]` data-number: Infinity',
    ],
    [
      'mode: manage, configuration: { env: { A: ~ } }',
      'configuration.env.A` data-without-value: null',
    ],
    [
      'mode: manage, configuration: { env: { A: "${TfToken[TOKEN.0]}" } }',
      'configuration.env.A` place-holder: "${TfToken[TOKEN.0]}"',
    ],
    [
      'mode: manage, configuration: { "${TfToken[TOKEN.0]}": a }',
      'configuration["${TfToken[TOKEN.0]}"]` place-holder: "${TfToken[TOKEN.0]}"',
    ],
  ])('takes no configuration that cannot be written as it is: %s', (settings, expected) => {
    const found = problemsOf(withChanges(support(`{ ${settings} }`)));
    expect(found.map((line) => line.replace(/^e\.yaml:\d+:\d+ {2}/, ''))).toEqual([
      `\`cluster.windowsSupport.${expected}`,
    ]);
  });

  it('is refused with the place in the file', () => {
    expect(
      problemsOf(withChanges(support('{ mode: manage, vpcCni: { warmPrefixTarget: 1 } }'))),
    ).toEqual([
      expect.stringMatching(
        /^e\.yaml:\d+:\d+ {2}`cluster\.windowsSupport\.vpcCni\.warmPrefixTarget` vpc-cni-targets: 1$/,
      ),
    ]);
  });
});
