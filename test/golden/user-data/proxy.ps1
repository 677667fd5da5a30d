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
$bootstrap = @{
  EKSClusterName = 'demo'
  APIServerEndpoint = 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com'
  Base64ClusterCA = 'ZmFrZS1jYQ=='
  ServiceCIDR = '10.100.0.0/16'
  DNSClusterIP = '10.100.0.10'
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
}
if ($null -ne $failure) {
  exit 1
}
</powershell>
