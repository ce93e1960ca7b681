/**
 * A call on its way, and the one seam of this library: everything is a transport, wraps a transport, or serves one.
 */
import type { Operation, ReplyHeader, RequestHeader } from './codec/operation.js';
import { isCallError, TransportError } from './errors.js';

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

/**
 * The error for a call that a signal ends. A reason that is a CallError already, as that of a deadline, is it.
 * @param outcome what is known of the call at that moment
 */
export function abortedBy(signal: AbortSignal, outcome: 'not-sent' | 'unknown', operation?: string): Error {
  if (isCallError(signal.reason)) return signal.reason;
  return new TransportError('aborted', 'the caller aborted the call', { cause: signal.reason, outcome, operation });
}
