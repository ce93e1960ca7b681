/**
 * Tries a call again where that can do no harm.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { abortedBy, type Call, type Interceptor, type Reply } from '../call.js';
import { type Operation, qualifiedName } from '../codec/operation.js';
import { type AnyCallError, type CallError, Fault, isCallError, TransportError } from '../errors.js';
import { requireCount, requireKnown } from '../options.js';

export interface RetryOptions {
  /** How often a call is tried at the most, the first time included; 3 by default. */
  readonly attempts?: number | undefined;
  /** Numbers from 0 to 1, for the waits; for tests. */
  readonly random?: (() => number) | undefined;
  /** Waits so many milliseconds; for tests. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<unknown>) | undefined;
}

/**
 * Tries again what `isRetryable` allows, after a random wait of up to 100 ms, 200 ms and so on, at the most 20 s (after
 * status 429 of up to 500 ms, 1 s and so on), or after what the server asked for with Retry-After. A wait that would
 * not end before the call's deadline is not begun: the error is told at once. Where most calls fail, calls are tried
 * only once, until some succeed again.
 * @throws InputError for a number of attempts that is none
 */
export function retry(options: RetryOptions = {}): Interceptor {
  requireKnown('', options, ['attempts', 'random', 'sleep']);
  const { attempts = 3, random = Math.random, sleep = wait } = options;
  requireCount('attempts', attempts);
  const budget = retryBudget();
  return (next) =>
    async (call): Promise<Reply> => {
      const again = call.repeatable && call.operation.retry === 'set' ? REPEATABLE : call.operation;
      let sent = 0;
      let last: unknown;
      let unsure = false;
      for (let attempt = 1; ; attempt++) {
        try {
          const reply = await next(sent === 0 ? call : { ...call, attempt: sent + 1 });
          budget.succeeded(attempt > 1);
          return sent === 0 ? reply : { ...reply, attempts: sent + (reply.attempts ?? 1) };
        } catch (error) {
          if (!isCallError(error) || error.kind === 'input') throw error;
          const operation = qualifiedName(call.operation);
          // A login that failed on the way has been tried again already.
          const own = error.operation === undefined || error.operation === operation;
          if (unsure && !own) throw unsureAbout(error, operation, sent);
          if (own) {
            // A transport may throw one error again and again.
            sent += error === last ? 1 : error.attempts;
            error.attempts = sent;
            last = error;
            // What one sending may have done is not undone by what becomes of the next.
            unsure ||= error.outcome === 'unknown';
            if (unsure) error.outcome = 'unknown';
          }
          if (!own || attempt === attempts || !isRetryable(error, again)) throw error;
          const ms = waitAfter(error, attempt, random);
          if (ms > patience(call) || !budget.take(error)) throw error;
          await sleep(ms, call.signal).catch((broken: unknown) => {
            if (!call.signal?.aborted) throw broken;
            // What is known of the call is what the last attempt told.
            const ended = abortedBy(call.signal, error.outcome, operation, error);
            ended.attempts = sent;
            throw ended;
          });
        }
      }
    };
}

/** The error for a call that may have been executed, where it is sent no more because of the login, which is others' too. */
function unsureAbout(login: AnyCallError, operation: string, attempts: number): CallError {
  const found = `${login.message}; an earlier sending of the call may have been executed`;
  const options = { outcome: 'unknown' as const, operation, cause: login };
  const error =
    login.kind === 'fault'
      ? new Fault(login.code, found, options)
      : new TransportError(login.kind === 'transport' ? login.code : 'connection', found, options);
  error.attempts = attempts;
  return error;
}

const REPEATABLE: Pick<Operation, 'retry'> = { retry: 'read' };

/**
 * Keeps those who call a service in trouble from making it worse: each further attempt costs, and only calls that
 * succeed give something back. The figures are those of the AWS SDKs.
 */
function retryBudget() {
  let left = 500;
  return {
    take: ({ code }: CallError): boolean => {
      const cost = code === 'timeout' ? 10 : 5;
      if (left < cost) return false;
      left -= cost;
      return true;
    },
    succeeded: (again: boolean): void => {
      if (left < 500) left = Math.min(500, left + (again ? 5 : 1));
    },
  };
}

const LONGEST_WAIT = 20_000;

/** Milliseconds until the next attempt. */
function waitAfter(error: TransportError, attempt: number, random: () => number): number {
  // The server had closed an idle connection, and may have another at once.
  if (error.stale && attempt === 1) return 0;
  const first = error.status === 429 ? 500 : 100;
  return Math.max(error.retryAfterMs ?? 0, random() * Math.min(LONGEST_WAIT, first * 2 ** (attempt - 1)));
}

/** Milliseconds that the call may still take. */
const patience = ({ deadline }: Call): number => (deadline ? deadline.endsAt - performance.now() : LONGEST_WAIT);

const wait = (ms: number, signal: AbortSignal | undefined): Promise<unknown> => delay(ms, undefined, { signal });

/**
 * Whether the call may be made again after this error. Reads may after trouble with the connection, a time-out, and the
 * statuses 429, 502, 503 and 504, logins after 502, 503 and 504; all others only where no connection came about or
 * nothing was sent over it. A Fault is an answer, and is never retried.
 */
export function isRetryable(error: unknown, { retry }: Pick<Operation, 'retry'>): error is TransportError {
  if (!isCallError(error) || error.kind !== 'transport' || error.phase === 'total') return false;
  switch (error.code) {
    case 'connect':
    case 'connection':
    case 'timeout':
      return retry === 'read' || error.outcome === 'not-sent';
    case 'http-status':
      return (retryableStatuses[retry] ?? []).includes(error.status ?? 0);
    default:
      return false;
  }
}

const retryableStatuses: Partial<Record<Operation['retry'], readonly number[]>> = {
  read: [429, 502, 503, 504],
  login: [502, 503, 504],
};
