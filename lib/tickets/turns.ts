/**
 * Tasks of one process that must not run at the same time.
 */
import type { TicketStore } from './store.js';

/** Runs those of the same key one after the other, in the order in which they came. */
export function turns(): TicketStore['exclusively'] {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task, signal) => {
    const before = last.get(key);
    const mine = after(before, task, signal);
    // Who gives up does not let those behind pass those in front.
    const end = Promise.allSettled([before, mine]).then(() => {
      if (last.get(key) === end) last.delete(key);
    });
    last.set(key, end);
    return mine;
  };
}

async function after<Result>(
  before: Promise<unknown> | undefined,
  task: () => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  signal?.throwIfAborted();
  if (before) await untilAborted(before, signal);
  return task();
}

async function untilAborted(promise: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return void (await promise);
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
