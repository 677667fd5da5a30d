import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo, createConnection } from 'node:net';

/** Where a provider listens, as Terraform tells it apart. */
interface ProviderAddress {
  readonly Network: string;
  readonly String: string;
}

/** A running pass-through. */
export interface PassThrough {
  readonly address: ProviderAddress;
  /** Ends it and all connections; further calls do nothing. */
  stop(): Promise<void>;
}

/** Larger than a schema, so that nobody waits for the other's leave to go on. */
const WINDOW_BYTES = 16 * 1024 * 1024;

const GET_SCHEMA = '/tfplugin5.Provider/GetSchema';

/** A message of gRPC begins with a byte for its compression and four for its length. */
const PREFIX_BYTES = 5;
const EMPTY_MESSAGE = Buffer.alloc(PREFIX_BYTES);

/**
 * Listens on the loopback interface in the place of a provider. Every call goes to a provider and its
 * answer back as they are, but for `GetSchema`: a provider is asked once, and each caller gets what
 * `cut` makes of the answer. Terraform takes most of the time of a short plan to read that.
 *
 * Each connection has a provider to itself, as each configured provider of Terraform has a process,
 * and leaves it to the next one when it ends.
 *
 * @param start - starts one more provider; the socket that it listens on
 * @throws Error when it cannot listen.
 */
export async function startPassThrough(
  start: () => Promise<string>,
  cut: (schema: Buffer) => Buffer,
): Promise<PassThrough> {
  const providers = new Providers(start);
  let schema: Promise<Buffer> | undefined;
  const sessions = new Set<Http2Session>();
  const server = createServer({ settings: { initialWindowSize: WINDOW_BYTES } });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (headers[':path'] === GET_SCHEMA) {
      stream.resume();
      schema ??= providers.borrow((provider) => fetchSchema(provider, headers));
      schema.then(
        (whole) => answer(stream, cut(whole)),
        (error: unknown) => refuse(stream, error),
      );
      return;
    }
    providers.of(stream.session).then(
      (provider) => passOn(provider, stream, headers),
      (error: unknown) => refuse(stream, error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const session of sessions) session.destroy();
      providers.disconnect();
    });
  return {
    address: { Network: 'tcp', String: `127.0.0.1:${port}` },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** The connections to providers. */
class Providers {
  private readonly all: ClientHttp2Session[] = [];
  private readonly idle: ClientHttp2Session[] = [];
  private readonly taken = new WeakMap<Http2Session, Promise<ClientHttp2Session>>();

  constructor(private readonly start: () => Promise<string>) {}

  /** The provider of a connection, for as long as that lasts. */
  public of(session: Http2Session | undefined): Promise<ClientHttp2Session> {
    if (session === undefined) return Promise.reject(new Error('the connection has ended'));
    let provider = this.taken.get(session);
    if (provider === undefined) {
      provider = this.take();
      this.taken.set(session, provider);
      session.once('close', () =>
        provider?.then(
          (one) => this.idle.push(one),
          () => undefined,
        ),
      );
    }
    return provider;
  }

  /** Uses a provider for a moment. */
  public async borrow<T>(use: (provider: ClientHttp2Session) => Promise<T>): Promise<T> {
    const provider = await this.take();
    try {
      return await use(provider);
    } finally {
      this.idle.push(provider);
    }
  }

  public disconnect(): void {
    for (const provider of this.all) provider.destroy();
  }

  private async take(): Promise<ClientHttp2Session> {
    const found = this.idle.pop();
    if (found !== undefined) return found;
    const socket = await this.start();
    const provider = connect('http://localhost', {
      createConnection: () => createConnection(socket),
      settings: { initialWindowSize: WINDOW_BYTES },
    });
    // Calls that are under way fail with it.
    provider.on('error', () => undefined);
    this.all.push(provider);
    return provider;
  }
}

/** One call, there and back. */
function passOn(
  provider: ClientHttp2Session,
  caller: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): void {
  const call = provider.request({ ...headers, ':scheme': 'http', ':authority': 'localhost' });
  let trailers: IncomingHttpHeaders = {};
  let isAnswered = false;
  call.on('error', () => undefined);
  caller.pipe(call);
  call.on('response', (response, flags) => {
    // An answer without a message tells its status in the headers.
    const isAll = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    if (caller.destroyed) return;
    caller.respond(response, isAll ? { endStream: true } : { waitForTrailers: true });
    isAnswered = isAll;
    if (isAll) return;
    caller.once('wantTrailers', () => caller.sendTrailers(trailers));
    call.pipe(caller);
  });
  call.on('trailers', (last) => {
    trailers = last;
  });
  call.once('end', () => {
    isAnswered = true;
  });
  call.once('close', () => {
    if (!isAnswered) caller.close(call.rstCode || constants.NGHTTP2_INTERNAL_ERROR);
  });
  // Terraform gives up on a call when it is interrupted.
  caller.once('close', () => {
    if (caller.rstCode !== constants.NGHTTP2_NO_ERROR) call.close(caller.rstCode);
  });
}

/** The message with the schema, without its prefix. */
function fetchSchema(provider: ClientHttp2Session, headers: IncomingHttpHeaders): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const call = provider.request({ ...headers, ':scheme': 'http', ':authority': 'localhost' });
    const chunks: Buffer[] = [];
    let status: string | string[] | undefined = 'none';
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.on('trailers', (trailers) => {
      status = trailers['grpc-status'];
    });
    call.once('error', reject);
    call.once('end', () => {
      const answered = Buffer.concat(chunks);
      if (status === '0' && answered[0] === 0) resolve(answered.subarray(PREFIX_BYTES));
      else reject(new Error(`the provider tells no schema, status ${status}`));
    });
    call.end(EMPTY_MESSAGE);
  });
}

function answer(stream: ServerHttp2Stream, message: Buffer): void {
  if (stream.destroyed) return;
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.concat([prefix, message]));
}

/** Status 13 is gRPC's word for an internal error. */
function refuse(stream: ServerHttp2Stream, error: unknown): void {
  if (stream.destroyed) return;
  const told = { 'grpc-status': '13', 'grpc-message': encodeURIComponent(String(error)) };
  const headers = { ':status': 200, 'content-type': 'application/grpc', ...told };
  stream.respond(headers, { endStream: true });
}
