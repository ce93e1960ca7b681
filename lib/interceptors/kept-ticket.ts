/**
 * A ticket that outlives the program: what a store has of it, and what it is told.
 */
import { InputError, isCallError } from '../errors.js';
import { SKEW_MS, type TicketStore } from '../tickets/store.js';
import { digest, type Login } from './login.js';
import { settled } from './settled.js';

export interface StoreOptions {
  /** Where tickets are kept beyond this interceptor, as from one run of a program to the next. */
  readonly store?: TicketStore | undefined;
  /** What the tickets in the store are for, as the base URL; none that another endpoint gave is used. */
  readonly endpoint?: string | undefined;
}

export interface Obtained {
  readonly ticket: string;
  /** Milliseconds since its last use. */
  readonly idleMs: number;
  /** Whether it comes from a login that was made now. */
  readonly fresh: boolean;
}

export interface KeptTicket {
  /**
   * The ticket of the store, or one of a login, which only one of those who share the store makes at a time.
   * @param refused a ticket that is of no use any more, and is taken out of the store
   */
  readonly obtain: (
    login: () => Promise<string>,
    refused: string | undefined,
    signal: AbortSignal,
  ) => Promise<Obtained>;
  /** Tells the store that the ticket is in use, though not at each call. */
  readonly used: (ticket: string) => void;
  /** What the store is asked at the moment; undefined where it is not. */
  readonly doing: () => string | undefined;
}

/**
 * @param idleMs how long a ticket may have been out of use
 * @param now milliseconds since 1970
 * @throws InputError for a store where it is not known whose ticket it is, or for what
 */
export function keptTicket(
  { who }: Login,
  applicationToken: string,
  { store, endpoint }: StoreOptions,
  idleMs: number,
  now: () => number,
): KeptTicket {
  if (!store) return notKept;
  if (who === undefined) throw new InputError('store', 'these credentials do not say whose ticket it is that is kept');
  if (!endpoint) throw new InputError('endpoint', 'a store keeps tickets for an endpoint, as the base URL');
  const key = digest(JSON.stringify([endpoint, who, digest(applicationToken)]));
  requireStore(store);
  let told = Number.NEGATIVE_INFINITY;
  let doing: string | undefined;
  /** An error of a store is one of the client's options, which is what there is to put right. */
  const ask = async <Answer>(what: string, asked: () => Promise<Answer>): Promise<Answer> => {
    doing = `${what} of the ticket store`;
    try {
      return await asked();
    } catch (error) {
      if (isCallError(error)) throw error;
      throw new InputError('ticketStore', error instanceof Error ? error.message : String(error), { cause: error });
    } finally {
      doing = undefined;
    }
  };

  const find = async (refused: string | undefined): Promise<Obtained | undefined> => {
    const stored = await ask('get', () => store.get(key));
    if (!stored || stored.ticket === refused) return undefined;
    const age = now() - stored.usedAt;
    if (!(age > -SKEW_MS && age < idleMs)) return undefined;
    // Where one was refused, others of that time would be; one that is in use just now is another sharer's new one.
    if (refused !== undefined && age > MINUTE) return undefined;
    told = stored.usedAt;
    return { ticket: stored.ticket, idleMs: Math.max(0, age), fresh: false };
  };
  /** The ticket is good, whether it can be kept or not. */
  const warn = (ticket: string, error: unknown): void => {
    const said = error instanceof Error ? error.message : 'for no stated reason';
    const shown = said.includes(ticket) ? 'and said what is not to be repeated' : said;
    process.emitWarning(`the ticket store failed: ${shown}`, { code: 'S88_TICKET_STORE' });
  };
  const keep = async (ticket: string): Promise<void> => {
    told = now();
    return store.set(key, { ticket, usedAt: told });
  };
  return {
    obtain: async (login, refused, signal) => {
      const found = await find(refused);
      if (found) return found;
      const alone = async (): Promise<Obtained> => {
        const other = await find(refused);
        if (other) return other;
        if (refused !== undefined) await ask('delete', () => store.delete(key, refused));
        doing = undefined;
        const ticket = await login();
        await settled(
          keep(ticket),
          { deadline: { ms: KEEPING, endsAt: performance.now() + KEEPING } },
          'set of the ticket store',
        ).catch((error) => warn(ticket, error));
        return { ticket, idleMs: 0, fresh: true };
      };
      return ask('exclusively', () => store.exclusively(key, alone, signal));
    },
    used: (ticket) => {
      if (Math.abs(now() - told) < MINUTE) return;
      told = now();
      // Another sharer may have put a newer one in its place.
      const keepOn = async (): Promise<void> =>
        store.exclusively(key, async () => {
          if ((await store.get(key))?.ticket === ticket) await keep(ticket);
        });
      keepOn().catch((error) => warn(ticket, error));
    },
    doing: () => doing,
  };
}

function requireStore(store: TicketStore): void {
  for (const name of ['get', 'set', 'delete', 'exclusively'] as const) {
    if (typeof store[name] === 'function') continue;
    throw new InputError('ticketStore', `no TicketStore: it has no ${name}; there is fileTicketStore(folder)`);
  }
}

const MINUTE = 60_000;
/** How long a login waits for its ticket to be kept. */
const KEEPING = 5000;

const notKept: KeptTicket = {
  obtain: async (login) => ({ ticket: await login(), idleMs: 0, fresh: true }),
  used: () => {},
  doing: () => undefined,
};
