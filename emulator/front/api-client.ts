import { Agent, request as httpRequest } from 'node:http';
import { ApiError, type ApiResponse } from './wire-format';
import { elementAt, readXml, textAt, type XmlElement } from './xml-reading';

const API_VERSIONS: Readonly<Record<string, string>> = {
  ec2: '2016-11-15',
  autoscaling: '2011-01-01',
  iam: '2010-05-08',
  sns: '2010-03-31',
  sqs: '2012-11-05',
};

const JSON_TARGETS: Readonly<Record<string, string>> = {
  ssm: 'AmazonSSM',
  logs: 'Logs_20140328',
  events: 'AWSEvents',
  kms: 'TrentService',
  secretsmanager: 'secretsmanager',
};

/**
 * A minimal AWS client: enough to seed the emulator, to let its parts ask moto_server, and to
 * drive it in tests without the AWS CLI. Requests carry a credential scope, not a signature.
 */
export class ApiClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(
    private readonly url: string,
    private readonly defaultRegion: string,
  ) {}

  /**
   * Calls an operation of a query-protocol service (EC2, Auto Scaling, IAM, SNS).
   * @throws ApiError when the service refuses.
   */
  async query(
    service: string,
    operation: string,
    parameters: Readonly<Record<string, string | number | boolean>> = {},
    region: string = this.defaultRegion,
  ): Promise<XmlElement> {
    const form = new URLSearchParams({ Action: operation, Version: API_VERSIONS[service] ?? '' });
    for (const [name, value] of Object.entries(parameters)) form.set(name, String(value));
    const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
    const headers = { ...scopeHeaders(service, region), 'content-type': contentType };
    const answer = await this.send('POST', '/', headers, form.toString());
    const document = readXml(answer.body);
    if (answer.status >= 300) throw xmlError(answer.status, document);
    return document;
  }

  /**
   * Calls an operation of a JSON 1.1 service (SSM, CloudWatch Logs, EventBridge, KMS, secrets).
   * @throws ApiError when the service refuses.
   */
  async json(
    service: string,
    operation: string,
    parameters: Readonly<Record<string, unknown>> = {},
    region: string = this.defaultRegion,
  ): Promise<Record<string, unknown>> {
    const headers = {
      ...scopeHeaders(service, region),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${JSON_TARGETS[service] ?? service}.${operation}`,
    };
    return readJson(await this.send('POST', '/', headers, JSON.stringify(parameters)));
  }

  /**
   * Calls an operation of a REST JSON service (EKS, Image Builder).
   * @throws ApiError when the service refuses.
   */
  async rest(
    service: string,
    method: string,
    target: string,
    body?: Readonly<Record<string, unknown>>,
    region: string = this.defaultRegion,
  ): Promise<Record<string, unknown>> {
    const headers = { ...scopeHeaders(service, region), 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    return readJson(await this.send(method, target, headers, text));
  }

  /** Calls S3 by path, such as `/bucket/key`; a refusal is an answer like any other. */
  s3(method: string, target: string, body = '', region = this.defaultRegion): Promise<ApiResponse> {
    return this.send(method, target, scopeHeaders('s3', region), body);
  }

  /** Sends a request with text and returns the answer as text. */
  async send(
    method: string,
    target: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<ApiResponse> {
    const { bytes, ...answer } = await this.forward(method, target, headers, Buffer.from(body));
    return { ...answer, body: bytes.toString('utf8') };
  }

  /** Sends a request as it is and returns the answer as it is. */
  forward(
    method: string,
    target: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<ApiResponse & { readonly bytes: Buffer }> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        `${this.url}${target}`,
        {
          method,
          agent: this.agent,
          headers: { ...headers, 'content-length': body.length },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            resolve({
              status: incoming.statusCode ?? 500,
              headers: singleHeaders(incoming.headers),
              body: '',
              bytes: Buffer.concat(chunks),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** Closes the connections it holds. */
  close(): void {
    this.agent.destroy();
  }
}

function scopeHeaders(service: string, region: string): Record<string, string> {
  const credential = `test/20260101/${region}/${service}/aws4_request`;
  const signature = 'SignedHeaders=host, Signature=0';
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, ${signature}`;
  return { authorization };
}

/** Joins repeated headers, so that every header has one value. */
export function singleHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) single[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return single;
}

function xmlError(status: number, document: XmlElement): ApiError {
  const error = elementAt(document, 'Errors', 'Error') ?? elementAt(document, 'Error');
  const code = textAt(error, 'Code') || 'InternalFailure';
  return new ApiError(status, code, textAt(error, 'Message'));
}

function readJson(answer: ApiResponse): Record<string, unknown> {
  const content = parseObject(answer.body);
  if (answer.status < 300) return content;
  const type = answer.headers['x-amzn-errortype'] ?? content['__type'] ?? 'InternalFailure';
  const code = String(type).split('#').pop()?.split(':')[0] ?? 'InternalFailure';
  throw new ApiError(answer.status, code, String(content['message'] ?? content['Message'] ?? ''));
}

function parseObject(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}
