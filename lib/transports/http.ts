/**
 * HTTP over undici. This file alone calls it, and translates every way in which it fails.
 */
import type { Dispatcher } from 'undici';
import { InputError, type TimeoutPhase, TransportError } from '../errors.js';

export interface Timeouts {
  /** Milliseconds until a connection must stand; 10 s by default. */
  readonly connect?: number | undefined;
  /** Milliseconds until the head of the reply must be there; 30 s by default. */
  readonly headers?: number | undefined;
  /** Milliseconds between two pieces of the reply's body; 30 s by default. */
  readonly idle?: number | undefined;
}

export interface HttpOptions {
  readonly timeouts?: Timeouts | undefined;
  /** The most bytes that the body of a reply may have; 16 MiB by default. */
  readonly replyBytes?: number | undefined;
  /** An undici dispatcher to send through instead of a pool of our own, which then is the caller's to close. */
  readonly dispatcher?: Dispatcher | undefined;
}

export interface HttpReply {
  readonly status: number;
  /** Media type in lower case, without parameters. */
  readonly mediaType: string;
  readonly charset: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly body: Buffer;
}

export interface Http {
  readonly post: (
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal | undefined,
  ) => Promise<HttpReply>;
  readonly close: () => Promise<void>;
}

const REPLY_BYTES = 16 * 1024 * 1024;

/** Connections to one origin. undici is loaded when the first request is made. */
export function createHttp(origin: string, { timeouts = {}, replyBytes = REPLY_BYTES, dispatcher }: HttpOptions): Http {
  let pool: Promise<Dispatcher> | undefined;
  let closed = false;
  const connections = (): Promise<Dispatcher> => {
    pool ??= import('undici').then(
      ({ Pool }) =>
        new Pool(origin, { connections: 16, connect: { timeout: timeouts.connect ?? 10_000 }, allowH2: false }),
    );
    return pool;
  };
  return {
    post: async (path, headers, body, signal) => {
      if (closed) throw new TransportError('connection', 'the client is closed', { outcome: 'not-sent' });
      if (signal?.aborted) throw abortedBy(signal, 'not-sent');
      const through = dispatcher ?? (await connections());
      try {
        const reply = await through.request({
          origin,
          path,
          method: 'POST',
          headers,
          body,
          signal,
          headersTimeout: timeouts.headers ?? 30_000,
          bodyTimeout: timeouts.idle ?? 30_000,
        });
        return {
          status: reply.statusCode,
          ...contentType(headerOf(reply.headers, 'content-type')),
          retryAfterMs: retryAfter(headerOf(reply.headers, 'retry-after')),
          body: await readBody(reply, replyBytes),
        };
      } catch (error) {
        throw translate(error, signal);
      }
    },
    close: async () => {
      closed = true;
      await (await pool)?.close();
    },
  };
}

async function readBody({ body, headers }: Dispatcher.ResponseData, limit: number): Promise<Buffer> {
  const announced = Number(headerOf(headers, 'content-length') ?? 0);
  const chunks: Buffer[] = [];
  let size = 0;
  if (announced <= limit) {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) break;
      chunks.push(chunk);
    }
  }
  if (announced > limit || size > limit) {
    body.on('error', () => {}).destroy();
    throw new TransportError('too-large', `the reply has more than ${limit} bytes`);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function headerOf(headers: Readonly<Record<string, string | string[] | undefined>>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function contentType(value = ''): Pick<HttpReply, 'mediaType' | 'charset'> {
  const [mediaType = '', ...parameters] = value.split(';').map((part) => part.trim());
  const charset = parameters
    .find((parameter) => /^charset\s*=/i.test(parameter))
    ?.replace(/^charset\s*=\s*"?([^"]*)"?$/i, '$1');
  return { mediaType: mediaType.toLowerCase(), charset: charset || undefined };
}

/** Seconds or a date, in milliseconds from now. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The caller's abort as an error; a reason that is a CallError already, as a deadline's, is thrown as it is. */
export function abortedBy(signal: AbortSignal, outcome: 'not-sent' | 'unknown'): Error {
  if (signal.reason instanceof TransportError) return signal.reason;
  return new TransportError('aborted', 'the caller aborted the call', { cause: signal.reason, outcome });
}

/** What is known from a code alone: whether anything can have been sent, and which time ran out. */
const timeoutPhases: Readonly<Record<string, TimeoutPhase>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  ETIMEDOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'body',
};

const neverConnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_TLS_\w+|ERR_SSL_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/;

function translate(error: unknown, signal: AbortSignal | undefined): Error {
  if (error instanceof TransportError) return error;
  if (signal?.aborted) return abortedBy(signal, 'unknown');
  const {
    code = '',
    message = String(error),
    errors,
  } = error as { code?: string; message?: string; errors?: { code?: string }[] };
  // A host with several addresses fails with one error for each of them.
  const known = code || errors?.[0]?.code || '';
  const options = { cause: causeOf(known, message) };
  const phase = timeoutPhases[known];
  if (phase === 'connect')
    return new TransportError('timeout', `no connection (${known})`, { ...options, phase, outcome: 'not-sent' });
  if (phase)
    return new TransportError('timeout', `no ${phase === 'headers' ? 'reply' : 'more of the reply'} in time`, {
      ...options,
      phase,
    });
  if (neverConnected.test(known)) return new TransportError('connect', `no connection (${known})`, options);
  if (known === 'UND_ERR_INVALID_ARG') return new InputError('', message);
  return new TransportError('connection', `the connection broke (${known || message})`, options);
}

/** undici's own errors hold sockets, and through them what was sent. */
const causeOf = (code: string, message: string): Error => Object.assign(new Error(message), { code });
