import { quotePowerShell, quotePowerShellArray } from '../../core';
import { parseEcrRegistry } from './container-image';
import type { RegistryCredentials } from './registry-credentials';

/**
 * The kubelet never collects an image with this label, and asks for it by this exact value. From
 * containerd 1.7.3 on; every EKS optimized Windows AMI since Kubernetes 1.28 is newer.
 * @see https://github.com/containerd/containerd/blob/main/internal/cri/labels/labels.go
 */
const PINNED_LABEL = 'io.cri-containerd.pinned=pinned';

/**
 * What a compressed byte takes on disk: containerd keeps the compressed layer (1), and its unpacked
 * files are taken for 3 times that. AWS's example is 533 MB that become 1.2 GB; the rest is reserve.
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/windows-patching.html
 */
const BYTES_ON_DISK_PER_COMPRESSED_BYTE = 4;

/** Seconds before the second and third attempt of a pull; nothing follows the last. */
const PAUSES = [15, 60, 0] as const;

/** The first Windows Server with a stable interface to containers; see `Test-Build`. */
const STABLE_INTERFACE_BUILD = 20348;

/**
 * Every program is run through `Invoke-Ctr`, which checks its exit code. Windows PowerShell makes
 * an error of each line on the error stream, and would stop at the first while the preference is
 * `Stop`; so it is `Continue` inside the function. Passwords are masked in what is thrown.
 */
const INVOKE_CTR = `
function Invoke-Ctr([string[]]$words) {
  $ErrorActionPreference = 'Continue'
  $output = @(& ctr @words 2>&1)
  $exitCode = $LASTEXITCODE
  if ($exitCode -ne 0) {
    $text = @($output | Where-Object { $_ -isnot [string] }) -join ' '
    foreach ($password in $passwords.Values) { $text = $text.Replace($password, '***') }
    throw "exit code $exitCode of ctr, $text"
  }
  $output | Where-Object { $_ -is [string] }
}`.trim();

/** On an instance that has not joined a cluster, nothing may have started containerd yet. */
const START_CONTAINERD = String.raw`
function Start-Containerd {
  $env:Path += ";$env:ProgramFiles\containerd"
  Start-Service -Name containerd
  $deadline = (Get-Date).AddMinutes(2)
  while ($true) {
    try {
      Invoke-Ctr @('version') | Out-Null
      break
    }
    catch {
      if ((Get-Date) -gt $deadline) { throw "containerd does not answer after 2 minutes, $_" }
      Start-Sleep -Seconds 2
    }
  }
}`.trim();

/**
 * What is wrong with an image, or nothing. `images check` exits with 0 also when content is
 * missing, so its line is read: REF TYPE DIGEST STATUS SIZE UNPACKED. It looks at the platform of
 * the host, which on Windows has the build in it, in containerd 1.7 as in 2.
 * @see https://github.com/containerd/containerd/blob/main/cmd/ctr/commands/images/images.go
 */
const GET_FAULT = String.raw`
function Get-Fault([string]$image) {
  $filter = 'name==' + $image
  $line = @(Invoke-Ctr @('-n', 'k8s.io', 'images', 'check', $filter)) | Select-Object -Last 1
  if (-not $line -or -not $line.StartsWith("$image ")) { return 'is not there' }
  Write-Host $line
  if ($line -notmatch ' complete \(') { return 'is not complete' }
  if ($line -notmatch ' true\s*$') { return 'is not unpacked' }
  $digest = ($line -split '\s+')[2]
  if ($image.Contains('@') -and -not $image.EndsWith("@$digest")) { return "has the digest $digest" }
  $listed = @(Invoke-Ctr @('-n', 'k8s.io', 'images', 'ls', $filter)) -join ' '
  if (-not $listed.Contains('${PINNED_LABEL}')) { return 'is not pinned' }
}`.trim();

