import { describe, expect, it } from '@jest/globals';
import { nodeBootstrapFields } from '../../../environment/schema/nodes/node-bootstrap-schema';
import { parseComponentFile } from '../../../modules/image-builder';
import { synthesizeEnvironment } from '../../stacks/synthesized-environment';
import { readMarkdown } from '../../support/markdown';
import { powerShellProblems } from '../../support/powershell';
import { repositoryText } from '../../support/repository';
import { type Change, printedProblemsOf, problemsOf, withChanges } from '../full-environment';

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
    ['maxPods: 251', ['27:16  `GROUP.maxPods` integer-range: 251']],
    ['kubeReserved: { cpu: 1 }', ['27:28  `GROUP.kubeReserved.cpu` wrong-type: 1']],
    [
      'kubeReserved: { storage: 1Gi }',
      ['27:23  `GROUP.kubeReserved.storage` unknown-key: "storage"'],
    ],
    [
      'evictionHard: { memory.available: 101% }',
      ['27:41  `GROUP.evictionHard["memory.available"]` eviction-threshold: "101%"'],
    ],
    [
      'kubeletArguments: { max-pods: "60" }',
      ['27:27  `GROUP.kubeletArguments["max-pods"]` kubelet-flag-of-an-input: "max-pods"'],
    ],
    ['dnsClusterIp: 10.100.0.256', ['27:21  `GROUP.dnsClusterIp` ipv4-address: "10.100.0.256"']],
    [
      'proxy: { noProxy: [a, a] }',
      [
        '27:14  `GROUP.proxy` proxy-without-url: nothing',
        '27:29  `GROUP.proxy.noProxy[1]` unique: "a"',
      ],
    ],
    [
      'proxy: { httpProxy: "http://me:secret@proxy" }',
      ['27:27  `GROUP.proxy.httpProxy` proxy-url-with-password: "a URL with @"'],
    ],
    [
      'preBootstrapScript: "</script>"',
      ['27:27  `GROUP.preBootstrapScript` script-agent-tag: "</script>"'],
    ],
    ['preBootstrapScript: 5', ['27:27  `GROUP.preBootstrapScript` alternative: 5']],
    [
      'postBootstrapScript: { file: /node.ps1 }',
      ['27:36  `GROUP.postBootstrapScript.file` script-file: "/node.ps1"'],
    ],
    [
      'preBootstrapScript: "${TfToken[TOKEN.1]}"',
      ['27:27  `GROUP.preBootstrapScript` place-holder: "${TfToken[TOKEN.1]}"'],
    ],
    [
      'trustedCertificates: [x, { file: a.txt }]',
      [
        '27:29  `GROUP.trustedCertificates[0]` certificate-missing: "1 characters without one"',
        '27:40  `GROUP.trustedCertificates[1].file` certificate-file: "a.txt"',
      ],
    ],
    [
      'trustedCertificates: [{ file: a.pem }, { file: a.pem }]',
      ['27:54  `GROUP.trustedCertificates[1].file` unique: "a.pem"'],
    ],
    [
      'preBootstrapScript: scripts/boot.ps1',
      ['27:27  `GROUP.preBootstrapScript` script-path: "scripts/boot.ps1"'],
    ],
    [
      'postBootstrapScript: .\\scripts\\boot.PS1',
      ['27:28  `GROUP.postBootstrapScript` script-path: ".\\\\scripts\\\\boot.PS1"'],
    ],
    [
      'trustedCertificates: [certs/ca.pem]',
      ['27:29  `GROUP.trustedCertificates[0]` certificate-path: "certs/ca.pem"'],
    ],
    ['failedBootstrap: repair', ['27:24  `GROUP.failedBootstrap` one-of: "repair"']],
    [
      'bootstrapTimeoutSeconds: 900',
      ['27:32  `GROUP.bootstrapTimeoutSeconds` bootstrap-timeout: 900'],
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

  it.each([
    ['preBootstrapScript: .\\scripts\\boot.ps1', '{ file: scripts/boot.ps1 } to run a script file'],
    ['trustedCertificates: [../ca.crt]', '{ file: ../ca.crt } to take them from a file'],
  ])('says how a file is written: %s', (key, advice) => {
    expect(printedProblemsOf(withChanges(withKeys(key)))).toEqual([
      expect.stringContaining(`; write ${advice}`),
    ]);
  });

  it.each([
    'C:\\tools\\boot.ps1',
    '\\\\server\\share\\boot.ps1',
    '"& .\\\\boot.ps1"',
    'Invoke-Boot',
  ])('lets nodes run what they have: %s', (script) => {
    expect(problemsOf(withChanges(withKeys(`preBootstrapScript: ${script}`)))).toEqual([]);
  });
});
