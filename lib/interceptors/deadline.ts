/**
 * Ends a call after a given time, whatever it is doing.
 */
import { abortedBy, type Interceptor } from '../call.js';
import { qualifiedName } from '../codec/operation.js';
import { TransportError } from '../errors.js';
import { settled } from './settled.js';

/** Gives each call `ms` milliseconds in all, with every attempt and every wait between them. */
export function deadline(ms: number): Interceptor {
  return (next) => async (call) => {
    const operation = qualifiedName(call.operation);
    if (call.signal?.aborted) throw abortedBy(call.signal, 'not-sent', operation);
    const controller = new AbortController();
    const expire = (): void =>
      controller.abort(new TransportError('timeout', `no reply within ${ms} ms`, { phase: 'total', operation }));
    const abort = (): void => controller.abort(call.signal?.reason);
    const timer = setTimeout(expire, ms);
    call.signal?.addEventListener('abort', abort, { once: true });
    try {
      return await settled(next({ ...call, signal: controller.signal }), controller.signal, 'unknown', operation);
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
    }
  };
}
