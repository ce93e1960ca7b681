/**
 * Puts a ticket into each call that wants one, and gets tickets from SoPrincipal.
 */
import type { Call, Interceptor, Reply, Transport } from '../call.js';
import { isCallError } from '../errors.js';
import { requireKnown, requireMilliseconds } from '../options.js';
import { createRedactor, learnSecrets } from '../secrets/redact.js';
import { type Credentials, loginWith, requireCredentials } from './login.js';
import { forgotten, loginFailures } from './login-failures.js';
import { type RetryOptions, retry } from './retry.js';
import { type SharedTicket, type SharingOptions, shareTicket, systemClock, type Ticket } from './shared-ticket.js';

/** Where tickets are kept, and how a login is tried again that failed on the way; one that was refused never is. */
export interface TicketOptions extends RetryOptions, SharingOptions {}

/**
 * Logs in when the first call needs a ticket, through the transport that it wraps; all calls share the login and the
 * ticket, as far as they have the same application token. A refused ticket is renewed once and the call made once more,
 * whatever the operation, since a refusal proves that nothing was executed. A ticket that the caller gave cannot be
 * renewed, and its refusal is the error.
 *
 * A refused login is remembered and not tried again, so that no account is locked by repetition, for 5 seconds, the
 * second time for a minute, then for 15 minutes each; one that failed on the way for a second.
 * @throws InputError for credentials of no known form, and for options that are not right
 */
export function ticket(credentials: Credentials, options: TicketOptions = {}): Interceptor {
  const given = requireCredentials(credentials);
  requireKnown('', options, TICKET_OPTIONS);
  requireMilliseconds('loginMs', options.loginMs);
  requireMilliseconds('idleMs', options.idleMs);
  const { attempts, random, sleep } = options;
  return (next) => {
    const login = loginWith(given, retry({ attempts, random, sleep })(next));
    const redactor = createRedactor();
    learnSecrets(redactor, typeof given === 'function' ? {} : secretsIn(given));
    const { monotonic } = options.clock ?? systemClock;
    // Who brings tickets of his own knows himself when to bring another.
    const failures = login.who === undefined ? forgotten : loginFailures(login.name, monotonic);
    const shared = sharedByToken((applicationToken) => shareTicket(login, applicationToken, failures, options));
    return async (call) => {
      if (!wantsTicket(call)) return next(call);
      const tickets = shared(call.header.applicationToken ?? '');
      const send = (ticket: Ticket, attempt: number | undefined): Promise<Reply> => {
        redactor.learnToken(ticket.value);
        const header = { ...call.header, credentials: ticket.credentials };
        return sendWith(next, { ...call, header, attempt }, ticket, tickets);
      };
      try {
        const found = tickets.obtain(call);
        // Not to wait for what is there spares each call a turn.
        const first = found instanceof Promise ? await found : found;
        try {
          return await send(first, call.attempt);
        } catch (error) {
          if (!login.renewable || !isCallError(error) || error.code !== 'login') throw error;
        }
        const second = await tickets.obtain(call);
        return await again(send(second, (call.attempt ?? 1) + 1));
      } catch (error) {
        throw redactor.clean(error);
      }
    };
  };
}

/** Sends the call, and tells what the service thought of its ticket. */
async function sendWith(next: Transport, call: Call, ticket: Ticket, tickets: SharedTicket): Promise<Reply> {
  try {
    const reply = await next(call);
    tickets.accepted(ticket);
    return reply;
  } catch (error) {
    if (isCallError(error) && error.kind === 'fault') {
      if (error.code === 'login') tickets.refused(ticket, error);
      else tickets.accepted(ticket);
    }
    throw error;
  }
}

/** Counts the sending that was refused. */
async function again(sent: Promise<Reply>): Promise<Reply> {
  try {
    const reply = await sent;
    return { ...reply, attempts: (reply.attempts ?? 1) + 1 };
  } catch (error) {
    if (isCallError(error)) error.attempts += 1;
    throw error;
  }
}

const TICKET_OPTIONS = ['loginMs', 'idleMs', 'store', 'endpoint', 'clock', 'attempts', 'random', 'sleep'];

const secretsIn = ({
  generic,
  ...credentials
}: Exclude<Credentials, () => Promise<string>> & { generic?: object }) => ({
  ...credentials,
  authenticationData: generic,
});

/** More applications than one program is; a server may pass on those of its clients. */
const MOST = 100;

/** The tickets of one application are none for another. */
function sharedByToken(share: (applicationToken: string) => SharedTicket): (applicationToken: string) => SharedTicket {
  const made = new Map([['', share('')]]);
  return (applicationToken) => {
    const known = made.get(applicationToken);
    if (known) return known;
    const shared = share(applicationToken);
    made.set(applicationToken, shared);
    if (made.size > MOST) {
      const [oldest = ''] = made.keys();
      made.delete(oldest);
    }
    return shared;
  };
}

const wantsTicket = ({ operation, header }: Call): boolean =>
  header.credentials === undefined && operation.requestHeader.some((part) => part.key === 'credentials');
