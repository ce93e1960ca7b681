/**
 * The memory of logins that failed, so that nobody hammers the service, and no account is locked by repetition.
 */
import { Fault, isCallError, TransportError } from '../errors.js';

export interface LoginFailures {
  /** @throws an error like that of the last login, which is its cause, as long as none may be tried */
  readonly check: () => void;
  readonly add: (error: unknown) => void;
  /** Takes note that the service refused a ticket that it had only just given. */
  readonly addFreshRefusal: (error: unknown) => void;
  /** A ticket was accepted: what was before counts no more. */
  readonly clear: () => void;
}

/** After a login that was refused: at the most four in half an hour, where five are a usual limit of accounts. */
const AFTER_REFUSAL = [5_000, 60_000, 900_000];
/** After one that failed on the way. */
const AFTER_TROUBLE = 1_000;
/** So many new tickets may be refused in a row before it is taken for a refused login. */
const FRESH_REFUSALS = 3;

/**
 * @param login the name of its operation
 * @param now milliseconds of a clock that is never set
 */
export function loginFailures(login: string, now: () => number): LoginFailures {
  let last: unknown;
  let until = Number.NEGATIVE_INFINITY;
  let refusals = 0;
  let freshRefusals = 0;
  const remember = (error: unknown, ms: number): void => {
    last = error;
    until = now() + ms;
  };
  const addRefusal = (error: unknown): void => {
    remember(error, AFTER_REFUSAL[Math.min(refusals, AFTER_REFUSAL.length - 1)] ?? 0);
    refusals++;
  };
  return {
    check: () => {
      const ms = until - now();
      if (ms > 0) throw remembered(last, login, ms);
    },
    add: (error) => {
      if (!isCallError(error) || error.code === 'aborted' || error.code === 'input') return;
      if (error.code === 'login') addRefusal(error);
      else remember(error, AFTER_TROUBLE);
    },
    addFreshRefusal: (error) => {
      freshRefusals++;
      if (freshRefusals >= FRESH_REFUSALS) addRefusal(error);
    },
    clear: () => {
      refusals = 0;
      freshRefusals = 0;
      until = Number.NEGATIVE_INFINITY;
    },
  };
}

/** What a call is told that comes too soon after a login that failed. */
function remembered(last: unknown, operation: string, ms: number): unknown {
  if (!isCallError(last)) return last;
  const options = { operation, cause: last, outcome: 'not-sent' as const };
  const when = `no further login is tried for ${ms < 1000 ? `${Math.ceil(ms)} ms` : `${Math.ceil(ms / 1000)} s`}`;
  const found = `${last.message.slice(last.kind.length + 2)}; ${when}`;
  const error =
    last.kind === 'transport'
      ? new TransportError(last.code, found, { ...options, status: last.status, phase: last.phase, retryAfterMs: ms })
      : new Fault('login', found, options);
  error.attempts = 0;
  return error;
}

/** No memory at all. */
export const forgotten: LoginFailures = {
  check: () => {},
  add: () => {},
  addFreshRefusal: () => {},
  clear: () => {},
};
