/**
 * HTTP over undici, and what each way in which it fails means.
 */
import type { Dispatcher } from 'undici';
import type { Until } from '../call.js';
import { defaultLimits } from '../codec/lexer.js';
import { type HttpExchange, InputError, isCallError, type TimeoutPhase, TransportError } from '../errors.js';
import { requireMilliseconds } from '../options.js';
import { connectFailure } from './connect-failure.js';
import { openConnections, requireConnectionOptions } from './connections.js';
import { bytesReadBefore } from './connector.js';
import { ACCEPTED_CODINGS, undoContentCoding } from './content-coding.js';
import { type ContentType, contentTypeReader } from './content-type.js';
import { exchange, type Progress, type RawReply } from './exchange.js';
import type { TlsOptions } from './tls.js';

export interface Timeouts {
  /** Milliseconds until a connection must stand; 10 s by default. */
  readonly connect?: number | undefined;
  /** Milliseconds until the head of the reply must be there; 30 s by default. */
  readonly headers?: number | undefined;
  /** Milliseconds between two pieces of the reply's body; 30 s by default. */
  readonly idle?: number | undefined;
}

export interface HttpOptions {
  /** undici keeps these with clocks that may be a second late; a deadline for the whole call is exact. */
  readonly timeouts?: Timeouts | undefined;
  readonly limits?: ReplyLimits | undefined;
  /** Certificates and keys, as `node:tls` takes them. The server's certificate is always verified. */
  readonly tls?: TlsOptions | undefined;
  /**
   * The URL of an HTTP proxy, or false for none. HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment are followed
   * if it is left out, though never for an installation on this machine.
   */
  readonly proxy?: string | false | undefined;
  /** An undici dispatcher to send through instead of connections of our own, which then is the caller's to close. */
  readonly dispatcher?: Dispatcher | undefined;
}

/** What a reply may cost. */
export interface ReplyLimits {
  /** The most bytes that its body may have, on the wire and after its content coding is undone; 16 MiB by default. */
  readonly replyBytes?: number | undefined;
  /** Elements inside each other; 256 by default. */
  readonly depth?: number | undefined;
}

export interface HttpReply extends ContentType {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  /** Where the request went, and where a redirect leads. */
  readonly url: string;
  readonly location: string | undefined;
  readonly body: Buffer;
  readonly http: HttpExchange;
  /** Any other header, by its name in lower case. */
  readonly headerOf: (name: string) => string | undefined;
}

/** Where requests of a kind go, and with which headers: all but the body, made once. */
export interface Target {
  readonly url: string;
  readonly request: Dispatcher.DispatchOptions;
  readonly translate: (error: unknown, progress: Progress) => Error;
}

export interface Http {
  readonly target: (path: string, headers: Readonly<Record<string, string>>, method?: Dispatcher.HttpMethod) => Target;
  readonly send: (target: Target, body: string | undefined, until: Until) => Promise<HttpReply>;
  readonly close: () => Promise<void>;
}

/**
 * Connections to one origin. undici is loaded when the first request is made.
 * @throws InputError for options that are not right
 */
