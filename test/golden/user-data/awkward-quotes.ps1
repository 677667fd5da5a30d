<powershell>
$ErrorActionPreference = 'Stop'
try {
  $logs = "$env:ProgramData\Amazon\EKS\logs"
  New-Item -Path $logs -ItemType Directory -Force | Out-Null
  Start-Transcript -Path "$logs\node-bootstrap.log" -Append | Out-Null
}
catch {
  Write-Output "There is no transcript: $_"
}
function Write-Outcome($Message, $EntryType, $EventId) {
  Write-Output $Message
  try {
    $source = 'EKS node bootstrap'
    if (-not [System.Diagnostics.EventLog]::SourceExists($source)) {
      New-EventLog -LogName System -Source $source
    }
    Write-EventLog -LogName System -Source $source -EntryType $EntryType -EventId $EventId -Message $Message
  }
  catch {
    Write-Output "There is no event: $_"
  }
  if ($EntryType -eq 'Error') {
    try {
      $port = New-Object -TypeName System.IO.Ports.SerialPort -ArgumentList 'COM1', 115200
      $port.WriteTimeout = 5000
      $port.Open()
      $port.WriteLine($Message)
      $port.Close()
    }
    catch {
      Write-Output "There is nothing on COM1: $_"
    }
  }
}
function Complete-BootstrapHook($Result) {
  $imds = 'http://169.254.169.254/latest'
  $ttl = @{
    'X-aws-ec2-metadata-token-ttl-seconds' = '300'
  }
  $header = @{
    'X-aws-ec2-metadata-token' = Invoke-RestMethod -Method Put -Uri "$imds/api/token" -Headers $ttl
  }
  $hook = @{
    AutoScalingGroupName = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
    LifecycleHookName = 'node-bootstrap'
    InstanceId = Invoke-RestMethod -Uri "$imds/meta-data/instance-id" -Headers $header
    Region = Invoke-RestMethod -Uri "$imds/meta-data/placement/region" -Headers $header
    LifecycleActionResult = $Result
    Force = $true
  }
  Complete-ASLifecycleAction @hook | Out-Null
}
$bootstrap = @{
  EKSClusterName = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
  APIServerEndpoint = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
  Base64ClusterCA = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
  ServiceCIDR = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
  DNSClusterIP = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
  ExcludedSnatCIDRs = @(
    'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
  )
  KubeletExtraArgs = '--node-labels=key=it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
  KubeProxyExtraArgs = '--key=it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
}
$failure = 'a script ended with exit'
try {
  $proxy = @{
    HTTP_PROXY = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
    NO_PROXY = @(
      'localhost'
      '127.0.0.1'
      '169.254.169.254'
      'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
      'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
      '.svc'
      '.cluster.local'
      'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}'
    ) -join ','
  }
  foreach ($name in $proxy.Keys) {
    [Environment]::SetEnvironmentVariable($name, $proxy[$name], 'Machine')
    [Environment]::SetEnvironmentVariable($name, $proxy[$name], 'Process')
  }
  $webProxy = New-Object -TypeName System.Net.WebProxy -ArgumentList 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}', $true
  $webProxy.BypassList = @(
    '://([^/]*\.)?169\.254\.169\.254(:\d+)?$'
    '://([^/]*\.)?it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" `n $(exit 7) ${x} %{if} #{y}(:\d+)?$'
  )
  [System.Net.WebRequest]::DefaultWebProxy = $webProxy
  Get-Service | Where-Object { $_.Name -eq 'containerd' -and $_.Status -eq 'Running' } | Restart-Service -Force
  & "$env:ProgramFiles\Amazon\EKS\Start-EKSBootstrap.ps1" @bootstrap 3>&1 4>&1 5>&1 6>&1
  if (-not $?) {
    throw "Start-EKSBootstrap.ps1 ended with exit code $LASTEXITCODE."
  }
  $failure = $null
}
catch {
  $failure = "$_ $($_.InvocationInfo.PositionMessage)"
}
finally {
  if ($null -eq $failure) {
    Write-Outcome 'The node bootstrap went well.' Information 1
  }
  else {
    Write-Outcome "The node bootstrap failed: $failure" Error 2
  }
  $result = if ($null -eq $failure) { 'CONTINUE' } else { 'ABANDON' }
  try {
    Complete-BootstrapHook $result
    Write-Output "The life-cycle hook was answered with $result."
  }
  catch {
    $failure = "The life-cycle hook was not answered with $result, so that the group gives the node up if it waits for an answer: $_"
    Write-Outcome $failure Error 3
  }
}
if ($null -ne $failure) {
  exit 1
}
</powershell>
