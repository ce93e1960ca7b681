/**
 * Tickets of our own making, and the Authorization headers that they stand for. They slide as those of the service do, and
 * live as long as the process.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface KeptLogins {
  /** Gives a ticket for a header. */
  readonly add: (authorization: string) => string;
  /** The header, where the ticket is one that was given, and not too long ago. */
  readonly find: (ticket: string) => string | undefined;
}

export function keptLogins(): KeptLogins {
  const kept = new Map<string, { readonly authorization: string; usedAt: number }>();
  // Digests are looked up, so that the time that it takes says nothing of any ticket.
  const keyOf = (ticket: string): string => createHash('sha256').update(ticket).digest('base64');
  return {
    add: (authorization: string): string => {
      const now = performance.now();
      for (const [key, { usedAt }] of kept) if (now - usedAt > SIX_HOURS) kept.delete(key);
      const [oldest] = kept.size >= MOST ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      const ticket = `7T:${randomBytes(36).toString('base64')}`;
      kept.set(keyOf(ticket), { authorization, usedAt: now });
      return ticket;
    },
    find: (ticket: string): string | undefined => {
      // Nothing was ever made for those who bring tickets of the service.
      if (kept.size === 0) return undefined;
      const key = keyOf(ticket);
      const found = kept.get(key);
      const now = performance.now();
      if (!found || now - found.usedAt > SIX_HOURS) return undefined;
      found.usedAt = now;
      // The last in use are the last to go.
      kept.delete(key);
      kept.set(key, found);
      return found.authorization;
    },
  };
}

const SIX_HOURS = 6 * 3_600_000;

/** As many logins as are remembered. */
const MOST = 10_000;
