/**
 * The transports that a client's options ask for: SOAP, REST, or one for some operations and the other for the rest.
 */
import { type ClosableTransport, closable } from '../call.js';
import type { Operation, RequestHeader } from '../codec/operation.js';
import { InputError } from '../errors.js';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { requireKnown } from '../options.js';
import { type BaseUrl, parseBaseUrl, REST_FOLDER, requireSecure, SOAP_FOLDER } from './base-url.js';
import { REST_OPTIONS, type RestTransportOptions, restTransport } from './rest.js';
import { type Routes, route, routeFor } from './route.js';
import { SOAP_OPTIONS, type SoapTransportOptions, soapTransport } from './soap.js';

/** The REST API of an installation, and what SOAP has no word for. */
export type WireRestOptions = Pick<RestTransportOptions, 'baseUrl' | RestOwn>;

type RestOwn = 'style' | 'logins' | 'acceptLanguage' | 'language' | 'culture' | 'includeTZOffset';

export interface WireOptions extends Omit<SoapTransportOptions, 'baseUrl' | 'header'> {
  /** The folder that holds the .svc files: `https://host/Remote/Services88`. It may be left out where there is `rest`. */
  readonly baseUrl?: string | undefined;
  /** The REST API, for the calls that `wire` gives to it; for all, where there is no `baseUrl`. */
  readonly rest?: WireRestOptions | undefined;
  /**
   * Which of the two is called: `'soap'`, the default where there is a `baseUrl`, `'rest'`, or one for each method, as
   * `{ default: 'soap', getChatMessages: 'rest' }`. Logins go over SOAP where there is a `baseUrl`, unless they are named.
   */
  readonly wire?: Routes<'soap' | 'rest'> | undefined;
}

/** All that `WireOptions` has. */
export const WIRE_OPTIONS: readonly string[] = [...SOAP_OPTIONS.filter((name) => name !== 'header'), 'rest', 'wire'];

export interface Wires {
  readonly transport: ClosableTransport;
  /** Where tickets come from. */
  readonly endpoint: string;
  /** Whether they are good for others than this transport. */
  readonly shareable: boolean;
}

/**
 * @param header parts for every call that does not bring its own
 * @throws InputError for options that are not right
 */
export function openWires(options: WireOptions, header: RequestHeader): Wires {
  const { baseUrl, rest, wire, version, ...shared } = options;
  if (baseUrl === undefined && rest === undefined) {
    const { what, example } = SOAP_FOLDER;
    throw new InputError('baseUrl', `missing; it is ${what}, as ${example}; or rest, with the API's`);
  }
  const soapBase = baseUrl === undefined && rest ? undefined : parseBaseUrl(baseUrl as string, shared.proxy);
  const restBase = rest && within('rest.', () => requireRest(rest, shared.proxy));
  if (soapBase) requireSecure(soapBase, shared.allowInsecure);
  if (restBase) within('rest.', () => requireSecure(restBase, shared.allowInsecure));
  const transports = {
    ...(baseUrl !== undefined && { soap: soapTransport({ ...shared, baseUrl, version, header }) }),
    ...(rest && { rest: within('rest.', () => restTransport({ ...shared, ...rest, header })) }),
  };
  const { origin, path } = (soapBase ?? restBase) as BaseUrl;
  return {
    transport: joined(transports, wire),
    endpoint: origin + path,
    shareable: requireLogins(wire, soapBase !== undefined, rest),
  };
}

/**
 * Whether the tickets of this client's logins are good for others.
 * @throws InputError for logins over REST whose tickets SOAP would know nothing of
 */
function requireLogins(wire: WireOptions['wire'] = {}, soap: boolean, rest: WireRestOptions | undefined): boolean {
  const unnamed = { logins: soap ? 'soap' : 'rest', others: soap ? 'soap' : 'rest' } as const;
  const overRest = (operation: Operation): boolean => routeFor(wire, operation, unnamed) === 'rest';
  if (!overRest(SoPrincipal.authenticateUsernamePassword) || rest?.logins === 'access-token') return true;
  if (Object.values(Chat).every(overRest)) return false;
  throw new InputError(
    'wire.authenticateUsernamePassword',
    "SOAP knows nothing of the ticket that a login over REST gives, unless rest.logins is 'access-token'",
  );
}

function requireRest(rest: WireRestOptions, proxy: WireOptions['proxy']): BaseUrl {
  requireKnown('', rest, ['baseUrl', ...REST_OPTIONS.filter((name) => !SOAP_OPTIONS.includes(name))]);
  return parseBaseUrl(rest.baseUrl, proxy, REST_FOLDER);
}

/** What is wrong with an option is told with the name of the group that it is in. */
function within<Value>(group: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const path = `${group}${error.path}`.replace(/\.$/, '');
    throw new InputError(path, error.message.replace(/^input: /, '').replace(`${error.path}: `, ''));
  }
}

function joined(
  transports: { readonly soap?: ClosableTransport; readonly rest?: ClosableTransport },
  wire: WireOptions['wire'],
): ClosableTransport {
  const all = Object.values(transports);
  const others = transports.soap ? 'soap' : 'rest';
  const both = transports as Record<'soap' | 'rest', ClosableTransport>;
  const routed = route(both, wire ?? others, { logins: others, others }, 'wire');
  const [only, more] = all;
  if (only && !more) return only;
  return closable(routed, async () => {
    await Promise.all(all.map(({ close }) => close()));
  });
}
