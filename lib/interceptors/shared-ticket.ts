/**
 * One ticket for all calls, and one login at a time.
 */
import type { Call, Until } from '../call.js';
import { qualifiedName, type RequestHeader } from '../codec/operation.js';
import type { CallError } from '../errors.js';
import { LONGEST_TIMER } from '../options.js';
import { veil } from '../secrets/veil.js';
import { keptTicket, type StoreOptions } from './kept-ticket.js';
import type { Login } from './login.js';
import type { LoginFailures } from './login-failures.js';
import { settled } from './settled.js';

export interface SharingOptions extends StoreOptions {
  /** Milliseconds that a login may take with all its attempts; a minute by default. */
  readonly loginMs?: number | undefined;
  /**
   * Milliseconds without use after which a ticket is not tried any more; 5 hours and 55 minutes by default, since the
   * documentation has tickets end six hours after their last use.
   */
  readonly idleMs?: number | undefined;
  /** Milliseconds of a clock that is never set, and since 1970; for tests. */
  readonly clock?: Clock | undefined;
}

interface Clock {
  readonly monotonic: () => number;
  readonly calendar: () => number;
}

export const systemClock: Clock = { monotonic: () => performance.now(), calendar: () => Date.now() };

/** A ticket in use. */
export interface Ticket {
  readonly value: string;
  /** As a header part, veiled. */
  readonly credentials: { readonly ticket: string };
  usedAt: number;
  /** Whether a login gave it to this program, and no call has shown yet that the service takes it. */
  unproven: boolean;
}

export interface SharedTicket {
  /** The ticket, if it is there; else when it is: the call's signal ends the wait of this call only. */
  readonly obtain: (call: Call) => Ticket | Promise<Ticket>;
  readonly accepted: (ticket: Ticket) => void;
  /** Forgets a ticket that was refused. Another call may have found that first, and the ticket may be a new one. */
  readonly refused: (ticket: Ticket, error: CallError) => void;
}

/** A login that is under way, and how many calls wait for it. */
interface Pending {
  readonly promise: Promise<Ticket>;
  readonly abandon: () => void;
  waiting: number;
}

/** @param failures of logins with the same credentials */
export function shareTicket(
  login: Login,
  applicationToken: string,
  failures: LoginFailures,
  options: SharingOptions,
): SharedTicket {
  const { loginMs = 60_000, idleMs = SIX_HOURS - MARGIN, clock = systemClock } = options;
  const kept = keptTicket(login, applicationToken, options, idleMs, clock.calendar);
  let current: Ticket | undefined;
  let pending: Pending | undefined;
  let lastRefused: string | undefined;
  const during = (): string => `while ${kept.doing() ?? login.name} was under way`;

  const obtain = async (header: RequestHeader, until: Until & { signal: AbortSignal }): Promise<Ticket> => {
    const logIn = async (): Promise<string> => {
      // Only now, since the store may have a ticket all the same.
      failures.check();
      try {
        return await login.obtain(header, until);
      } catch (error) {
        failures.add(error);
        throw error;
      }
    };
    const obtained = await kept.obtain(logIn, lastRefused, until.signal);
    const { ticket: value, idleMs: idle, fresh: unproven } = obtained;
    return { value, credentials: veil({ ticket: value }, 'ticket'), usedAt: clock.monotonic() - idle, unproven };
  };
  const begin = (header: RequestHeader): Pending => {
    const controller = new AbortController();
    const { signal } = controller;
    const deadline = loginMs > LONGEST_TIMER ? undefined : { ms: loginMs, endsAt: performance.now() + loginMs };
    // A function that gives tickets knows of no time, and may never settle.
    const promise = settled(obtain(header, { signal, deadline }), { signal, deadline }, login.name, during);
    const begun = { promise, abandon: () => controller.abort(), waiting: 0 };
    const end = (): boolean => {
      if (pending !== begun) return false;
      pending = undefined;
      return true;
    };
    promise.then(
      (ticket) => {
        if (end()) current = ticket;
      },
      () => {
        begun.abandon();
        end();
      },
    );
    return begun;
  };
  const waitFor = async (call: Call): Promise<Ticket> => {
    pending ??= begin(call.header);
    const mine = pending;
    mine.waiting++;
    try {
      return await settled(mine.promise, call, qualifiedName(call.operation), during);
    } finally {
      mine.waiting--;
      // A login that nobody waits for any more is ended, and the next call begins another.
      if (mine.waiting === 0 && pending === mine) {
        pending = undefined;
        mine.abandon();
      }
    }
  };
  return {
    obtain: (call) => (current && clock.monotonic() - current.usedAt < idleMs ? current : waitFor(call)),
    accepted: (ticket) => {
      if (ticket !== current) return;
      if (ticket.unproven) failures.clear();
      ticket.unproven = false;
      ticket.usedAt = clock.monotonic();
      kept.used(ticket.value);
    },
    refused: (ticket, error) => {
      if (ticket !== current) return;
      if (ticket.unproven) failures.addFreshRefusal(error);
      current = undefined;
      lastRefused = ticket.value;
    },
  };
}

const SIX_HOURS = 6 * 3_600_000;
const MARGIN = 5 * 60_000;
