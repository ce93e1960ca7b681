/**
 * Tickets of our own making, and the Authorization headers that they stand for. They slide as those of the service do, and
 * live as long as the process.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface KeptLogins {
  /** Gives a ticket for a header: the same one for the same header, as the service does while it is valid. */
  readonly add: (authorization: string) => string;
  /** The header, where the ticket is one that was given, and not too long ago. */
  readonly find: (ticket: string) => string | undefined;
}

interface Kept {
  readonly ticket: string;
  readonly authorization: string;
  usedAt: number;
}

export function keptLogins(): KeptLogins {
  // By digests, so that the time that it takes to find one says nothing of any other.
  const byTicket = new Map<string, Kept>();
  const byAuthorization = new Map<string, Kept>();
  const use = (kept: Kept | undefined): Kept | undefined => {
    if (!kept) return undefined;
    // The last in use is the last to go.
    drop(kept);
    const now = performance.now();
    if (now - kept.usedAt > SIX_HOURS) return undefined;
    kept.usedAt = now;
    keep(kept);
    return kept;
  };
  const drop = ({ ticket, authorization }: Kept): void => {
    byTicket.delete(digestOf(ticket));
    byAuthorization.delete(digestOf(authorization));
  };
  const keep = (kept: Kept): void => {
    byTicket.set(digestOf(kept.ticket), kept);
    byAuthorization.set(digestOf(kept.authorization), kept);
    const [oldest] = byTicket.size > MOST ? byTicket.values() : [];
    if (oldest) drop(oldest);
  };
  return {
    add: (authorization) => {
      const known = use(byAuthorization.get(digestOf(authorization)));
      if (known) return known.ticket;
      const ticket = `7T:${randomBytes(36).toString('base64')}`;
      keep({ ticket, authorization, usedAt: performance.now() });
      return ticket;
    },
    // Nothing was ever made for those who bring tickets of the service.
    find: (ticket) => (byTicket.size === 0 ? undefined : use(byTicket.get(digestOf(ticket)))?.authorization),
  };
}

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');

const SIX_HOURS = 6 * 3_600_000;

/** As many users as are remembered. */
const MOST = 10_000;
