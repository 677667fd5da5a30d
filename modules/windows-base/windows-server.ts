import { Token } from 'cdktf';
import { type IntegerRange, type Path, type Problem, problem } from '../core';

/** What is known about one Windows Server release on EKS. Dates are ISO dates. */
export interface WindowsServerFacts {
  /** The value of the node label `node.kubernetes.io/windows-build`. */
  readonly build: string;
  /** How Microsoft's image tags name the release, when they do. */
  readonly imageTag: string;
  /** The first Kubernetes minor version for which EKS optimized AMIs exist. */
  readonly earliestKubernetes: string;
  readonly eksRelease: string;
  readonly mainstreamEnd: string;
  readonly extendedEnd: string;
}

/**
 * Windows Server releases with an EKS optimized AMI. Checked on 2026-11-23 against
 * - builds: the `node.kubernetes.io/windows-build` values Karpenter and eksctl use,
 * - EKS: https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html and
 *   https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html (AMIs of
 *   Windows Server 2025 are listed from Kubernetes 1.35 on),
 * - end dates: https://learn.microsoft.com/lifecycle/products/?products=windows.
 */
export const WINDOWS_SERVERS = {
  '2019': {
    build: '10.0.17763',
    imageTag: 'ltsc2019',
    earliestKubernetes: '1.14',
    eksRelease: '2019-10-07',
    mainstreamEnd: '2024-01-09',
    extendedEnd: '2029-01-09',
  },
  '2022': {
    build: '10.0.20348',
    imageTag: 'ltsc2022',
    earliestKubernetes: '1.23',
    eksRelease: '2022-10-17',
    mainstreamEnd: '2026-10-13',
    extendedEnd: '2031-10-14',
  },
  '2025': {
    build: '10.0.26100',
    imageTag: 'ltsc2025',
    earliestKubernetes: '1.35',
    eksRelease: '2026-01-26',
    mainstreamEnd: '2029-11-13',
    extendedEnd: '2034-11-14',
  },
} as const satisfies Record<string, WindowsServerFacts>;

/** A Windows Server release, by its year. */
export type WindowsServer = keyof typeof WINDOWS_SERVERS;

/** Every {@link WindowsServer}, oldest first. */
export const WINDOWS_SERVER_RELEASES = Object.keys(WINDOWS_SERVERS) as readonly WindowsServer[];

/** The editions that EKS offers: `Core` has no desktop and the smaller attack surface. */
export const WINDOWS_EDITIONS = ['Core', 'Full'] as const;

/** An edition of Windows Server. */
export type WindowsEdition = (typeof WINDOWS_EDITIONS)[number];

/**
 * Sizes of a root volume in GiB. The EKS optimized Windows AMIs have 50; Image Builder takes up to
 * 16,000, and nodes follow it.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-windows-workers.html
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_EbsInstanceBlockDeviceSpecification.html
 */
export const ROOT_VOLUME_GIB = {
  min: 50,
  max: 16_000,
  whatToDo: 'a volume cannot be smaller than the AMI it is made from',
} as const satisfies IntegerRange;

/** Size of a root volume in GiB when none is given. */
export const DEFAULT_ROOT_VOLUME_GIB = 100;

/** The root device of every Windows AMI. */
export const ROOT_DEVICE_NAME = '/dev/sda1';

/** Compares two Kubernetes minor versions such as `1.9` and `1.35`: negative if `a` is older. */
export function compareKubernetesVersions(a: string, b: string): number {
  const minor = (version: string): number => Number(version.split('.')[1]);
  return minor(a) - minor(b);
}

/** A Kubernetes minor version as EKS writes it: `1.35`. */
export function checkKubernetesVersion(path: Path, value: string): Problem[] {
  if (Token.isUnresolved(value) || /^1\.(?:0|[1-9]\d{0,2})$/.test(value)) return [];
  const advice = 'write it as text, in quotes, without the patch version';
  return [
    problem(
      'kubernetes-version',
      path,
      'be a Kubernetes minor version such as "1.35"',
      value,
      advice,
    ),
  ];
}

/** A Windows Server release for which AMIs of this Kubernetes version exist. */
export function checkWindowsServerForKubernetes(
  path: Path,
  server: WindowsServer,
  kubernetesVersion: string,
): Problem[] {
  if (Token.isUnresolved(server) || Token.isUnresolved(kubernetesVersion)) return [];
  const { earliestKubernetes } = WINDOWS_SERVERS[server];
  if (compareKubernetesVersions(kubernetesVersion, earliestKubernetes) >= 0) return [];
  const rule = `be a Windows Server release with EKS optimized AMIs for Kubernetes ${kubernetesVersion}`;
  const advice = `Windows Server ${server} needs Kubernetes ${earliestKubernetes} or newer`;
  return [problem('windows-server-for-kubernetes', path, rule, server, advice)];
}

/** Which EKS optimized Windows AMI. */
export interface EksWindowsAmiChoice {
  readonly kubernetesVersion: string;
  readonly server: WindowsServer;
  readonly edition: WindowsEdition;
}

const amiNameStem = ({ server, edition, kubernetesVersion }: EksWindowsAmiChoice): string =>
  `Windows_Server-${server}-English-${edition}-EKS_Optimized-${kubernetesVersion}`;

/**
 * The public SSM parameter with the id of the newest AMI.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-windows-ami-id.html
 */
export function eksWindowsAmiParameterName(choice: EksWindowsAmiChoice): string {
  return `/aws/service/ami-windows-latest/${amiNameStem(choice)}/image_id`;
}

/**
 * A dated release, as the AMI version page lists it: `<Kubernetes minor>-<date>`. Most dates have
 * dots, some releases have dashes.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html
 */
const DATED_RELEASE = /^(1\.\d+)-\d{4}[.-]\d{2}[.-]\d{2}$/;

/** `latest`, or a dated release of the same Kubernetes version such as `1.35-2026.04.18`. */
export function checkAmiRelease(path: Path, release: string, kubernetesVersion: string): Problem[] {
  if (Token.isUnresolved(release) || release === 'latest') return [];
  const version = DATED_RELEASE.exec(release)?.[1];
  if (version === undefined) {
    const rule = 'be "latest" or a dated release such as "1.35-2026.04.18"';
    return [problem('ami-release', path, rule, release)];
  }
  if (Token.isUnresolved(kubernetesVersion) || version === kubernetesVersion) return [];
  return [
    problem(
      'release-of-another-version',
      path,
      `be a release for Kubernetes ${kubernetesVersion}`,
      release,
    ),
  ];
}

/** The name of the AMI of a dated release. */
export function eksWindowsAmiName(choice: EksWindowsAmiChoice, release: string): string {
  return `${amiNameStem(choice).slice(0, -choice.kubernetesVersion.length)}${release}`;
}
