/**
 * The services and operations that this package knows, and what a call of each becomes in REST.
 */
import type { Operation } from '../../codec/operation.js';
import { Chat } from '../../generated/chat.js';
import { SoPrincipal } from '../../generated/so-principal.js';
import { agentEndpoint, entityEndpointList, titleOf } from '../../rest/endpoints.js';
import { restRouter } from '../../rest/match.js';

/** By name; no two of the services have one of the same name. */
export const knownOperations: ReadonlyMap<string, Operation> = new Map(
  [...Object.values(Chat), ...Object.values(SoPrincipal)].map((operation) => [operation.name, operation]),
);

const route = restRouter(Chat);

/**
 * The operation of a resource of REST, as `v1/ChatSession/{id}/Messages`, with anything in the place of the id.
 * @param method without one, only paths that a single operation has tell it
 */
export function operationAt(path: string, method: string | undefined): string | undefined {
  // Of a path that goes on elsewhere nothing is known.
  if (path.endsWith('/') || (method === undefined && /^v1\/\w+$/i.test(path))) return undefined;
  const plain = path.replaceAll(/[^/]*[^\w/][^/]*/g, '0');
  const found = route(method?.toUpperCase() ?? '', plain);
  if (!('allow' in found)) return found.operation.name;
  const [only, ...more] = found.allow;
  return method === undefined && only !== undefined && more.length === 0 ? operationAt(path, only) : undefined;
}

export type CoveredService = 'Chat' | 'SoPrincipal';

export const isCovered = (service: string | undefined): service is CoveredService =>
  service === 'Chat' || service === 'SoPrincipal';

/** The name of a service as this package writes it; those of others stay as they were written. */
export function serviceName(written: string): string {
  return covered.get(written.toLowerCase()) ?? written;
}

const covered: ReadonlyMap<string, CoveredService> = new Map([
  ['chat', 'Chat'],
  ['soprincipal', 'SoPrincipal'],
]);

/** What is told together, beyond what memory is spent on. */
export const OTHERS = '(others)';

/** What a call becomes. */
export interface RestTarget {
  /** The endpoint of the agent style, as `POST v1/Agents/Chat/GetChatMessages`. */
  readonly agent: string | null;
  /** Those of the entity style. */
  readonly entity: readonly string[];
  /** What is to be said instead, where there is no such endpoint, or nothing is known of it. */
  readonly note: string | null;
}

export function restTargetOf(service: string, name: string | null): RestTarget {
  if (service === OTHERS) return noted('more services and operations than are told one by one');
  if (!isCovered(service)) {
    return noted(`not covered by this package; Agents/${service} in REST by the vendor's word`);
  }
  if (name === null) return noted('the operation is not known');
  const operation = knownOperations.get(name);
  if (operation?.service.name !== service) return noted('unknown operation');
  if (service === 'SoPrincipal') return noted(principalNotes[name] ?? 'unknown operation');
  return {
    agent: titleOf(agentEndpoint(operation)),
    entity: entityEndpointList(operation).map(titleOf),
    note: null,
  };
}

const noted = (note: string): RestTarget => ({ agent: null, entity: [], note });

const withEach = 'no call: credentials go with each request';

/** REST has no logins; who the credentials belong to, `GET v1/User/currentPrincipal` tells. */
const principalNotes: Readonly<Record<string, string>> = {
  AuthenticateUsernamePassword: `${withEach} (Authorization: Basic, on site only)`,
  AuthenticateImplicit: `${withEach} (Authorization: Negotiate, on site only)`,
  AuthenticateWithAccessToken: `${withEach} (Authorization: Bearer)`,
  AuthenticateGeneric: `${withEach}; for those of plug-ins no scheme is published`,
  GetSystemInfo: 'GET api has a part of it, without credentials',
};