/** All images are checked before anything is said: one run shows everything that is wrong. */
const ASSERT_IMAGES = `
function Assert-Images {
  $faults = @()
  foreach ($image in $images) {
    try {
      $fault = Get-Fault $image
    }
    catch {
      $fault = "cannot be checked, $_"
    }
    if ($fault) { $faults += "$image $fault" }
  }
  if ($faults.Count -gt 0) { throw ($faults -join '; ') }
}`.trim();

/**
 * The arguments that log ctr in. `--user` without a password would ask for it and wait for ever,
 * and Windows PowerShell 5.1 hands blanks and quotation marks on to a program in its own way, so
 * neither gets through. The text of a secret is in no message, not even when it is no JSON.
 */
const GET_LOGIN = String.raw`
$logins = @{}
$passwords = @{}
function New-Login([string]$registry) {
  $user = 'AWS'
  if ($ecrRegions.ContainsKey($registry)) {
    $password = (Get-ECRLoginCommand -Region $ecrRegions[$registry]).Password
  }
  elseif ($secretArns.ContainsKey($registry)) {
    $arn = $secretArns[$registry]
    $region = $arn.Split(':')[3]
    $text = (Get-SECSecretValue -SecretId $arn -Region $region).SecretString
    try {
      $secret = $text | ConvertFrom-Json
    }
    catch {
      throw "the secret for $registry is not JSON"
    }
    $user = $secret.username
    $password = $secret.password
    if (-not $password) { $password = $secret.accessToken }
  }
  else {
    return
  }
  if ("$user" -notmatch '^[^\s":]+$' -or "$password" -notmatch '^[^\s"]+$') {
    throw "the login for $registry needs a username and a password without blanks and quotes"
  }
  $passwords[$registry] = $password
  @('--user', ($user + ':' + $password))
}
function Get-Login([string]$image) {
  $registry = $image.Split('/')[0]
  if (-not $logins.ContainsKey($registry)) { $logins[$registry] = @(New-Login $registry) }
  $logins[$registry]
}`.trim();

/** When no image needs a login. */
const GET_NO_LOGIN = `
function Get-Login([string]$image) {
  @()
}`.trim();

/**
 * Reads what is still to pull from the manifests, before anything is pulled. `content fetch-object`
 * prints a manifest and stores nothing. (`content fetch --metadata-only` would store the layers of
 * an image that is not multi-platform: its manifest has no platform to leave out.) A manifest that
 * cannot be read is no failure, because the pull will tell.
 *
 * An image without a manifest for this build is one, with a clearer message than ctr's `no match
 * for platform in manifest`. The rule is containerd's: the same build; from Windows Server 2022
 * on, also a build since then that is not newer than the host.
 * @see https://github.com/containerd/platforms/blob/main/platform_windows_compat.go
 * @see https://github.com/containerd/containerd/blob/main/cmd/ctr/commands/content/content.go
 */
