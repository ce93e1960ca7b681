/**
 * Ends a call after a given time, whatever it is doing.
 */
import type { Interceptor } from '../call.js';
import { qualifiedName } from '../codec/operation.js';
import { TransportError } from '../errors.js';
import { settled } from './settled.js';

/** Gives each call `ms` milliseconds in all, with every attempt and every wait between them. */
export function deadline(ms: number): Interceptor {
  return (next) => async (call) => {
    const controller = new AbortController();
    const expire = (): void =>
      controller.abort(
        new TransportError('timeout', `no reply within ${ms} ms`, {
          phase: 'total',
          operation: qualifiedName(call.operation),
        }),
      );
    const abort = (): void => controller.abort(call.signal?.reason);
    if (call.signal?.aborted) abort();
    const timer = setTimeout(expire, ms);
    call.signal?.addEventListener('abort', abort, { once: true });
    try {
      return await settled(next({ ...call, signal: controller.signal }), controller.signal, 'unknown');
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
    }
  };
}
