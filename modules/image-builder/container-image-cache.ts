import { quotePowerShell, quotePowerShellArray } from '../core';
import type { ComponentDocument } from './component-document';
import { type ContainerImage, parseContainerImage, parseEcrRegistry } from './container-image';

/**
 * The kubelet never collects an image with this label, and asks for it by this exact value. From
 * containerd 1.7.3 on; every EKS optimized Windows AMI since Kubernetes 1.28 is newer.
 * @see https://github.com/containerd/containerd/blob/main/internal/cri/labels/labels.go
 */
const PINNED_LABEL = 'io.cri-containerd.pinned=pinned';

/** How long one step may take: Windows images are gigabytes to pull and minutes to unpack. */
const STEP_TIMEOUT_SECONDS = 7200;

const STRICT = ["$ErrorActionPreference = 'Stop'", "$ProgressPreference = 'SilentlyContinue'"];

/** On an instance that has not joined a cluster, nothing may have started containerd yet. */
const START_CONTAINERD = `
Start-Service -Name containerd
$deadline = (Get-Date).AddMinutes(2)
& ctr version | Out-Null
while ($LASTEXITCODE -ne 0) {
  if ((Get-Date) -gt $deadline) { throw 'containerd does not answer after 2 minutes' }
  Start-Sleep -Seconds 2
  & ctr version | Out-Null
}`.trim();

/** containerd's own name space for Kubernetes: the kubelet sees no image of any other. */
const PULL_AND_PIN = `
foreach ($image in $images) {
  $login = @()
  $region = $ecrRegions[$image.Split('/')[0]]
  if ($region) {
    $password = (Get-ECRLoginCommand -Region $region).Password
    $login = @('--user', "AWS:$password")
  }
  Write-Host "Pulling $image"
  & ctr -n k8s.io images pull @login $image | Out-Null
  if ($LASTEXITCODE -ne 0) { throw "ctr could not pull $image, exit code $LASTEXITCODE" }
  & ctr -n k8s.io images label $image '${PINNED_LABEL}' | Out-Null
  if ($LASTEXITCODE -ne 0) { throw "ctr could not pin $image, exit code $LASTEXITCODE" }
}`.trim();

const VERIFY = `
$faults = @()
foreach ($image in $images) {
  $listed = & ctr -n k8s.io images ls "name==$image" | Out-String
  if ($LASTEXITCODE -ne 0) { throw "ctr could not list $image, exit code $LASTEXITCODE" }
  if (-not $listed.Contains($image)) {
    $faults += "$image is not there"
  }
  elseif (-not $listed.Contains('${PINNED_LABEL}')) {
    $faults += "$image is not pinned"
  }
}
& ctr -n k8s.io images ls
if ($faults.Count -gt 0) { throw ($faults -join '; ') }`.trim();

/** Inputs of {@link containerImageCacheDocument}. */
export interface ContainerImageCache {
  /** Image references with a tag or a digest. Order does not matter. */
  readonly images: readonly string[];
}

/**
 * A component that pulls container images into the AMI, so that a node does not have to: each is
 * pulled into the name space that the kubelet uses, pinned against its image garbage collection,
 * checked on the build instance, and checked again on a fresh instance of the finished AMI.
 *
 * Private Amazon ECR registries are logged in to with the build instance's role; the password
 * exists on that instance only and is not written anywhere. Other registries are read anonymously.
 *
 * Not tried on a live build instance: that containerd is installed as the service `containerd` and
 * that `ctr` is on the path of the EKS optimized Windows AMI is taken from AWS's own samples.
 */
export function containerImageCacheDocument(cache: ContainerImageCache): ComponentDocument {
  const images = sortedImages(cache.images);
  const names = `$images = ${quotePowerShellArray(images.map((image) => image.name))}`;
  const script = (...parts: string[]): readonly string[] => [`${parts.join('\n')}\n`];
  const verify = script(...STRICT, names, START_CONTAINERD, VERIFY);
  const pull = script(...STRICT, names, ecrRegions(images), START_CONTAINERD, PULL_AND_PIN);
  const verifyStep = {
    name: 'VerifyContainerImages',
    action: 'ExecutePowerShell',
    timeoutSeconds: 600,
    inputs: { commands: verify },
  } as const;
  return {
    name: 'ContainerImageCache',
    description: 'Pulls container images into containerd, pins and verifies them',
    phases: [
      {
        name: 'build',
        steps: [
          {
            name: 'PullContainerImages',
            action: 'ExecutePowerShell',
            timeoutSeconds: STEP_TIMEOUT_SECONDS,
            maxAttempts: 3,
            inputs: { commands: pull },
          },
        ],
      },
      { name: 'validate', steps: [verifyStep] },
      { name: 'test', steps: [verifyStep] },
    ],
  };
}

/** In one order whatever the order of the list is: a reordered list is no new AMI. */
function sortedImages(references: readonly string[]): readonly ContainerImage[] {
  const images = references.map((reference) => {
    const image = parseContainerImage(reference);
    // Only Terraform knows it: no registry can be read from it, so it goes through as it is.
    return image ?? { registry: '', repository: reference, name: reference };
  });
  return [...images].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Where to log in: a PowerShell table from registry host to Region. */
function ecrRegions(images: readonly ContainerImage[]): string {
  const hosts = [...new Set(images.map((image) => image.registry))];
  const entries = hosts.flatMap((host) => {
    const ecr = parseEcrRegistry(host);
    return ecr === undefined ? [] : [`  ${quotePowerShell(host)} = ${quotePowerShell(ecr.region)}`];
  });
  return ['$ecrRegions = @{', ...entries, '}'].join('\n');
}
