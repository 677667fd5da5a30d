<powershell>
$ErrorActionPreference = 'Stop'
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
}
try {
  & "$env:ProgramFiles\Amazon\EKS\Start-EKSBootstrap.ps1" @bootstrap 3>&1 4>&1 5>&1 6>&1
}
catch {
  Write-Output "EKS bootstrap failed: $_"
  exit 1
}
</powershell>
