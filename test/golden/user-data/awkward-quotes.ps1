<powershell>
$ErrorActionPreference = 'Stop'
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
}
try {
  & "$env:ProgramFiles\Amazon\EKS\Start-EKSBootstrap.ps1" @bootstrap 3>&1 4>&1 5>&1 6>&1
}
catch {
  Write-Output "EKS bootstrap failed: $_"
  exit 1
}
</powershell>
