/**
 * The client that most programs want: the usual parts in the usual order.
 */
import { closable, type Interceptor, intercept } from './call.js';
import { type Client, createClient } from './client.js';
import type { TimeZonePart } from './codec/operation.js';
import { InputError } from './errors.js';
import { Chat } from './generated/chat.js';
import { deadline } from './interceptors/deadline.js';
import type { Credentials } from './interceptors/login.js';
import { trace } from './interceptors/observe.js';
import { retry } from './interceptors/retry.js';
import { ticket } from './interceptors/ticket.js';
import { requireFunction, requireKnown, requireKnownIn, requireMilliseconds } from './options.js';
import type { TicketStore } from './tickets/store.js';
import type { Timeouts } from './transports/http.js';
import { openWires, WIRE_OPTIONS, type WireOptions } from './transports/wires.js';

export interface ChatClientOptions extends Omit<WireOptions, 'timeouts'> {
  readonly credentials: Credentials;
  /** Identifies the application to SuperOffice's hosted service; installations on site do not check it. */
  readonly applicationToken?: string | undefined;
  /** The time zone that the service converts dateTimes to and from; its base time zone where there is none. */
  readonly timeZone?: TimeZonePart | undefined;
  /** In milliseconds: `connect` (10 s), `headers` (30 s), `idle` (30 s), and `total` (60 s) with all attempts. */
  readonly timeouts?: (Timeouts & { readonly total?: number | undefined }) | undefined;
  /** How often a call is tried at the most, where a repetition can do no harm; 3 by default. */
  readonly attempts?: number | undefined;
  /** Where the ticket is kept for other clients and programs of the same user, as `fileTicketStore(folder)`. */
  readonly ticketStore?: TicketStore | undefined;
  /** Interceptors around each call, and around each single sending of it, logins included. */
  readonly interceptors?:
    | { readonly call?: Interceptor | undefined; readonly attempt?: Interceptor | undefined }
    | undefined;
}

/** All 31 operations of Chat.svc as methods, and `close()`, which waits for calls under way and ends all connections. */
export type ChatClient = Client<typeof Chat> & { readonly close: () => Promise<void> };

/**
 * A client of one installation. It logs in when the first call needs it, tries reads again after trouble with the
 * connection, and gives every call a minute. It holds no state of a call, so any number may run at the same time.
 * Calls and sendings can be followed on the channels `services88-chat:call` and `services88-chat:attempt` of
 * `node:diagnostics_channel`.
 * @throws InputError for options that are not right
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  requireOptions(options);
  const {
    credentials,
    applicationToken,
    timeZone,
    timeouts: { total = 60_000, ...timeouts } = {},
    attempts,
    ticketStore: store,
    interceptors: { call: aroundCalls = none, attempt: aroundAttempts = none } = {},
    ...wires
  } = options;
  requireMilliseconds('timeouts.total', total);
  const header = { ...(applicationToken !== undefined && { applicationToken }), ...(timeZone && { timeZone }) };
  const { transport, endpoint, shareable } = openWires({ ...wires, timeouts }, header);
  if (store && !shareable) {
    throw new InputError(
      'ticketStore',
      "a login over REST gives no ticket to keep, unless rest.logins is 'access-token'",
    );
  }
  const forApplication = `${endpoint} ${applicationToken ?? ''}`;
  const login = ticket(credentials, { attempts, loginMs: total, store, endpoint: forApplication });
  const calls = closable(
    intercept(
      transport,
      // Outermost, so that it holds whatever the interceptors do.
      deadline(total),
      trace('services88-chat:call'),
      aroundCalls,
      retry({ attempts }),
      login,
      aroundAttempts,
      trace('services88-chat:attempt'),
    ),
    transport.close,
  );
  return { ...createClient(Chat, calls), close: calls.close };
}

const none: Interceptor = (next) => next;

function requireOptions(options: ChatClientOptions): void {
  requireKnown('', options, OPTIONS);
  requireKnownIn('timeouts', options.timeouts, ['connect', 'headers', 'idle', 'total']);
  requireKnownIn('interceptors', options.interceptors, ['call', 'attempt']);
  for (const [key, value] of Object.entries(options.interceptors ?? {})) requireFunction(`interceptors.${key}`, value);
  const { applicationToken } = options;
  if (applicationToken !== undefined && typeof applicationToken !== 'string') {
    throw new InputError('applicationToken', `a value of the type ${typeof applicationToken}, not a text`);
  }
}

const OPTIONS = [
  ...WIRE_OPTIONS,
  'credentials',
  'applicationToken',
  'timeZone',
  'attempts',
  'ticketStore',
  'interceptors',
];
