/**
 * HTTP over undici. This file alone calls it, and translates every way in which it fails.
 */
import type { Dispatcher } from 'undici';
import { abortedBy } from '../call.js';
import { defaultLimits } from '../codec/lexer.js';
import { InputError, isCallError, type TimeoutPhase, TransportError } from '../errors.js';
import { requireMilliseconds } from '../options.js';
import { type ContentType, parseContentType } from './content-type.js';

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
  readonly limits?: ReplyLimits | undefined;
  /** An undici dispatcher to send through instead of a pool of our own, which then is the caller's to close. */
  readonly dispatcher?: Dispatcher | undefined;
}

/** What a reply may cost. */
export interface ReplyLimits {
  /** The most bytes that its body may have; 16 MiB by default. */
  readonly replyBytes?: number | undefined;
  /** Elements inside each other; 256 by default. */
  readonly depth?: number | undefined;
}

export interface HttpReply extends ContentType {
  readonly status: number;
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

/** Connections to one origin. undici is loaded when the first request is made. */
export function createHttp(origin: string, { timeouts = {}, limits, dispatcher }: HttpOptions): Http {
  for (const [key, value] of Object.entries(timeouts)) requireMilliseconds(`timeouts.${key}`, value);
  const replyBytes = limits?.replyBytes ?? defaultLimits.bytes;
  let pool: Promise<Dispatcher> | undefined;
  const connections = (): Promise<Dispatcher> => {
    pool ??= import('undici').then(
      ({ Pool }) =>
        new Pool(origin, {
          connections: 16,
          connect: { timeout: forUndici(timeouts.connect ?? 10_000) },
          allowH2: false,
        }),
    );
    return pool;
  };
  return {
    post: async (path, headers, body, signal) => {
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
          headersTimeout: forUndici(timeouts.headers ?? 30_000),
          bodyTimeout: forUndici(timeouts.idle ?? 30_000),
        });
        requireIdentity(reply);
        return {
          status: reply.statusCode,
          ...parseContentType(headerOf(reply.headers, 'content-type')),
          retryAfterMs: retryAfter(headerOf(reply.headers, 'retry-after')),
          body: await readBody(reply, replyBytes),
        };
      } catch (error) {
        throw translate(error, signal, `${origin}${path}`);
      }
    },
    close: async () => (await pool)?.close(),
  };
}

/** undici writes no limit as 0. */
const forUndici = (ms: number): number => (ms === Number.POSITIVE_INFINITY ? 0 : ms);

/** No other coding was asked for, so that one that comes all the same is not guessed at. */
function requireIdentity({ headers, body }: Dispatcher.ResponseData): void {
  const coding = headerOf(headers, 'content-encoding') ?? 'identity';
  if (coding.trim().toLowerCase() === 'identity') return;
  discard(body);
  throw new TransportError(
    'content-type',
    `a reply in the content coding ${JSON.stringify(coding.slice(0, 40))}, which was not asked for`,
  );
}

/** Ends a body that is not wanted; that it was cut short is no error then. */
const discard = (body: Dispatcher.ResponseData['body']): unknown => body.on('error', () => {}).destroy();

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
    discard(body);
    throw new TransportError('too-large', `the reply has more than ${limit} bytes`);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function headerOf(headers: Readonly<Record<string, string | string[] | undefined>>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Seconds or a date, in milliseconds from now. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The codes of undici that tell which time ran out. */
const phases: Readonly<Record<string, TimeoutPhase>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'body',
};

const timeoutTexts: Readonly<Record<TimeoutPhase, string>> = {
  total: 'no reply in time',
  connect: 'no connection in time',
  headers: 'no reply in time',
  body: 'no more of the reply in time',
};

/** The code alone does not tell whether a connection stood: a socket that was in use may fail with ETIMEDOUT too. */
const connecting: ReadonlySet<string | undefined> = new Set(['connect', 'getaddrinfo']);

const neverConnected = /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+)$/;

/** A handshake fails, and a certificate is refused, before anything is sent. */
const untrusted =
  /^(?:CERT_\w+|ERR_TLS_CERT\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|HOSTNAME_MISMATCH|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_UNSUPPORTED_PROTOCOL|ERR_SSL_\w*HANDSHAKE_FAILURE)$/;

interface SystemError {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  readonly errors?: readonly SystemError[];
}

function translate(error: unknown, signal: AbortSignal | undefined, url: string): Error {
  if (isCallError(error)) return error;
  if (signal?.aborted) return abortedBy(signal, 'unknown');
  // A host with several addresses fails with one error for each of them.
  const { code = '', syscall, message = String(error) } = ((error as SystemError).errors?.[0] ?? error) as SystemError;
  const cause = causeOf(code, message);
  if (code === 'UND_ERR_INVALID_ARG') return new InputError('', message);
  const phase = code === 'ETIMEDOUT' && connecting.has(syscall) ? 'connect' : phases[code];
  if (phase) {
    const outcome = phase === 'connect' ? 'not-sent' : 'unknown';
    return new TransportError('timeout', `${timeoutTexts[phase]} from ${url}`, { cause, phase, outcome });
  }
  if (connecting.has(syscall) || neverConnected.test(code) || untrusted.test(code))
    return new TransportError('connect', `no connection to ${url} (${code})`, { cause });
  return new TransportError('connection', `the connection to ${url} broke (${code || message})`, { cause });
}

/** undici's own errors hold sockets, and through them what was sent. */
const causeOf = (code: string, message: string): Error => Object.assign(new Error(message), { code });
