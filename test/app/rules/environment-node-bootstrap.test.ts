import { describe, expect, it } from '@jest/globals';
import { nodeBootstrapFields } from '../../../environment/schema/nodes/node-bootstrap-schema';
import { parseComponentFile } from '../../../modules/image-builder';
import { synthesizeEnvironment } from '../../stacks/synthesized-environment';
import { readMarkdown } from '../../support/markdown';
import { powerShellProblems } from '../../support/powershell';
import { repositoryText } from '../../support/repository';
import { type Change, problemsOf, withChanges } from '../full-environment';

/** Adds keys to the group, the first of them on line 27. */
const withKeys = (...keys: readonly string[]): Change => [
  '      maxSize: 5\n',
  `      maxSize: 5\n${keys.map((key) => `      ${key}\n`).join('')}`,
];

const userData = (...keys: readonly string[]): string =>
  Object.values(synthesizeEnvironment(withKeys(...keys)).nodes.part('locals')).join('');

describe('the bootstrap of a group in an environment file', () => {
  it.each([
    ['maxPods: 60', '--max-pods=60'],
    ['kubeReserved: { memory: 1Gi, cpu: "1" }', '--kube-reserved=cpu=1,memory=1Gi'],
    ['systemReserved: { ephemeral-storage: 5Gi }', '--system-reserved=ephemeral-storage=5Gi'],
    ['evictionHard: { memory.available: 5% }', '--eviction-hard=memory.available<5%'],
    ['kubeProxyArguments: { v: "2" }', "KubeProxyExtraArgs = '--v=2'"],
    ['dnsClusterIp: 10.100.0.53', "DNSClusterIP = '10.100.0.53'"],
    ['proxy: { httpsProxy: "http://proxy:3128" }', "HTTPS_PROXY = 'http://proxy:3128'"],
    ['preBootstrapScript: "Write-Output ${env:TEMP}"', '\nWrite-Output $${env:TEMP}\n'],
    ['postBootstrapScript: Write-Output joined', '\nWrite-Output joined\n'],
    ['failedBootstrap: replace', "AutoScalingGroupName = 'example-windows-nodes-apps'"],
  ])('reaches the user data: %s', (key, expected) => {
    expect(userData(key)).toContain(expected);
  });

  it('gives the group a hook that nodes may answer, for the groups that want one', () => {
    const { nodes } = synthesizeEnvironment(
      withKeys('failedBootstrap: replace', 'bootstrapTimeoutSeconds: 900'),
    );
    expect(nodes.resource('aws_autoscaling_lifecycle_hook')['heartbeat_timeout']).toBe(900);
    const { policy, name } = nodes.resource('aws_iam_role_policy');
    expect(name).toBe('answer-bootstrap-hooks');
    expect(JSON.parse(String(policy)).Statement).toEqual([
      {
        Sid: 'CompleteBootstrapHook',
        Effect: 'Allow',
        Action: 'autoscaling:CompleteLifecycleAction',
        Resource: [
          expect.stringMatching(
            /^arn:aws:autoscaling:us-east-1:\$\{data\.aws_caller_identity\.CallerIdentity.*\.account_id\}:autoScalingGroup:\*:autoScalingGroupName\/example-windows-nodes-apps$/,
          ),
        ],
      },
    ]);
    const [policyName] = Object.keys(nodes.resources('aws_iam_role_policy'));
    expect(nodes.resource('aws_autoscaling_group')).toHaveProperty('initial_lifecycle_hook');
    expect(JSON.stringify(Object.values(nodes.resources('aws_launch_template')))).toContain(
      `aws_iam_role_policy.${policyName}`,
    );
  });

  it('makes no hook, policy or look-up of the account without it', () => {
    const { nodes } = synthesizeEnvironment(withKeys('failedBootstrap: keep'));
    expect(nodes.counts()).toEqual(synthesizeEnvironment().nodes.counts());
    expect(nodes.dataSources('aws_caller_identity')).toEqual(
      synthesizeEnvironment().nodes.dataSources('aws_caller_identity'),
    );
  });

  it.each<readonly [string, readonly string[]]>([
    ['maxPods: 251', ['27:16  `GROUP.maxPods` must be an integer between 1 and 250, got: 251']],
    [
      'kubeReserved: { cpu: 1 }',
      ['27:28  `GROUP.kubeReserved.cpu` must be text, got: 1; put it in quotes: "1"'],
    ],
    [
      'kubeReserved: { storage: 1Gi }',
      [
        '27:23  `GROUP.kubeReserved.storage` must be a known key, got: "storage"; the keys here are cpu, memory, ephemeral-storage',
      ],
    ],
    [
      'evictionHard: { memory.available: 101% }',
      [
        '27:41  `GROUP.evictionHard["memory.available"]` must be an amount of bytes such as 500Mi, or a part such as 10%, more than 0 and less than 100%, got: "101%"',
      ],
    ],
    [
      'kubeletArguments: { max-pods: "60" }',
      [
        '27:27  `GROUP.kubeletArguments["max-pods"]` must be a flag without an input of its own, got: "max-pods"; use `maxPods`',
      ],
    ],
    [
      'dnsClusterIp: 10.100.0.256',
      [
        '27:21  `GROUP.dnsClusterIp` must be an IPv4 address such as 10.100.0.10, got: "10.100.0.256"',
      ],
    ],
    [
      'proxy: { noProxy: [a, a] }',
      [
        '27:14  `GROUP.proxy` must have at least one of httpProxy and httpsProxy, got: nothing',
        '27:29  `GROUP.proxy.noProxy[1]` must be named once, got: "a"; remove the repetition',
      ],
    ],
    [
      'proxy: { httpProxy: "http://me:secret@proxy" }',
      [
        '27:27  `GROUP.proxy.httpProxy` must have no user name and no password, which everybody on a node could read, got: "a URL with @"; let the proxy tell nodes by their addresses',
      ],
    ],
    [
      'preBootstrapScript: "</script>"',
      [
        "27:27  `GROUP.preBootstrapScript` must have no tag of the launch agents of EC2, which would end the user data, got: \"</script>\"; write a text with it in two parts, such as '<' + 'script>'",
      ],
    ],
    [
      'preBootstrapScript: 5',
      [
        '27:27  `GROUP.preBootstrapScript` must be the text of a PowerShell script, or { file: scripts/node.ps1 }, got: 5',
      ],
    ],
    [
      'postBootstrapScript: { file: /node.ps1 }',
      [
        '27:36  `GROUP.postBootstrapScript.file` must be the path of a PowerShell script such as scripts/node.ps1, beginning at the folder of this file, got: "/node.ps1"',
      ],
    ],
    [
      'preBootstrapScript: "${TfToken[TOKEN.1]}"',
      [
        '27:27  `GROUP.preBootstrapScript` must be a plain value, not a place-holder of CDKTF, got: "${TfToken[TOKEN.1]}"',
      ],
    ],
    [
      'trustedCertificates: [x, { file: a.txt }]',
      [
        '27:29  `GROUP.trustedCertificates[0]` must be certificates in PEM form, -----BEGIN CERTIFICATE----- and so on, got: "1 characters without one"',
        '27:40  `GROUP.trustedCertificates[1].file` must be the path of a PEM file such as certificates/ca.pem, beginning at the folder of this file, got: "a.txt"',
      ],
    ],
    [
      'trustedCertificates: [{ file: a.pem }, { file: a.pem }]',
      [
        '27:54  `GROUP.trustedCertificates[1].file` must be named once, got: "a.pem"; remove the repetition',
      ],
    ],
    [
      'failedBootstrap: repair',
      ['27:24  `GROUP.failedBootstrap` must be one of "keep", "replace", got: "repair"'],
    ],
    [
      'bootstrapTimeoutSeconds: 900',
      [
        '27:32  `GROUP.bootstrapTimeoutSeconds` must be left out without `failedBootstrap: replace`, got: 900',
      ],
    ],
  ])('is checked with its place in the file: %s', (key, problems) => {
    expect(problemsOf(withChanges(withKeys(key)))).toEqual(
      problems.map((one) => `e.yaml:${one.replaceAll('GROUP', 'nodes.groups[0]')}`),
    );
  });
});

describe('docs/node-bootstrap.md', () => {
  const document = repositoryText('docs/node-bootstrap.md');
  const blocks = (wanted: string): readonly string[] =>
    readMarkdown(document)
      .codeBlocks.filter(({ language }) => language === wanted)
      .map(({ text }) => text);

  it('has every key in its table', () => {
    const table = document.split('\n').filter((line) => line.startsWith('| `'));
    const missing = Object.keys(nodeBootstrapFields).filter(
      (key) => !table.some((line) => line.split('|')[1]?.includes(`\`${key}\``)),
    );
    expect(missing).toEqual([]);
  });

  it('has examples that the app takes', async () => {
    const [keys = '', component = '', ...others] = blocks('yaml');
    expect(others).toEqual([]);
    expect(problemsOf(withChanges(withKeys(...keys.trimEnd().split('\n'))))).toEqual([]);
    expect(parseComponentFile(component)).toHaveProperty('document');
    for (const script of blocks('powershell')) {
      expect(await powerShellProblems(script)).toEqual([]);
    }
  });
});
