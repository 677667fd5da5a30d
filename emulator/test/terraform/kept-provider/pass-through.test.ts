import { mkdtempSync, rmSync } from 'node:fs';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PassThrough, startPassThrough } from '../../../terraform/kept-provider/pass-through';

const GET_SCHEMA = '/tfplugin5.Provider/GetSchema';
const CALL = '/tfplugin5.Provider/ReadResource';

/** A message as gRPC sends it. */
function message(text: string): Buffer {
  const body = Buffer.from(text);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(body.length, 1);
  return Buffer.concat([prefix, body]);
}

/** What a caller gets. */
interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly trailers: IncomingHttpHeaders;
}

function answerTo(call: ClientHttp2Stream): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let headers: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    call.on('response', (all) => {
      headers = all;
    });
    call.on('trailers', (all) => {
      trailers = all;
    });
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.once('error', reject);
    call.once('close', () =>
      resolve({ headers, body: Buffer.concat(chunks).subarray(5).toString(), trailers }),
    );
  });
}

describe('a pass-through', () => {
  let folder: string;
  let passThrough: PassThrough;
  /** What the providers get, `<which> <path> <message>`. */
  let seen: string[];
  let servers: Http2Server[];
  let clients: ClientHttp2Session[];
  let onCall: (stream: ServerHttp2Stream, text: string) => void;

  /** A provider that knows gRPC and nothing else. */
  const startProvider = async (): Promise<string> => {
    const server = createServer();
    const name = String.fromCharCode(65 + servers.length);
    servers.push(server);
    server.on('stream', (stream, headers) => {
      const chunks: Buffer[] = [];
      stream.on('error', () => undefined);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const text = Buffer.concat(chunks).subarray(5).toString();
        seen.push(`${name} ${headers[':path']} ${text}`.trim());
        onCall(stream, text);
      });
    });
    const socket = join(folder, name);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    return socket;
  };

  const echo = (stream: ServerHttp2Stream, text: string): void => {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true },
    );
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(message(`answer to ${text}`));
  };

  const connection = (): ClientHttp2Session => {
    const client = connect(`http://${passThrough.address.String}`);
    clients.push(client);
    return client;
  };
  const start = (client: ClientHttp2Session, path: string, text: string): ClientHttp2Stream => {
    const call = client.request({ ':method': 'POST', ':path': path, te: 'trailers' });
    call.end(message(text));
    return call;
  };
  const closed = (client: ClientHttp2Session): Promise<void> =>
    new Promise((resolve) => client.close(resolve));

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pass-'));
    [seen, servers, clients, onCall] = [[], [], [], echo];
    passThrough = await startPassThrough(startProvider, (schema) =>
      Buffer.from(`part of ${schema.toString()}`),
    );
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await passThrough.stop();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  it('hands calls and answers over as they are', async () => {
    const large = 'x'.repeat(300_000);
    expect(await answerTo(start(connection(), CALL, large))).toEqual({
      headers: expect.objectContaining({ ':status': 200, 'content-type': 'application/grpc' }),
      body: `answer to ${large}`,
      trailers: expect.objectContaining({ 'grpc-status': '0' }),
    });
    expect(seen).toEqual([`A ${CALL} ${large}`]);
  });

  it('hands over an answer that is a status without a message', async () => {
    onCall = (stream) =>
      stream.respond({ ':status': 200, 'grpc-status': '12' }, { endStream: true });
    const { headers, body } = await answerTo(start(connection(), CALL, 'a'));
    expect([headers['grpc-status'], body]).toEqual(['12', '']);
  });

  it('asks for the schema once, and gives every caller what is cut of it', async () => {
    const first = await answerTo(start(connection(), GET_SCHEMA, ''));
    const second = await answerTo(start(connection(), GET_SCHEMA, ''));
    expect([first.body, second.body]).toEqual(['part of answer to ', 'part of answer to ']);
    expect(first.trailers['grpc-status']).toBe('0');
    expect(seen).toEqual([`A ${GET_SCHEMA}`]);
  });

  it('tells the caller when the provider has no schema', async () => {
    onCall = (stream) =>
      stream.respond({ ':status': 200, 'grpc-status': '2' }, { endStream: true });
    const { headers } = await answerTo(start(connection(), GET_SCHEMA, ''));
    expect([headers['grpc-status'], decodeURIComponent(String(headers['grpc-message']))]).toEqual([
      '13',
      'Error: the provider tells no schema, status none',
    ]);
  });

  it('gives each connection a provider of its own, and that to the next one afterwards', async () => {
    const [first, second] = [connection(), connection()];
    await answerTo(start(first, CALL, 'one'));
    await answerTo(start(second, CALL, 'two'));
    await answerTo(start(first, CALL, 'three'));
    await closed(first);
    await closed(second);
    await answerTo(start(connection(), CALL, 'four'));
    expect(seen.map((line) => line.replace(`${CALL} `, ''))).toEqual([
      'A one',
      'B two',
      'A three',
      expect.stringMatching(/^[AB] four$/),
    ]);
    expect(servers).toHaveLength(2);
  });

  it('takes a call back from the provider when the caller gives it up', async () => {
    const given = new Promise<number>((resolve) => {
      onCall = (stream) => stream.once('close', () => resolve(stream.rstCode));
    });
    const call = start(connection(), CALL, 'a');
    call.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (seen.length === 0) return;
        clearInterval(look);
        resolve();
      }, 5);
    });
    call.close(constants.NGHTTP2_CANCEL);
    expect(await given).toBe(constants.NGHTTP2_CANCEL);
  });

  it('ends the call when the provider ends in the middle of it', async () => {
    onCall = (stream) => stream.session?.destroy();
    const call = start(connection(), CALL, 'a');
    call.on('error', () => undefined);
    await new Promise<void>((resolve) => call.once('close', resolve));
    expect(call.rstCode).not.toBe(constants.NGHTTP2_NO_ERROR);
  });
});