const MEASURE = String.raw`
$build = [Environment]::OSVersion.Version.Build
$needed = @{}
$mixed = @{}
$unfit = @{}
function Test-Build([string]$version) {
  if ($version -eq '') { return $true }
  $number = [int]$version.Split('.')[2]
  if ($build -lt ${STABLE_INTERFACE_BUILD}) { return $number -eq $build }
  return $number -ge ${STABLE_INTERFACE_BUILD} -and $number -le $build
}
function Read-Remote([string]$command, [string]$image, [string[]]$rest = @()) {
  $login = @(Get-Login $image)
  @(Invoke-Ctr (@('content', $command) + $login + @($image) + $rest)) -join ''
}
function Get-Manifests([string]$image) {
  $top = Read-Remote 'fetch-object' $image | ConvertFrom-Json
  if (-not $top.manifests) {
    $config = Read-Remote 'fetch-blob' $image @($top.config.digest)
    if ($config -match '"os\.version"\s*:\s*"([\d.]+)"' -and -not (Test-Build $Matches[1])) {
      $unfit[$image] = "$image is for Windows $($Matches[1]), this is build $build"
    }
    if ($config -match '"os"\s*:\s*"linux"') { $unfit[$image] = "$image is for Linux" }
    return $top
  }
  $windows = @($top.manifests | Where-Object {
    -not $_.platform -or ($_.platform.os -eq 'windows' -and $_.platform.architecture -eq 'amd64')
  })
  $fitting = @($windows | Where-Object { Test-Build $_.platform.'os.version' })
  if ($fitting.Count -eq 0) { $unfit[$image] = "$image has no manifest for Windows build $build" }
  if ($fitting.Count -lt $windows.Count) { $mixed[$image] = $true }
  $repository = $image -replace '(@sha256:[0-9a-f]+|:[^:/]+)$', ''
  foreach ($one in $fitting) {
    Read-Remote 'fetch-object' ($repository + '@' + $one.digest) | ConvertFrom-Json
  }
}
$present = @{}
foreach ($digest in @(Invoke-Ctr @('-n', 'k8s.io', 'content', 'ls', '-q'))) {
  $present[$digest] = $true
}
foreach ($image in $images) {
  $needed[$image] = [double]0
  try {
    foreach ($layer in @(Get-Manifests $image | ForEach-Object { $_.layers })) {
      if ($present.ContainsKey($layer.digest)) { continue }
      $present[$layer.digest] = $true
      $needed[$image] += ${BYTES_ON_DISK_PER_COMPRESSED_BYTE} * $layer.size
    }
  }
  catch {
    Write-Host "The size of $image is not known before the pull, $_"
  }
}
if ($unfit.Count -gt 0) { throw (@($unfit.Values) -join '; ') }`.trim();

const FREE_SPACE = `
$drive = New-Object System.IO.DriveInfo $env:SystemDrive
function Format-GiB([double]$bytes) {
  '{0:n1} GiB' -f ($bytes / 1073741824)
}
function Assert-Free([double]$bytes, [string]$what) {
  $free = $drive.AvailableFreeSpace
  if (($free - $bytes) -ge $reserve) { return }
  throw ('{0} has {1} free, but {2} takes about {3} and {4} must stay free; raise rootVolumeGiB' -f
    $drive.Name, (Format-GiB $free), $what, (Format-GiB $bytes), (Format-GiB $reserve))
}
Assert-Free ($needed.Values | Measure-Object -Sum).Sum 'pulling all images'`.trim();

/**
 * Pulls into containerd's own name space for Kubernetes: the kubelet sees no image of any other.
 *
 * - `--local` is the default of ctr 1.7, and ctr 2 knows it: both then pull in the same way. Without
 *   it ctr 2 asks containerd's transfer service, which at first left images packed by default.
 * - `--platform` only for an image of several builds of Windows, of which ctr 1.7 would fetch the
 *   layers of all and unpack one. The next attempt goes without, in case a version of ctr does not
 *   know the form; that fetches more, and unpacks the same.
 * @see https://github.com/containerd/containerd/issues/6191
 * @see https://github.com/containerd/containerd/pull/11086
 */
const PULL = `
foreach ($image in $images) {
  Assert-Free $needed[$image] $image
  $platform = @()
  if ($mixed[$image]) { $platform = @('--platform', "windows(10.0.$build)/amd64") }
  $attempt = 0
  foreach ($pause in ${PAUSES.join(', ')}) {
    $attempt += 1
    Write-Host "Pulling $image, attempt $attempt"
    try {
      $login = @(Get-Login $image)
      $words = @('-n', 'k8s.io', 'images', 'pull', '--local') + $platform + $login + @($image)
      Invoke-Ctr $words | Out-Null
      $fault = ''
      break
    }
    catch {
      $fault = "$_"
      Write-Host $fault
      $platform = @()
      Start-Sleep -Seconds $pause
    }
  }
  if ($fault) { throw "$image could not be pulled in $attempt attempts, $fault" }
  Invoke-Ctr @('-n', 'k8s.io', 'images', 'label', $image, '${PINNED_LABEL}') | Out-Null
  $fault = Get-Fault $image
  if ($fault) { throw "$image $fault" }
}
$free = $drive.AvailableFreeSpace
$all = Format-GiB $drive.TotalSize
Write-Host ('{0} has {1} of {2} free' -f $drive.Name, (Format-GiB $free), $all)
if ($free -lt 0.15 * $drive.TotalSize) {
  Write-Host 'WARNING: below 15 % the kubelet reports disk pressure; raise rootVolumeGiB'
}`.trim();

