/**
 * What keeps tickets between uses.
 */
import { InputError } from '../errors.js';

/** A ticket as it is kept between uses. */
export interface StoredTicket {
  readonly ticket: string;
  /** Milliseconds since 1970 of its last use that the service accepted. */
  readonly usedAt: number;
}

/**
 * Keeps tickets, so that those who log in as the same user to the same installation share one. A key is a hash in
 * hexadecimal digits of all that makes a ticket theirs. A call ends with an InputError where `get`, `delete` or
 * `exclusively` rejects; what `set` rejects with becomes a warning of the process, since the ticket is good all the same.
 */
export interface TicketStore {
  readonly get: (key: string) => Promise<StoredTicket | undefined>;
  readonly set: (key: string, stored: StoredTicket) => Promise<void>;
  /** Forgets the ticket if it still is the one that is kept. */
  readonly delete: (key: string, ticket: string) => Promise<void>;
  /**
   * Runs the task while no other sharer of the store runs one for this key, in this process or another. The signal ends
   * the wait, which then rejects with the signal's reason; it does not end the task. A task that asks for its own key again
   * waits for itself.
   */
  readonly exclusively: <Result>(key: string, task: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;
}

/**
 * By how many milliseconds the clocks of those who share a store may differ. A time of use after that tells of a clock
 * that was set, and would never be too long ago.
 */
export const SKEW_MS = 300_000;

/** The key, if it is one: nothing else that came from outside may become the name of a file. */
export function requireKey(key: string): string {
  if (/^[0-9a-f]{16,128}$/.test(key)) return key;
  throw new InputError('key', 'not 16 to 128 hexadecimal digits in lower case');
}
