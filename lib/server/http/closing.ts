/**
 * The end of a server: who has asked is answered, and who hangs is cut off.
 */
import type { Server } from 'node:http';
import { LONGEST_TIMER } from '../../options.js';

export interface Closing {
  /** Are to be called for each request, when it is there and when it has its answer. */
  readonly begin: () => void;
  readonly end: () => void;
  /** Whether the server is closing, so that an answer is the last on its connection. */
  readonly begun: () => boolean;
  readonly close: () => Promise<void>;
}

/** @param graceMs after which time connections are cut off on which calls are still being answered */
export function closingOf(server: Server, graceMs: number): Closing {
  let answering = 0;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      const cutOff = (): void => server.closeAllConnections();
      const timer = graceMs > LONGEST_TIMER ? undefined : setTimeout(cutOff, graceMs);
      // Node ends connections that are kept alive, but waits for those on which nothing was asked yet.
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      if (answering === 0) cutOff();
    });
  return {
    begin: () => {
      answering++;
    },
    end: () => {
      answering--;
      if (closed && answering === 0) server.closeAllConnections();
    },
    begun: () => closed !== undefined,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
