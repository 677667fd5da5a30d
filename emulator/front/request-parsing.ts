import { type ApiRequest, credentialScope } from './wire-format';

/** What of an HTTP request decides the API operation. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: Buffer;
}

type Parameters = Readonly<Record<string, unknown>>;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly operation: string;
  readonly names: readonly string[];
}

const EKS_ROUTES: readonly Route[] = [
  route('GET', '/clusters', 'ListClusters'),
  route('POST', '/clusters', 'CreateCluster'),
  route('GET', '/clusters/{clusterName}', 'DescribeCluster'),
  route('DELETE', '/clusters/{clusterName}', 'DeleteCluster'),
  route('POST', '/clusters/{clusterName}/updates', 'UpdateClusterVersion'),
  route('GET', '/clusters/{clusterName}/updates/{updateId}', 'DescribeUpdate'),
  route('GET', '/clusters/{clusterName}/access-entries', 'ListAccessEntries'),
  route('POST', '/clusters/{clusterName}/access-entries', 'CreateAccessEntry'),
  route('GET', '/clusters/{clusterName}/access-entries/{principalArn}', 'DescribeAccessEntry'),
  route('POST', '/clusters/{clusterName}/access-entries/{principalArn}', 'UpdateAccessEntry'),
  route('DELETE', '/clusters/{clusterName}/access-entries/{principalArn}', 'DeleteAccessEntry'),
  route('POST', '/clusters/{clusterName}/addons', 'CreateAddon'),
  route('GET', '/clusters/{clusterName}/addons/{addonName}', 'DescribeAddon'),
];

const TAG_ROUTES: readonly Route[] = [
  route('GET', '/tags/{resourceArn}', 'ListTagsForResource'),
  route('POST', '/tags/{resourceArn}', 'TagResource'),
  route('DELETE', '/tags/{resourceArn}', 'UntagResource'),
];

function route(method: string, path: string, operation: string): Route {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const pattern = new RegExp(
    `^${path.replace(/\{resourceArn\}/, '(.+)').replace(/\{\w+\}/g, '([^/]+)')}$`,
  );
  return { method, pattern, operation, names };
}

/** Finds service, region, operation and parameters of a request. */
export function parseRequest(raw: RawRequest, defaultRegion: string): ApiRequest {
  const scope = credentialScope(raw.headers['authorization']);
  const service = scope?.service ?? 'unsigned';
  const region = scope?.region ?? defaultRegion;
  const { operation, parameters } = operationOf(service, raw);
  return { ...raw, service, region, operation, parameters };
}

function operationOf(
  service: string,
  raw: RawRequest,
): { readonly operation: string; readonly parameters: Parameters } {
  const target = raw.headers['x-amz-target'];
  if (target !== undefined) {
    return { operation: target.split('.').pop() ?? target, parameters: parseJson(raw.body) };
  }
  if ((raw.headers['content-type'] ?? '').includes('x-www-form-urlencoded')) {
    const {
      Action,
      Version: _version,
      ...parameters
    } = Object.fromEntries(new URLSearchParams(raw.body));
    return { operation: Action ?? '', parameters };
  }
  return restOperation(service, raw);
}

function restOperation(
  service: string,
  raw: RawRequest,
): { readonly operation: string; readonly parameters: Parameters } {
  const [path = '/', search = ''] = splitTarget(raw.target);
  const parameters = { ...queryParameters(search), ...parseJson(raw.body) };
  const routes = service === 'eks' ? [...EKS_ROUTES, ...TAG_ROUTES] : TAG_ROUTES;
  for (const candidate of routes) {
    const match = candidate.pattern.exec(path);
    if (match === null || candidate.method !== raw.method) continue;
    const named = candidate.names.map((name, index) => [
      name,
      decodeURIComponent(match[index + 1] ?? ''),
    ]);
    const merged = { ...parameters, ...Object.fromEntries(named) };
    return { operation: candidate.operation, parameters: merged };
  }
  if (service === 'imagebuilder') return { operation: path.slice(1), parameters };
  return {
    operation: `${raw.method} ${path}${service === 's3' ? partOf(search) : ''}`,
    parameters,
  };
}

/** The part of a bucket or object that an S3 request is about, such as `?policy`. */
function partOf(search: string): string {
  const [part] = [...new URLSearchParams(search)].filter(([, value]) => value === '');
  return part === undefined ? '' : `?${part[0]}`;
}

function splitTarget(target: string): readonly [string, string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

function queryParameters(search: string): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  const query = new URLSearchParams(search);
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    parameters[name] = name === 'tagKeys' ? values : values[0];
  }
  return parameters;
}

function parseJson(body: string): Record<string, unknown> {
  if (!body.trimStart().startsWith('{')) return {};
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}
