/**
 * One transport out of several: which of them carries a call goes by its operation.
 */
import type { Interceptor, Transport } from '../call.js';
import type { Operation } from '../codec/operation.js';
import { keyOf } from '../codec/schema.js';
import { InputError, isCallError } from '../errors.js';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { requireOneOf } from '../options.js';

/** The name of a transport for all operations, or one for each that is named, by method, and one for all others. */
export type Routes<Name extends string> =
  | Name
  | ({ readonly default?: Name | undefined } & {
      readonly [Method in keyof typeof Chat | keyof typeof SoPrincipal]?: Name | undefined;
    });

/** Where a call goes that the routes do not name. */
export interface Unnamed<Name extends string> {
  /** For operations of SoPrincipal; `others` if it is left out. */
  readonly logins?: Name | undefined;
  readonly others: Name;
}

/** The transport that an operation is given to. */
export function routeFor<Name extends string>(
  routes: Routes<Name>,
  { service, name }: Operation,
  { logins, others }: Unnamed<Name>,
): Name {
  const named: Readonly<Record<string, Name | undefined>> = typeof routes === 'string' ? { default: routes } : routes;
  return named[keyOf(name)] ?? (service.name === 'SoPrincipal' ? logins : undefined) ?? named.default ?? others;
}

/**
 * Sends each call over the transport that its operation is given to. Replies and errors say by `servedBy` which it was.
 * @param path of the routes among the options
 * @throws InputError for operations and transports that there are not
 */
export function route<Name extends string>(
  transports: Readonly<Record<Name, Transport>>,
  routes: Routes<Name>,
  unnamed: Unnamed<Name>,
  path: string,
): Transport {
  requireRoutes(path, routes, Object.keys(transports));
  const named: Readonly<Record<string, Transport>> = Object.fromEntries(
    Object.entries<Transport>(transports).map(([name, transport]) => [name, naming(name)(transport)]),
  );
  return (call) => (named[routeFor(routes, call.operation, unnamed)] as Transport)(call);
}

/** Says by `servedBy` who it is that answered or failed, unless what is behind it has said so. */
export const naming =
  (servedBy: string): Interceptor =>
  (next) =>
  async (call) => {
    try {
      return { servedBy, ...(await next(call)) };
    } catch (error) {
      if (isCallError(error)) error.servedBy ??= servedBy;
      throw error;
    }
  };

function requireRoutes(path: string, routes: Routes<string>, names: readonly string[]): void {
  if (typeof routes === 'string') {
    requireName(path, routes, names);
    return;
  }
  if (typeof routes !== 'object' || routes === null) throw new InputError(path, `not one of ${names.join(', ')}`);
  for (const [method, name] of Object.entries(routes)) {
    if (method !== 'default' && !(method in Chat) && !(method in SoPrincipal)) {
      const like = [...Object.keys(Chat), ...Object.keys(SoPrincipal)].find(
        (each) => each.toLowerCase() === method.toLowerCase(),
      );
      const hint = like ? `; did you mean ${like}?` : '';
      throw new InputError(`${path}.${method}`, `there is no such method of Chat or SoPrincipal${hint}`);
    }
    if (name !== undefined) requireName(`${path}.${method}`, name, names);
  }
}

/** What is missing where a transport is named that there could be. */
const needs: Readonly<Record<string, string>> = {
  soap: 'it needs the address of SOAP',
  shadow: 'it needs the address of SOAP',
  rest: 'it needs the address of the REST API',
};

function requireName(path: string, name: string, names: readonly string[]): void {
  const need = names.includes(name) ? undefined : needs[name];
  if (need !== undefined) throw new InputError(path, `${JSON.stringify(name)} is not there; ${need}`);
  requireOneOf(path, name, names);
}