export function createHttp(origin: string, { timeouts = {}, limits, tls, proxy, dispatcher }: HttpOptions): Http {
  for (const [key, value] of Object.entries(timeouts)) requireMilliseconds(`timeouts.${key}`, value);
  const connecting = { connectMs: timeouts.connect ?? 10_000, tls, proxy };
  if (dispatcher && typeof dispatcher.dispatch !== 'function') throw new InputError('dispatcher', 'none of undici');
  if (!dispatcher) requireConnectionOptions(origin, connecting);
  else if (tls !== undefined || proxy !== undefined) throw new InputError('dispatcher', 'it has its own TLS and proxy');
  const replyBytes = limits?.replyBytes ?? defaultLimits.bytes;
  const times = {
    headersTimeout: forUndici(timeouts.headers ?? 30_000),
    bodyTimeout: forUndici(timeouts.idle ?? 30_000),
  };
  const readType = contentTypeReader();
  let served = false;
  let connections: Promise<Dispatcher> | undefined;
  let opened = dispatcher;
  // Of a caller's dispatcher it is not known that it tells when it begins to send.
  const assumeSent = dispatcher !== undefined;
  return {
    target: (path, headers, method = 'POST') => ({
      url: `${origin}${path}`,
      // undici reads a list of names and values faster than an object.
      request: {
        ...{ origin, path, method, ...times },
        headers: Object.entries({ 'accept-encoding': ACCEPTED_CODINGS, ...headers }).flat(),
      },
      translate: (error, progress) => translated(error, progress, `${origin}${path}`, { served, foreign: assumeSent }),
    }),
    send: async ({ url, request, translate }, text, until) => {
      if (!opened) {
        connections ??= openConnections(origin, connecting);
        opened = await connections;
      }
      const body = text === undefined ? null : Buffer.from(text);
      const requestBytes = body?.length ?? 0;
      const reply = await exchange(
        opened,
        { ...request, body },
        { requestBytes, replyBytes, until, assumeSent, translate },
      );
      served = true;
      const { http } = reply;
      const coding = headerOf(reply, 'content-encoding');
      const { mediaType, charset } = readType(headerOf(reply, 'content-type'));
      return {
        mediaType,
        charset,
        status: http.status,
        url,
        location: headerOf(reply, 'location'),
        retryAfterMs: retryAfter(headerOf(reply, 'retry-after')),
        body: coding === undefined ? reply.body : await decodedBody(reply, coding, replyBytes),
        http,
        headerOf: (name) => headerOf(reply, name),
      };
    },
    // Nobody is waited for any more, least of all by connections that may never come about.
    close: async () => (await connections)?.destroy(),
  };
}

/** undici writes no limit as 0. */
const forUndici = (ms: number): number => (ms === Number.POSITIVE_INFINITY ? 0 : ms);

/** A status that is no success says enough without its page. */
async function decodedBody({ body, http }: RawReply, coding: string, limit: number): Promise<Buffer> {
  try {
    return await undoContentCoding(body, coding, limit);
  } catch (error) {
    if (http.status >= 300) return Buffer.alloc(0);
    if (isCallError(error)) error.http = http;
    throw error;
  }
}

function headerOf({ headers }: RawReply, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Seconds or a date, in milliseconds from now. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  // Date.parse makes a date of many a text.
  const ms = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) - Date.now() : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The codes of undici that tell which time ran out; that for a connection is told by `connectFailure`. */
const outOfTime: Readonly<Record<string, { readonly phase: TimeoutPhase; readonly found: string }>> = {
  UND_ERR_HEADERS_TIMEOUT: { phase: 'headers', found: 'no reply in time' },
  UND_ERR_BODY_TIMEOUT: { phase: 'body', found: 'no more of the reply in time' },
};

/** What is known of the connections. */
interface Known {
  /** Whether there were replies before. */
  readonly served: boolean;
  /** Whether they are the caller's. */
  readonly foreign: boolean;
}

function translated(error: unknown, { sent, answered }: Progress, url: string, { served, foreign }: Known): Error {
  if (isCallError(error)) return error;
  const { name, code = '', message = String(error) } = error as NodeJS.ErrnoException;
  if (code === 'UND_ERR_INVALID_ARG') return new InputError('', message);
  const failure = sent && !foreign ? undefined : connectFailure(error, url);
  if (failure) return failure;
  // undici's own errors hold sockets, and through them what was sent.
  const cause = Object.assign(new Error(message), { code });
  const outcome = sent ? 'unknown' : 'not-sent';
  const late = outOfTime[code];
  if (late) {
    const { phase, found } = late;
    return new TransportError('timeout', `${found} from ${url}`, { cause, phase, outcome });
  }
  const bytesRead = bytesReadBefore(error);
  const stale = sent && !answered && closed(code, message) && (bytesRead ?? 0) > 0;
  const found = stale ? 'a connection that had served before was closed' : 'the connection broke';
  const hint =
    name === 'HTTPParserError' || code.startsWith('HPE_')
      ? '; what it says is no HTTP'
      : !served && bytesRead === 0
        ? closedAtOnce(url)
        : '';
  return new TransportError('connection', `${found}: ${url} (${code || message})${hint}`, { cause, outcome, stale });
}

/** Whether the other side ended the connection, rather than that something was wrong with what came over it. */
const closed = (code: string, message: string): boolean =>
  /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/.test(code) || (code === 'UND_ERR_SOCKET' && message === 'other side closed');

/** What it may be that a server closes a new connection without a word. */
const closedAtOnce = (url: string): string =>
  url.startsWith('https:') ? '; perhaps it wants a certificate, tls.cert and tls.key' : '; is it https:?';
