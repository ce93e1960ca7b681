/**
 * One request over undici, and its reply in whole.
 */
import type { Dispatcher } from 'undici';
import { abortedBy } from '../call.js';
import { TransportError } from '../errors.js';

export interface RawReply {
  readonly status: number;
  /** As undici gives them: names in lower case, several of one name as a list. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Milliseconds from the beginning to the head of the reply, and to its end. */
  readonly headMs: number;
  readonly totalMs: number;
}

/** How far an exchange has come. */
export interface Progress {
  /** False where not a byte of the request can have left. */
  readonly sent: boolean;
  /** Whether the head of a reply was there. */
  readonly answered: boolean;
}

export interface ExchangeOptions {
  /** The most bytes of a body. That of a status which is no success is dropped where it has more. */
  readonly replyBytes: number;
  readonly signal: AbortSignal | undefined;
  readonly translate: (error: unknown, progress: Progress) => Error;
}

/**
 * Sends the request and collects the reply. undici's own `request` makes a stream of each body, which costs as much as
 * all the rest; what is asked of it here comes as calls instead.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { replyBytes, signal, translate }: ExchangeOptions,
): Promise<RawReply> {
  // One long function: all of it is about the same few variables, and each call makes them anew.
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let sent = false;
    let over = false;
    let control: Dispatcher.DispatchController | undefined;
    let status = 0;
    let headers: RawReply['headers'] = {};
    let headMs = 0;
    let size = 0;
    let chunks: Buffer[] = [];

    const end = (): boolean => {
      if (over) return false;
      over = true;
      signal?.removeEventListener('abort', abort);
      return true;
    };
    const fail = (error: Error): void => {
      if (!end()) return;
      reject(error);
      control?.abort(error);
    };
    const abort = (): void => {
      if (signal) fail(abortedBy(signal, sent ? 'unknown' : 'not-sent'));
    };
    const succeed = (): void => {
      if (!end()) return;
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      resolve({ status, headers, body, headMs, totalMs: performance.now() - began });
    };
    /** The status says enough of a failure; what else its page says is not worth any size. */
    const overflow = (): void => {
      if (status < 300) fail(new TransportError('too-large', `the reply has more than ${replyBytes} bytes`));
      chunks = [];
      succeed();
      control?.abort(new Error('the body is not wanted'));
    };

    if (signal?.aborted) return reject(abortedBy(signal, 'not-sent'));
    signal?.addEventListener('abort', abort);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        // A request that was given up while it waited: to throw here, unlike an abort, spares the connection.
        if (over) throw new Error('the call is over');
        control = controller;
        sent = true;
      },
      onResponseStart: (_, statusCode, head) => {
        // Interim replies, as 103 Early Hints, come before the one that counts.
        if (statusCode < 200) return;
        status = statusCode;
        headers = head;
        headMs = performance.now() - began;
        chunks = [];
        size = 0;
        if (Number(head['content-length'] ?? 0) > replyBytes) overflow();
      },
      onResponseData: (_, chunk) => {
        if (over) return;
        size += chunk.length;
        if (size > replyBytes) overflow();
        else chunks.push(chunk);
      },
      onResponseEnd: succeed,
      onResponseError: (_, error) => fail(translate(error, { sent, answered: status > 0 })),
    };
    try {
      dispatcher.dispatch(request, handler);
    } catch (error) {
      fail(translate(error, { sent, answered: status > 0 }));
    }
  });
}
