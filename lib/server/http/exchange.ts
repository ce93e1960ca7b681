/**
 * A request of HTTP and those who wait for what comes of it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasGone } from './pipelines.js';
import type { Settings } from './serve-options.js';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Lets a client send the body that has asked whether it may. */
  readonly proceed: () => void;
  /** Tells the owner of the server of an error that the client is not told. */
  readonly tell: (error: unknown, operation?: string) => void;
}

export const exchangeOf = (response: ServerResponse, proceed: () => void, { onError }: Settings): Exchange => ({
  request: response.req,
  response,
  proceed,
  tell: (error, operation) => {
    // That nobody waits any more is no error of the server.
    if (!hasGone(response)) tellOwner(() => onError?.(error, operation));
  },
});

/** The owner's own errors must not bring the server down. */
export function tellOwner(tell: () => unknown): void {
  new Promise((resolve) => resolve(tell())).catch(() => {});
}
