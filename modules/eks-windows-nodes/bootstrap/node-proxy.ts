import { Fn, Token } from 'cdktf';
import {
  checkText,
  type Path,
  type Problem,
  problem,
  quotePowerShell,
  quotePowerShellArray,
  type TextRule,
} from '../../core';
import { group, list, type SettingProps, setting, text } from '../../settings';

/** The URL of a proxy. */
const PROXY_URL: TextRule = {
  id: 'proxy-url',
  pattern: /^https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?\/?$/,
  rule: 'be the URL of a proxy such as http://proxy.example.com:3128',
};

/** What stands between the commas of `NO_PROXY`. */
const NO_PROXY: TextRule = {
  id: 'no-proxy',
  pattern: /^[A-Za-z0-9.*_-]+(?::\d{1,5}|\/\d{1,2})?$/,
  rule: 'be a name, an address or a network such as example.com, .example.com, 10.1.2.3 or 10.0.0.0/8',
};

const NODE_PROXY_SETTINGS = {
  /** For `http://`, such as `http://proxy.example.com:3128`. @default - none */
  httpProxy: setting(text(checkProxyUrl), {
    about: 'Proxy for http:// without a password',
    otherwise: 'none',
    change: 'rolls',
  }),
  /** For `https://`: registries and AWS. Mostly an `http://` URL itself. @default - none */
  httpsProxy: setting(text(checkProxyUrl), {
    about: 'Proxy for https:// without a password',
    otherwise: 'none',
    change: 'rolls',
  }),
  /**
   * What is reached without the proxy: names with all below them (`example.com`), only what is
   * below (`.example.com`), addresses and networks. Add the VPC's network, and the domains of
   * your VPC endpoints. The node itself, the metadata of the instance, the cluster's endpoint,
   * the service network, `.svc` and `.cluster.local` are always among them.
   * @default - no more than those
   */
  noProxy: setting(list(text(NO_PROXY)), {
    about: 'Names, addresses and networks without the proxy, such as that of the VPC',
    otherwise: 'only the node, its metadata, the cluster and its services',
    change: 'rolls',
  }),
};

/**
 * A proxy between the nodes and the Internet. Everybody on a node can read it, so that it cannot
 * have a password. At least one of `httpProxy` and `httpsProxy`.
 */
export interface NodeProxy extends SettingProps<typeof NODE_PROXY_SETTINGS> {}

/** A proxy. No problem of it repeats what could be a password. */
export const nodeProxy = group(NODE_PROXY_SETTINGS, (path, { httpProxy, httpsProxy }) =>
  httpProxy === undefined && httpsProxy === undefined
    ? [
        problem(
          'proxy-without-url',
          path,
          'have at least one of httpProxy and httpsProxy',
          undefined,
        ),
      ]
    : [],
);

/** As much of a cluster as is reached without a proxy. */
export interface ProxiedCluster {
  readonly apiServerEndpoint: string;
  readonly serviceCidr: string;
}

const INSTANCE_METADATA = '169.254.169.254';

/** The URL of a proxy without a password. */
function checkProxyUrl(path: Path, url: string): Problem[] {
  if (Token.isUnresolved(url)) return [];
  if (!url.includes('@')) return checkText(path, url, PROXY_URL);
  const rule = 'have no user name and no password, which everybody on a node could read';
  const advice = 'let the proxy tell nodes by their addresses';
  return [problem('proxy-url-with-password', path, rule, 'a URL with @', advice)];
}

/**
 * Sets the proxy for services that are started or restarted from now on (environment of the
 * machine), for the programs of the user data and for the web requests of its PowerShell, which
 * does not look at the environment.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/http_proxy_config.html
 */
export function renderNodeProxy(proxy: NodeProxy | undefined, cluster: ProxiedCluster): string[] {
  if (proxy === undefined) return [];
  const { httpProxy, httpsProxy, noProxy = [] } = proxy;
  const variables = [
    ['HTTP_PROXY', httpProxy],
    ['HTTPS_PROXY', httpsProxy],
  ].flatMap(([name, value]) => {
    return value === undefined ? [] : [`    ${name} = ${quotePowerShell(value)}`];
  });
  const direct = quotePowerShellArray([...alwaysDirect(cluster), ...noProxy], '    ');
  const bypass = [INSTANCE_METADATA, ...noProxy].flatMap(bypassPattern);
  return [
    '  $proxy = @{',
    ...variables,
    `    NO_PROXY = ${direct} -join ','`,
    '  }',
    '  foreach ($name in $proxy.Keys) {',
    "    [Environment]::SetEnvironmentVariable($name, $proxy[$name], 'Machine')",
    "    [Environment]::SetEnvironmentVariable($name, $proxy[$name], 'Process')",
    '  }',
    `  $webProxy = New-Object -TypeName System.Net.WebProxy -ArgumentList ${quotePowerShell(httpsProxy ?? httpProxy ?? '')}, $true`,
    `  $webProxy.BypassList = ${quotePowerShellArray(bypass, '  ')}`,
    '  [System.Net.WebRequest]::DefaultWebProxy = $webProxy',
    "  Get-Service | Where-Object { $_.Name -eq 'containerd' -and $_.Status -eq 'Running' } | Restart-Service -Force",
  ];
}

/** What no node can reach, or should reach, through a proxy. */
function alwaysDirect({ apiServerEndpoint, serviceCidr }: ProxiedCluster): string[] {
  const endpoint = Token.isUnresolved(apiServerEndpoint)
    ? Fn.replace(apiServerEndpoint, 'https://', '')
    : apiServerEndpoint.replace(/^https:\/\//, '');
  const node = ['localhost', '127.0.0.1', INSTANCE_METADATA];
  return [...node, endpoint, serviceCidr, '.svc', '.cluster.local'];
}

/**
 * A name or an address as .NET's proxy wants it: a regular expression for `scheme://host:port`. It
 * knows no networks, and what only Terraform knows cannot be turned into one.
 */
export function bypassPattern(entry: string): string[] {
  if (Token.isUnresolved(entry) || entry.includes('/')) return [];
  const [host = '', port] = entry.split(':');
  const escaped = host
    .replace(/^\*?\./, '')
    .replace(/\./g, '\\.')
    .replace(/\*/g, '.*');
  const below = /^\*?\./.test(host) ? '[^/]*\\.' : '([^/]*\\.)?';
  return [`://${below}${escaped}${port === undefined ? '(:\\d+)?' : `:${port}`}$`];
}
