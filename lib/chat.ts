/**
 * The client that most programs want: the usual parts in the usual order.
 */
import type { Dispatcher } from 'undici';
import { closable, intercept } from './call.js';
import { type Client, createClient } from './client.js';
import type { TimeZonePart } from './codec/operation.js';
import type { SoapVersion } from './codec/versions.js';
import type { IllegalCharacters } from './codec/writer.js';
import { Chat } from './generated/chat.js';
import { deadline } from './interceptors/deadline.js';
import { retry } from './interceptors/retry.js';
import { type Credentials, ticket } from './interceptors/ticket.js';
import { requireKnown, requireMilliseconds } from './options.js';
import type { ReplyLimits, Timeouts } from './transports/http.js';
import { soapTransport } from './transports/soap.js';

export interface ChatClientOptions {
  /** The folder of the installation that holds the .svc files: `https://host/Remote/Services88`. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** Identifies the application to SuperOffice's hosted service; installations on site do not check it. */
  readonly applicationToken?: string | undefined;
  /** The time zone that the service converts dateTimes to and from; its base time zone where there is none. */
  readonly timeZone?: TimeZonePart | undefined;
  /** `'1.1'` by default, the only one that the service's WSDL binds. */
  readonly version?: SoapVersion | undefined;
  /** In milliseconds: `connect` (10 s), `headers` (30 s), `idle` (30 s), and `total` (60 s) with all attempts. */
  readonly timeouts?: (Timeouts & { readonly total?: number | undefined }) | undefined;
  /** How often a call is tried at the most, where a repetition can do no harm; 3 by default. */
  readonly attempts?: number | undefined;
  readonly limits?: ReplyLimits | undefined;
  /** What becomes of characters in a text that XML cannot carry: an InputError, or U+FFFD for each; `'refuse'` by default. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
  /** An undici dispatcher to send through, as a proxy or a mock; it stays the caller's to close. */
  readonly dispatcher?: Dispatcher | undefined;
}

/** All 31 operations of Chat.svc as methods, and `close()`, which waits for calls under way and ends all connections. */
export type ChatClient = Client<typeof Chat> & { readonly close: () => Promise<void> };

/**
 * A client of one installation. It logs in when the first call needs it, tries reads again after trouble with the
 * connection, and gives every call a minute. It holds no state of a call, so any number may run at the same time.
 * @throws InputError for options that are not right
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  requireKnown('', options, OPTIONS);
  requireKnown('timeouts.', options.timeouts ?? {}, ['connect', 'headers', 'idle', 'total']);
  requireKnown('limits.', options.limits ?? {}, ['replyBytes', 'depth']);
  const {
    credentials,
    applicationToken,
    timeZone,
    timeouts: { total = 60_000, ...timeouts } = {},
    attempts,
    ...rest
  } = options;
  requireMilliseconds('timeouts.total', total);
  const header = { ...(applicationToken !== undefined && { applicationToken }), ...(timeZone && { timeZone }) };
  const transport = soapTransport({ ...rest, timeouts, header });
  const login = ticket(credentials, { attempts, loginMs: total });
  const calls = closable(intercept(transport, deadline(total), retry({ attempts }), login), transport.close);
  return { ...createClient(Chat, calls), close: calls.close };
}

const OPTIONS = [
  'baseUrl',
  'credentials',
  'applicationToken',
  'timeZone',
  'version',
  'timeouts',
  'attempts',
  'limits',
  'illegalCharacters',
  'dispatcher',
];
