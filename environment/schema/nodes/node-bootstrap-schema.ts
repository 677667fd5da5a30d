import { z } from 'zod';
import {
  ARGUMENT_FLAG,
  ARGUMENT_VALUE,
  BOOTSTRAP_TIMEOUT_SECONDS,
  BYTE_QUANTITY,
  CPU_QUANTITY,
  checkKubeletFlag,
  checkNoProxy,
  checkProxyUrl,
  EVICTION_THRESHOLD,
  FAILED_BOOTSTRAP,
  IMAGE_GC_THRESHOLDS,
  IPV4_ADDRESS,
  MAX_PODS,
  TAINT_EFFECTS,
} from '../../../modules/eks-windows-nodes/checks';
import { anyText, integer, list, plainText, text, textLike } from '../fields/field-types';
import { CERTIFICATE_FILE, SCRIPT_FILE } from '../fields/text-rules';

const taint = z.strictObject({
  key: plainText().describe('Key of the taint.'),
  value: plainText().default('').describe('Value of the taint; default empty.'),
  effect: z.enum(TAINT_EFFECTS).describe('What happens to pods without the toleration.'),
});

const reserved = () =>
  z.strictObject({
    cpu: textLike(CPU_QUANTITY)
      .exactOptional()
      .describe('Processors, in quotes, such as "200m" or "0.5"; default none.'),
    memory: textLike(BYTE_QUANTITY).exactOptional().describe('Memory such as 2Gi; default none.'),
    'ephemeral-storage': textLike(BYTE_QUANTITY)
      .exactOptional()
      .describe('Disk such as 10Gi; default none.'),
  });

const evictionThreshold = (of: string) =>
  textLike(EVICTION_THRESHOLD)
    .exactOptional()
    .describe(`Free ${of}, such as 500Mi or 10%; default that of the kubelet.`);

const evictionThresholds = z.strictObject({
  'memory.available': evictionThreshold('memory'),
  'nodefs.available': evictionThreshold('disk of the kubelet'),
  'imagefs.available': evictionThreshold('disk of the images'),
});

const proxy = z.strictObject({
  httpProxy: text(checkProxyUrl)
    .exactOptional()
    .describe('Proxy for http:// without a password; default none.'),
  httpsProxy: text(checkProxyUrl)
    .exactOptional()
    .describe('Proxy for https:// without a password; default none.'),
  noProxy: list(text(checkNoProxy))
    .exactOptional()
    .describe(
      'Names, addresses and networks without the proxy, such as that of the VPC; default only the node, its metadata, the cluster and its services.',
    ),
});

const script = (when: string) =>
  z
    .union(
      [
        anyText(),
        z.strictObject({
          file: textLike(SCRIPT_FILE).describe(
            'PowerShell script to run; the path begins at this file.',
          ),
        }),
      ],
      { error: 'be the text of a PowerShell script, or { file: scripts/node.ps1 }' },
    )
    .exactOptional()
    .describe(`PowerShell that runs ${when}, as text or { file: scripts/node.ps1 }; default none.`);

const certificate = z.union(
  [
    anyText(),
    z.strictObject({
      file: textLike(CERTIFICATE_FILE).describe(
        'File with certificates in PEM form; the path begins at this file.',
      ),
    }),
  ],
  { error: 'be certificates in PEM form, or { file: certificates/ca.pem }' },
);

/** The keys of a group that say how its nodes join the cluster. */
export const nodeBootstrapFields = {
  labels: z
    .record(plainText(), plainText())
    .default({})
    .describe('Kubernetes labels of the nodes; default none.'),
  taints: list(taint).default([]).describe('Kubernetes taints of the nodes; default none.'),
  maxPods: integer(MAX_PODS)
    .exactOptional()
    .describe('Pods that a node takes at most; default 110.'),
  kubeReserved: reserved()
    .exactOptional()
    .describe('What the kubelet and containerd need for themselves; default nothing is kept.'),
  systemReserved: reserved()
    .exactOptional()
    .describe(
      'What Windows needs for itself, best 2Gi of memory or more; default nothing is kept.',
    ),
  evictionHard: evictionThresholds
    .exactOptional()
    .describe('What has to be free, or pods are evicted; default that of the kubelet.'),
  imageGcThresholds: z
    .strictObject({
      highPercent: integer(IMAGE_GC_THRESHOLDS.highPercent).describe(
        'Above so much of the disk in use, in per cent, the kubelet deletes images.',
      ),
      lowPercent: integer(IMAGE_GC_THRESHOLDS.lowPercent).describe(
        'It deletes until no more than this is in use, in per cent.',
      ),
    })
    .exactOptional()
    .describe('When the kubelet deletes container images; default 85 and 80 per cent.'),
  kubeletArguments: z
    .record(
      text(checkKubeletFlag).meta({ pattern: ARGUMENT_FLAG.pattern.source }),
      textLike(ARGUMENT_VALUE),
    )
    .exactOptional()
    .describe('Further kubelet flags, without the dashes in front; default none.'),
  kubeProxyArguments: z
    .record(textLike(ARGUMENT_FLAG), textLike(ARGUMENT_VALUE))
    .exactOptional()
    .describe('Flags of kube-proxy, without the dashes in front; default none.'),
  dnsClusterIp: textLike(IPV4_ADDRESS)
    .exactOptional()
    .describe('Address of the DNS service that pods ask; default that of the cluster.'),
  proxy: proxy.exactOptional().describe('Proxy of the nodes; default none.'),
  trustedCertificates: list(certificate)
    .exactOptional()
    .describe(
      'Authorities that nodes trust, in PEM form, as text or { file: certificates/ca.pem }; default those of Windows.',
    ),
  preBootstrapScript: script('before a node joins'),
  postBootstrapScript: script('after a node has joined'),
  failedBootstrap: z
    .enum(FAILED_BOOTSTRAP)
    .exactOptional()
    .describe(
      'What becomes of a node that fails to join: keep (it stays for you to look) or replace (the group launches another one); default keep.',
    ),
  bootstrapTimeoutSeconds: integer(BOOTSTRAP_TIMEOUT_SECONDS)
    .exactOptional()
    .describe('Seconds that a node has to join with failedBootstrap: replace; default 1800.'),
};

/** A text of an environment file, or where it is. */
export type TextOrFile = string | { readonly file: string };
