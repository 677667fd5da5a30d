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
    AutoScalingGroupName = 'demo-windows'
    LifecycleHookName = 'node-bootstrap'
    InstanceId = Invoke-RestMethod -Uri "$imds/meta-data/instance-id" -Headers $header
    Region = Invoke-RestMethod -Uri "$imds/meta-data/placement/region" -Headers $header
    LifecycleActionResult = $Result
    Force = $true
  }
  Complete-ASLifecycleAction @hook | Out-Null
}
$bootstrap = @{
  EKSClusterName = 'demo'
  APIServerEndpoint = 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com'
  Base64ClusterCA = 'ZmFrZS1jYQ=='
  ServiceCIDR = '10.100.0.0/16'
  DNSClusterIP = '10.100.0.10'
  ExcludedSnatCIDRs = @(
    '192.168.0.0/16'
    '172.16.0.0/12'
  )
  KubeletExtraArgs = '--eviction-hard=memory.available<500Mi,nodefs.available<10% --eviction-soft=memory.available<1Gi --image-gc-high-threshold=95 --image-gc-low-threshold=90 --kube-reserved=cpu=100m,ephemeral-storage=1Gi,memory=500Mi --max-pods=60 --node-labels=empty=,example.com/team=payments,workload=batch --register-with-taints=example.com/dedicated=:NoExecute,os=windows:NoSchedule --registry-qps=10 --system-reserved=memory=2Gi --v=4'
  KubeProxyExtraArgs = '--feature-gates=WinDSR=true --v=4'
}
$failure = 'a script ended with exit'
try {
  $proxy = @{
    HTTP_PROXY = 'http://proxy.example.com:3128'
    HTTPS_PROXY = 'http://proxy.example.com:3129'
    NO_PROXY = @(
      'localhost'
      '127.0.0.1'
      '169.254.169.254'
      'ABCDEF.gr7.eu-west-1.eks.amazonaws.com'
      '10.100.0.0/16'
      '.svc'
      '.cluster.local'
      '10.0.0.0/8'
      '.example.com'
      'registry.example.net:5000'
    ) -join ','
  }
  foreach ($name in $proxy.Keys) {
    [Environment]::SetEnvironmentVariable($name, $proxy[$name], 'Machine')
    [Environment]::SetEnvironmentVariable($name, $proxy[$name], 'Process')
  }
  $webProxy = New-Object -TypeName System.Net.WebProxy -ArgumentList 'http://proxy.example.com:3129', $true
  $webProxy.BypassList = @(
    '://([^/]*\.)?169\.254\.169\.254(:\d+)?$'
    '://[^/]*\.example\.com(:\d+)?$'
    '://([^/]*\.)?registry\.example\.net:5000$'
  )
  [System.Net.WebRequest]::DefaultWebProxy = $webProxy
  Get-Service | Where-Object { $_.Name -eq 'containerd' -and $_.Status -eq 'Running' } | Restart-Service -Force
  $certificates = @(
    'MIIBgjCCASmgAwIBAgIUFHinUBnpwe9xPROQliXQZ9EKF8AwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAwwLVGVzdCBDQSB0d28wIBcNMjYxMTI4MTUyNTU1WhgPMjEyNjExMDQxNTI1NTVaMBYxFDASBgNVBAMMC1Rlc3QgQ0EgdHdvMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfl2PnPECagiPZKW0R/CgX1jizppjQ++R8vZHXF6SaMt4bnyDJ4tqyV9If8R4KUzfL8SvQycqRqxwuDClvsB08KNTMFEwHQYDVR0OBBYEFNr9YxMRRRZGWXOySK8z83tTBD1gMB8GA1UdIwQYMBaAFNr9YxMRRRZGWXOySK8z83tTBD1gMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgWgxjMkLpp58FOOmqaQiYOUJrzbLMxFIJGUEdkUSmEu4CIBChRxv9MhXaZokbxsU1l/LPIeuIxUyd9fY3n/TUNqMN'
    'MIIBhDCCASmgAwIBAgIUbOswtFAZkoQ8Nkuz7DqFMsMP/LcwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAwwLVGVzdCBDQSBvbmUwIBcNMjYxMTI4MTUyNTU1WhgPMjEyNjExMDQxNTI1NTVaMBYxFDASBgNVBAMMC1Rlc3QgQ0Egb25lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf6MNVcMJ3OC+DYRG3SHtZ9u+8Cg5ke1S3fJBgiLUAlQllyo5cxulWja59uCDEe1wUkTEWiZRIlT4qfaW44gg/aNTMFEwHQYDVR0OBBYEFLSu87BudVtnmpqk197uA7PlRIEXMB8GA1UdIwQYMBaAFLSu87BudVtnmpqk197uA7PlRIEXMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAM5GBd2yhAgN9VcLSpNC8H8ZX8SGgVG1VrBrltLMtPVUAiEAtmaPYq8xbPhpR/xWYDIDk6dMb3VVbEpXP5yOiGnli0E='
  )
  $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
  $store.Open('ReadWrite')
  foreach ($certificate in $certificates) {
    $bytes = [Convert]::FromBase64String($certificate)
    $store.Add([System.Security.Cryptography.X509Certificates.X509Certificate2]::new($bytes))
  }
  $store.Close()
  & {
# Everything stands in the user data as it is written: $HOME, "${env:TEMP}", `n, %{ $_ }.
$settings = @'
driveLetter = 'D'
'@
Set-Content -Path "$env:TEMP\settings.toml" -Value $settings
& "$env:SystemRoot\System32\w32tm.exe" /resync
if ($LASTEXITCODE -ne 0) {
  throw "w32tm ended with exit code $LASTEXITCODE."
}
  }
  & "$env:ProgramFiles\Amazon\EKS\Start-EKSBootstrap.ps1" @bootstrap 3>&1 4>&1 5>&1 6>&1
  if (-not $?) {
    throw "Start-EKSBootstrap.ps1 ended with exit code $LASTEXITCODE."
  }
  & {
Write-Output 'joined'
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
