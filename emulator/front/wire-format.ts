import { randomUUID } from 'node:crypto';

/** The account every emulated resource belongs to; it is the default account of moto_server. */
export const OWN_ACCOUNT = '123456789012';

/** One request as the service handlers see it. */
export interface ApiRequest {
  /** Signing name of the service, such as `ec2`. */
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  /** Query protocols: flat names such as `Filter.1.Value.1`. JSON protocols: the parsed body. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly method: string;
  /** Path and query string as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text. */
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
}

/** One answer on its way to the client. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body where it need not be text; it goes before `body`. */
  readonly bytes?: Buffer;
  /**
   * What becomes of the connection: `hang` keeps it open and sends nothing, `reset` ends it at
   * once, `cut` ends it after half of the body.
   * @default - the answer is sent
   */
  readonly connection?: 'hang' | 'reset' | 'cut';
}

/** Answers a request, or returns undefined to leave it to moto_server. */
export type ServiceHandler = (request: ApiRequest) => Promise<ApiResponse | undefined>;

/** A refusal in AWS's terms: HTTP status, error code, message. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** Escapes text for use in XML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Content of an XML element: text, children by name, or a list of `<item>`/`<member>` elements. */
export type XmlContent =
  | string
  | number
  | boolean
  | undefined
  | XmlList
  | { readonly [name: string]: XmlContent };

/** A list in XML; `tag` is the name of each entry. */
export class XmlList {
  constructor(
    readonly tag: 'item' | 'member',
    readonly entries: readonly XmlContent[],
  ) {}
}

/** Renders content as XML; undefined values are left out. */
export function renderXml(content: XmlContent): string {
  if (content === undefined) return '';
  if (content instanceof XmlList) {
    return content.entries
      .map((entry) => `<${content.tag}>${renderXml(entry)}</${content.tag}>`)
      .join('');
  }
  if (typeof content !== 'object') return escapeXml(String(content));
  return Object.entries(content)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${renderXml(value)}</${name}>`)
    .join('');
}

const XML_HEADERS = { 'content-type': 'text/xml;charset=UTF-8' };
const EC2_NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';
const AUTO_SCALING_NAMESPACE = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';

/** An answer of the EC2 query protocol. */
export function ec2Response(operation: string, content: Record<string, XmlContent>): ApiResponse {
  const body =
    `<${operation}Response xmlns="${EC2_NAMESPACE}"><requestId>${randomUUID()}</requestId>` +
    `${renderXml(content)}</${operation}Response>`;
  return { status: 200, headers: XML_HEADERS, body };
}

/** An answer of the Auto Scaling query protocol. */
export function autoScalingResponse(
  operation: string,
  content: Record<string, XmlContent>,
): ApiResponse {
  const body =
    `<${operation}Response xmlns="${AUTO_SCALING_NAMESPACE}">` +
    `<${operation}Result>${renderXml(content)}</${operation}Result>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
    `</${operation}Response>`;
  return { status: 200, headers: XML_HEADERS, body };
}

/** An answer of the JSON protocols. */
export function jsonResponse(content: unknown, status = 200): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(content),
  };
}

const QUERY_SERVICES = new Set(['autoscaling', 'iam', 'sts', 'sns', 'elasticloadbalancing']);

/** The answer for a refusal, in the protocol of the service. */
export function errorResponse(service: string, error: ApiError): ApiResponse {
  const { status, code, message } = error;
  if (service === 'ec2') {
    const errors = renderXml({ Errors: { Error: { Code: code, Message: message } } });
    const body = `<Response>${errors}<RequestID>${randomUUID()}</RequestID></Response>`;
    return { status, headers: XML_HEADERS, body };
  }
  if (service === 's3') {
    const body = renderXml({ Error: { Code: code, Message: message } });
    return { status, headers: XML_HEADERS, body };
  }
  if (QUERY_SERVICES.has(service)) {
    const type = status < 500 ? 'Sender' : 'Receiver';
    const inner = renderXml({ Error: { Type: type, Code: code, Message: message } });
    const body = `<ErrorResponse>${inner}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
    return { status, headers: XML_HEADERS, body };
  }
  const answer = jsonResponse({ __type: code, message }, status);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } };
}

/** Region and service of a SigV4 `Authorization` header; undefined when it is not signed. */
export function credentialScope(
  authorization: string | undefined,
): { readonly region: string; readonly service: string } | undefined {
  const match = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization ?? '');
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { region: match[1], service: match[2] };
}

/** A parameter as text; `''` when it is absent. */
export function textOf(parameters: Readonly<Record<string, unknown>>, name: string): string {
  const value = parameters[name];
  return value === undefined || value === null ? '' : String(value);
}

/** The values of a query-protocol list, such as `ImageId.1`, `ImageId.2`. */
export function listOf(
  parameters: Readonly<Record<string, unknown>>,
  prefix: string,
): readonly string[] {
  const values: string[] = [];
  for (let index = 1; parameters[`${prefix}.${index}`] !== undefined; index += 1) {
    values.push(textOf(parameters, `${prefix}.${index}`));
  }
  return values;
}
