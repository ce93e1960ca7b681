/**
 * One request over undici, and its reply in whole.
 */
import type { Dispatcher } from 'undici';
import { abortedBy, timedOut, type Until } from '../call.js';
import { type HttpExchange, isCallError, type Outcome, TransportError } from '../errors.js';

export interface RawReply {
  /** As undici gives them: names in lower case, several of one name as a list. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly http: HttpExchange;
}

/** How far an exchange has come. */
export interface Progress {
  /** False where not a byte of the request can have left. */
  readonly sent: boolean;
  /** Whether a reply had begun. */
  readonly answered: boolean;
}

export interface ExchangeOptions {
  readonly requestBytes: number;
  /** The most bytes of a body. That of a status which is no success is dropped where it has more. */
  readonly replyBytes: number;
  /** When it is to be given up. */
  readonly until: Until;
  /** Whether it is to be taken for sent from the beginning. */
  readonly assumeSent: boolean;
  readonly translate: (error: unknown, progress: Progress) => Error;
}

/**
 * Sends the request and collects the reply. undici's own `request` makes a stream of each body, which costs as much as
 * all the rest; what is asked of it here comes as calls instead.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions,
): Promise<RawReply> {
  const { signal } = options.until;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedBy(signal, 'not-sent'));
    const collector = new Collector(options, resolve, reject);
    try {
      dispatcher.dispatch(request, collector);
    } catch (error) {
      collector.fail(error);
    }
  });
}

/**
 * What undici tells of one request. A class, since undici keeps the handlers of hundreds of requests that are over: this
 * one is a single object, and lets go of all that belongs to the call when that has ended.
 */
class Collector implements Dispatcher.DispatchHandler {
  private readonly began = performance.now();
  private status = 0;
  private headers: RawReply['headers'] = {};
  private headMs = 0;
  private size = 0;
  private chunks: Buffer[] = [];
  private sent: boolean;
  private answered = false;
  private controller: Dispatcher.DispatchController | undefined;
  private options: ExchangeOptions | undefined;
  private settle: { resolve: (reply: RawReply) => void; reject: (error: Error) => void } | undefined;
  private abort: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: ExchangeOptions, resolve: (reply: RawReply) => void, reject: (error: Error) => void) {
    this.options = options;
    this.sent = options.assumeSent;
    this.settle = { resolve, reject };
    const { signal, deadline } = options.until;
    if (deadline) this.timer = setTimeout(expire, deadline.endsAt - this.began, this);
    if (!signal) return;
    this.abort = () => this.fail(abortedBy(signal, this.outcome()));
    signal.addEventListener('abort', this.abort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A request that was given up while it waited: to throw here, unlike an abort, spares the connection.
    if (!this.options) throw new Error('the call is over');
    this.controller = controller;
    this.sent = true;
  }

  /** The first byte of a reply. */
  onResponseStarted(): void {
    this.answered = true;
  }

  onResponseStart(_: unknown, status: number, headers: RawReply['headers']): void {
    // Interim replies, as 103 Early Hints, come before the one that counts.
    if (status < 200 || !this.options) return;
    this.status = status;
    this.headers = headers;
    this.headMs = performance.now() - this.began;
    this.chunks = [];
    this.size = 0;
    if (Number(headers['content-length'] ?? 0) > this.options.replyBytes) this.overflow();
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (!this.options) return;
    this.size += chunk.length;
    if (this.size > this.options.replyBytes) this.overflow();
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const { headers, chunks } = this;
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const http = this.soFar();
    this.end()?.resolve({ headers, body, http });
  }

  onResponseError(_: unknown, error: unknown): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    if (!this.options) return;
    const progress = { sent: this.sent, answered: this.answered };
    const translated = this.options.translate(error, progress);
    const { controller } = this;
    if (this.status > 0 && isCallError(translated)) translated.http = this.soFar();
    this.end()?.reject(translated);
    controller?.abort(translated);
  }

  /** Its time is over. */
  expire(): void {
    const deadline = this.options?.until.deadline;
    const waited = this.sent ? undefined : 'while it waited for a connection';
    if (deadline) this.fail(timedOut(deadline.ms, this.outcome(), undefined, waited));
  }

  private soFar(): HttpExchange {
    const { status, size: replyBytes, headMs, options } = this;
    return {
      status,
      requestBytes: options?.requestBytes ?? 0,
      replyBytes,
      headMs,
      totalMs: performance.now() - this.began,
    };
  }

  private outcome(): Outcome {
    return this.sent ? 'unknown' : 'not-sent';
  }

  /** The status says enough of a failure; what else its page says is not worth any size. */
  private overflow(): void {
    const { controller, status, options } = this;
    if (status < 300) {
      this.fail(new TransportError('too-large', `the reply has more than ${options?.replyBytes} bytes`));
      return;
    }
    this.chunks = [];
    this.onResponseEnd();
    controller?.abort(new Error('the body is not wanted'));
  }

  /** The promise to settle, or undefined if that is done. */
  private end(): Collector['settle'] {
    const { settle, options, abort } = this;
    if (abort) options?.until.signal?.removeEventListener('abort', abort);
    clearTimeout(this.timer);
    this.options = undefined;
    this.settle = undefined;
    this.abort = undefined;
    this.timer = undefined;
    this.controller = undefined;
    this.chunks = [];
    this.headers = {};
    return settle;
  }
}

const expire = (collector: Collector): void => collector.expire();
