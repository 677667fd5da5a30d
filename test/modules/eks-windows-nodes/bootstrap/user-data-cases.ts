import type { WindowsUserData } from '../../../../modules/eks-windows-nodes';
import { FAKE_CERTIFICATE, OTHER_CERTIFICATE } from '../fake-certificates';

/** What every cluster has. */
export const SMALLEST: WindowsUserData = {
  clusterName: 'demo',
  apiServerEndpoint: 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
  base64ClusterCa: 'ZmFrZS1jYQ==',
  serviceCidr: '10.100.0.0/16',
  dnsClusterIp: '10.100.0.10',
};

export const LABELS_AND_TAINTS: Partial<WindowsUserData> = {
  labels: { 'example.com/team': 'payments', workload: 'batch', empty: '' },
  taints: [
    { key: 'os', value: 'windows', effect: 'NoSchedule' },
    { key: 'example.com/dedicated', effect: 'NoExecute' },
  ],
};

const KUBELET_ARGUMENTS: Partial<WindowsUserData> = {
  kubeletArguments: { v: '4', 'registry-qps': '10', 'eviction-soft': 'memory.available<1Gi' },
};

const KUBE_PROXY_ARGUMENTS: Partial<WindowsUserData> = {
  kubeProxyArguments: { v: '4', 'feature-gates': 'WinDSR=true' },
};

const EXCLUDED_SNAT_CIDRS: Partial<WindowsUserData> = {
  excludedSnatCidrs: ['192.168.0.0/16', '172.16.0.0/12'],
};

const RESERVED_RESOURCES: Partial<WindowsUserData> = {
  kubeReserved: { memory: '500Mi', cpu: '100m', 'ephemeral-storage': '1Gi' },
  systemReserved: { memory: '2Gi' },
  evictionHard: { 'nodefs.available': '10%', 'memory.available': '500Mi' },
};

const IMAGE_GC: Partial<WindowsUserData> = {
  imageGcThresholds: { highPercent: 95, lowPercent: 90 },
};

const PROXY: Partial<WindowsUserData> = {
  proxy: {
    httpProxy: 'http://proxy.example.com:3128',
    httpsProxy: 'http://proxy.example.com:3129',
    noProxy: ['10.0.0.0/8', '.example.com', 'registry.example.net:5000'],
  },
};

const TRUSTED_CERTIFICATES: Partial<WindowsUserData> = {
  trustedCertificates: [FAKE_CERTIFICATE, OTHER_CERTIFICATE],
};

const SCRIPTS: Partial<WindowsUserData> = {
  preBootstrapScript: [
    '# Everything stands in the user data as it is written: $HOME, "${env:TEMP}", `n, %{ $_ }.',
    "$settings = @'",
    "driveLetter = 'D'",
    "'@",
    'Set-Content -Path "$env:TEMP\\settings.toml" -Value $settings',
    '& "$env:SystemRoot\\System32\\w32tm.exe" /resync',
    'if ($LASTEXITCODE -ne 0) {',
    '  throw "w32tm ended with exit code $LASTEXITCODE."',
    '}',
    '',
  ].join('\r\n'),
  postBootstrapScript: "Write-Output 'joined'\n",
};

const HOOK: Partial<WindowsUserData> = { hookedGroupName: 'demo-windows' };

/** No cluster has such values; what they show is that no value ends its quotes or is expanded. */
export const AWKWARD = `it's ‘odd’ ‚and‛ "$HOME" \`n $(exit 7) \${x} %{if} #{y}`;

/** Situations with a file each in `test/golden/user-data`. */
export const CASES: Readonly<Record<string, WindowsUserData>> = {
  'no-options': SMALLEST,
  'labels-and-taints': { ...SMALLEST, ...LABELS_AND_TAINTS },
  'kubelet-arguments': { ...SMALLEST, ...KUBELET_ARGUMENTS },
  'kube-proxy-arguments': { ...SMALLEST, ...KUBE_PROXY_ARGUMENTS },
  'excluded-snat-cidrs': { ...SMALLEST, ...EXCLUDED_SNAT_CIDRS },
  'max-pods': { ...SMALLEST, maxPods: 60 },
  'reserved-resources': { ...SMALLEST, ...RESERVED_RESOURCES },
  'image-gc-thresholds': { ...SMALLEST, ...IMAGE_GC },
  proxy: { ...SMALLEST, ...PROXY },
  'trusted-certificates': { ...SMALLEST, ...TRUSTED_CERTIFICATES },
  'scripts-before-and-after': { ...SMALLEST, ...SCRIPTS },
  'failed-bootstrap-replace': { ...SMALLEST, ...HOOK },
  'awkward-quotes': {
    clusterName: AWKWARD,
    apiServerEndpoint: AWKWARD,
    base64ClusterCa: AWKWARD,
    serviceCidr: AWKWARD,
    dnsClusterIp: AWKWARD,
    excludedSnatCidrs: [AWKWARD],
    labels: { key: AWKWARD },
    kubeProxyArguments: { key: AWKWARD },
    proxy: { httpProxy: AWKWARD, noProxy: [AWKWARD] },
    hookedGroupName: AWKWARD,
  },
  everything: {
    ...SMALLEST,
    ...LABELS_AND_TAINTS,
    ...KUBELET_ARGUMENTS,
    ...KUBE_PROXY_ARGUMENTS,
    ...EXCLUDED_SNAT_CIDRS,
    ...RESERVED_RESOURCES,
    ...IMAGE_GC,
    ...PROXY,
    ...TRUSTED_CERTIFICATES,
    ...SCRIPTS,
    ...HOOK,
    maxPods: 60,
  },
};

/** A case by its name. */
export function userDataCase(name: string): WindowsUserData {
  const found = CASES[name];
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
}
