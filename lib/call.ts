/**
 * A call on its way, and the one seam of this library: everything is a transport, wraps a transport, or serves one.
 */
import type { Operation, ReplyHeader, RequestHeader } from './codec/operation.js';
import { type CallError, type Outcome, TransportError } from './errors.js';

export interface Call {
  readonly operation: Operation;
  readonly input: unknown;
  readonly header: RequestHeader;
  readonly signal?: AbortSignal | undefined;
}

export interface Reply {
  readonly output: unknown;
  readonly header: ReplyHeader;
}

/** Carries a call to a service and brings the reply, or rejects with a CallError. */
export type Transport = (call: Call) => Promise<Reply>;

/** A transport that holds connections. */
export type ClosableTransport = Transport & { readonly close: () => Promise<void> };

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
 */
export function abortedBy(signal: AbortSignal, outcome: Outcome, operation?: string, last?: CallError): TransportError {
  const options = { outcome, operation, cause: last };
  const after = last ? `, after ${last.message}` : '';
  if (isTimeIsUp(signal.reason)) {
    const { deadlineMs } = signal.reason;
    return new TransportError('timeout', `no reply within ${deadlineMs} ms${after}`, { ...options, phase: 'total' });
  }
  return new TransportError('aborted', `the caller aborted the call${after}`, { ...options, cause: signal.reason });
}

const isTimeIsUp = (reason: unknown): reason is TimeIsUp =>
  typeof reason === 'object' && reason !== null && 'deadlineMs' in reason;
