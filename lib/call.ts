/**
 * A call on its way, and the one seam of this library: everything is a transport, wraps a transport, or serves one.
 */
import type { Operation, ReplyHeader, RequestHeader } from './codec/operation.js';

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
