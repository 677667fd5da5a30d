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
