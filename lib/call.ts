/**
 * A call on its way, and the one seam of this library: everything is a transport, wraps a transport, or serves one.
 */
import type { Operation, ReplyHeader, RequestHeader } from './codec/operation.js';
import { type CallError, type HttpExchange, type Outcome, TransportError } from './errors.js';

export interface Call {
  readonly operation: Operation;
  readonly input: unknown;
  readonly header: RequestHeader;
  readonly signal?: AbortSignal | undefined;
  /** When it is to be over, in milliseconds of `performance.now()`; the signal tells when that has come. */
  readonly endsAt?: number | undefined;
  /** Which sending of the call this is; the first if left out. */
  readonly attempt?: number | undefined;
  /** Whether the caller says that a repetition does no harm, where the contract alone does not say so. */
  readonly repeatable?: boolean | undefined;
}

export interface Reply {
  readonly output: unknown;
  readonly header: ReplyHeader;
  /** How often the call was sent; once if left out. */
  readonly attempts?: number | undefined;
  /** Of the last sending, where the call went over HTTP. */
  readonly http?: HttpExchange | undefined;
}

/** Carries a call to a service and brings the reply, or rejects with a CallError. */
export type Transport = (call: Call) => Promise<Reply>;

/** A transport that holds connections. */
export type ClosableTransport = Transport & { readonly close: () => Promise<void> };

/** A transport whose `close` refuses further calls, waits for those under way, and then calls `end`. */
export function closable(transport: Transport, end: () => Promise<void>): ClosableTransport {
  let underWay = 0;
  let closing: Promise<void> | undefined;
  let allOver = (): void => {};
  const send: Transport = async (call) => {
    if (closing) throw new TransportError('aborted', 'the client is closed', { outcome: 'not-sent' });
    underWay++;
    try {
      return await transport(call);
    } finally {
      underWay--;
      if (underWay === 0) allOver();
    }
  };
  const close = (): Promise<void> => {
    closing ??= new Promise<void>((resolve) => {
      allOver = resolve;
      if (underWay === 0) resolve();
    }).then(end);
    return closing;
  };
  return Object.assign(send, { close });
}

/** Wraps a transport: sees each call before it is sent, and its reply or error after. */
export type Interceptor = (next: Transport) => Transport;

/** The transport with the interceptors around it, the first of them outermost. */
export function intercept(transport: Transport, ...interceptors: readonly Interceptor[]): Transport {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), transport);
}

/** The reason of the signal with which a deadline ends a call. */
export interface TimeIsUp {
  readonly deadlineMs: number;
}

/**
 * The error for a call that its signal ends: a time-out if the signal is that of a deadline, else the caller's abort.
 * @param outcome what is known of the call at that moment
 * @param before what went on, or the error of the last attempt
 */
export function abortedBy(
  signal: AbortSignal,
  outcome: Outcome,
  operation?: string,
  before?: CallError | string,
): TransportError {
  const last = typeof before === 'object' ? before : undefined;
  const context = before === undefined ? '' : `, ${last ? `after ${last.message}` : before}`;
  if (isTimeIsUp(signal.reason)) {
    const { deadlineMs } = signal.reason;
    const found = `no reply within ${deadlineMs} ms${context}`;
    return new TransportError('timeout', found, { outcome, operation, cause: last, phase: 'total' });
  }
  return new TransportError('aborted', `the caller aborted the call${context}`, {
    outcome,
    operation,
    cause: signal.reason,
  });
}

const isTimeIsUp = (reason: unknown): reason is TimeIsUp =>
  typeof reason === 'object' && reason !== null && 'deadlineMs' in reason;