/** Without it a script would go on after an error, and end with the exit code of its last line. */
const STRICT = "$ErrorActionPreference = 'Stop'\n$ProgressPreference = 'SilentlyContinue'";

/**
 * Reads the file of {@link renderCheckScript}. Not by its path: whether that is allowed would hang on the
 * execution policy.
 */
const LOAD = '. ([scriptblock]::Create([System.IO.File]::ReadAllText($path)))';

const script = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;

/** A PowerShell table, whose keys are compared without regard to case. */
function table(name: string, entries: readonly (readonly [string, string])[]): string {
  const lines = entries.map(
    ([key, value]) => `  ${quotePowerShell(key)} = ${quotePowerShell(value)}`,
  );
  return [`$${name} = @{`, ...lines, '}'].join('\n');
}

/** Where the list of images and the functions that check it lie, in the AMI and so on its nodes. */
const checkScriptPath = (name: string): string =>
  `$path = "$env:ProgramFiles\\ContainerImageCache\\${name}.ps1"`;

/**
 * The images, and functions that check them. It is written to a file, because it is needed in all
 * three phases and would be three times in the document.
 */
function renderCheckScript(names: readonly string[]): string {
  const images = `$images = ${quotePowerShellArray(names)}`;
  return script(images, INVOKE_CTR, START_CONTAINERD, GET_FAULT, ASSERT_IMAGES);
}

/** What {@link renderPullScript} pulls, and how. */
export interface PullScriptProps {
  /** Of the document, and of the file on the AMI. */
  readonly name: string;
  /** Names of images, as the kubelet knows them. */
  readonly images: readonly string[];
  /** Registry hosts of the images. */
  readonly registries: readonly string[];
  /** Logins of any registries; those of others than `registries` are left out. */
  readonly credentials: RegistryCredentials;
  /** A number, or a reference to one. */
  readonly minimumFreeGiB: string;
}

/**
 * Pulls, pins and checks images. May be run again after it was cut off anywhere: what is there is
 * not pulled again. Asks for nothing, and writes no password to the log.
 */
export function renderPullScript(props: PullScriptProps): string {
  const { name, images, registries, credentials, minimumFreeGiB } = props;
  return script(
    STRICT,
    checkScriptPath(name),
    'New-Item -ItemType Directory -Force -Path (Split-Path $path) | Out-Null',
    `[System.IO.File]::WriteAllText($path, @'\n${renderCheckScript(images)}'@)`,
    LOAD,
    `$reserve = 1073741824 * ${minimumFreeGiB}`,
    loginScript(registries, credentials),
    'Start-Containerd',
    MEASURE,
    FREE_SPACE,
    PULL,
  );
}

function loginScript(registries: readonly string[], credentials: RegistryCredentials): string {
  const ecrRegions = registries.flatMap((host) => {
    const region = parseEcrRegistry(host)?.region;
    return region === undefined ? [] : [[host, region] as const];
  });
  const secretArns = registries.flatMap((host) => {
    const arn = credentials[host];
    return arn === undefined ? [] : [[host, arn] as const];
  });
  if (ecrRegions.length + secretArns.length === 0) return GET_NO_LOGIN;
  return [table('ecrRegions', ecrRegions), table('secretArns', secretArns), GET_LOGIN].join('\n');
}

/** Fails unless each image is there, pinned, complete and unpacked for this build of Windows. */
export function renderVerifyScript(name: string): string {
  return script(STRICT, checkScriptPath(name), LOAD, 'Start-Containerd', 'Assert-Images');
}
