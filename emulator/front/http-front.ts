import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { singleHeaders } from './api-client';
import { parseRequest } from './request-parsing';
import { ApiError, type ApiRequest, type ApiResponse, errorResponse } from './wire-format';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const KEEP_ALIVE_MS = 120_000;

/** Headers that belong to one connection and are not passed on. */
const CONNECTION_HEADERS = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'te'],
  ...['trailer', 'upgrade', 'server', 'date'],
]);

/** A listening front. */
export interface HttpFront {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Stops listening and closes all connections. */
  stop(): Promise<void>;
}

/** Listens on a free port of the loopback interface and gives every request to `answer`. */
export async function startHttpFront(
  defaultRegion: string,
  answer: (request: ApiRequest) => Promise<ApiResponse>,
): Promise<HttpFront> {
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing, defaultRegion, answer).catch(() => outgoing.destroy());
  });
  // Longer than any pause between two calls, so that no client meets a connection being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  defaultRegion: string,
  answer: (request: ApiRequest) => Promise<ApiResponse>,
): Promise<void> {
  const bytes = await readBody(incoming);
  if (bytes === undefined) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const raw = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: passedOn(singleHeaders(incoming.headers)),
    body: bytes.toString('utf8'),
    bytes,
  };
  const request = parseRequest(raw, defaultRegion);
  const response = await answer(request).catch((error: unknown) =>
    errorResponse(request.service, toApiError(error)),
  );
  const content = response.bytes ?? Buffer.from(response.body);
  // An answer to HEAD has no body, but says how long that of GET would be.
  const told = raw.method === 'HEAD' ? response.headers['content-length'] : undefined;
  if (response.connection === 'hang') return;
  if (response.connection === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  outgoing.writeHead(response.status, {
    ...passedOn(response.headers),
    'content-length': told ?? content.length,
  });
  if (response.connection === 'cut') {
    outgoing.write(content.subarray(0, content.length / 2), () => outgoing.destroy());
    return;
  }
  outgoing.end(content);
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(500, 'InternalFailure', error instanceof Error ? error.message : 'unknown');
}

function passedOn(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.has(name));
  return Object.fromEntries(kept);
}

/** The body; undefined when it is too long. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).length;
    if (length > BODY_LIMIT_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
