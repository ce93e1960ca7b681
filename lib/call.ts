/**
 * A call on its way, and the one seam of this library: everything is a transport, wraps a transport, or serves one.
 */
import { type Operation, qualifiedName, type ReplyHeader, type RequestHeader } from './codec/operation.js';
import { type CallError, type HttpExchange, type Outcome, TransportError } from './errors.js';

export interface Call {
  readonly operation: Operation;
  readonly input: unknown;
  readonly header: RequestHeader;
  /** The caller's, who ends the call by it. */
  readonly signal?: AbortSignal | undefined;
  /** When it is to be over; `signalOf` tells of that and of the caller's signal. */
  readonly deadline?: Deadline | undefined;
  /** Which sending of the call this is; the first if left out. */
  readonly attempt?: number | undefined;
  /** Whether the caller says that a repetition does no harm, where the contract alone does not say so. */
  readonly repeatable?: boolean | undefined;
  /** The members that the result is to have, by their keys, where not all are wanted; for REST only. */
  readonly select?: readonly string[] | undefined;
}

export interface Deadline {
  /** Milliseconds that the call has in all. */
  readonly ms: number;
  /** When they are over, in milliseconds of `performance.now()`. */
  readonly endsAt: number;
}

export interface Reply {
  readonly output: unknown;
  readonly header: ReplyHeader;
  /** How often the call was sent; once if left out. */
  readonly attempts?: number | undefined;
  /** Of the last sending, where the call went over HTTP. */
  readonly http?: HttpExchange | undefined;
  /** Which of several services answered, where the transport knows more than one. */
  readonly servedBy?: string | undefined;
}

/** What a call is given up for, whichever comes first. */
export type Until = Pick<Call, 'signal' | 'deadline'>;

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
    if (closing) {
      const operation = qualifiedName(call.operation);
      throw new TransportError('aborted', 'the client is closed', { outcome: 'not-sent', operation });
    }
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

/**
 * A signal that ends with the call: with the caller's, or at the deadline. For transports that hand a signal on, as to
 * `fetch`; to make it costs more than all else that is done for a call, so that it is not made for those who do not ask.
 */
export function signalOf({ signal, deadline }: Until): AbortSignal | undefined {
  if (!deadline) return signal;
  const { ms: deadlineMs, endsAt } = deadline;
  const controller = new AbortController();
  setTimeout(() => controller.abort({ deadlineMs } satisfies TimeIsUp), endsAt - performance.now()).unref();
  return signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
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
  const { reason } = signal;
  if (isTimeIsUp(reason)) return timedOut(reason.deadlineMs, outcome, operation, before);
  const found = `the caller aborted the call${contextOf(before)}`;
  return new TransportError('aborted', found, { outcome, operation, cause: reason });
}

/** The error for a call that takes longer than it may. */
export function timedOut(
  deadlineMs: number,
  outcome: Outcome,
  operation?: string,
  before?: CallError | string,
): TransportError {
  const found = `no reply within ${deadlineMs} ms${contextOf(before)}`;
  const cause = typeof before === 'object' ? before : undefined;
  return new TransportError('timeout', found, { outcome, operation, cause, phase: 'total' });
}

function contextOf(before: CallError | string | undefined): string {
  if (before === undefined) return '';
  return typeof before === 'object' ? `, after ${before.message}` : `, ${before}`;
}

const isTimeIsUp = (reason: unknown): reason is TimeIsUp =>
  typeof reason === 'object' && reason !== null && 'deadlineMs' in reason;
