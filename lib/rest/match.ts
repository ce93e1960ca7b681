/**
 * The call that a request of REST makes: what a server needs to know.
 */
import { parseJson, reading } from '../codec/json.js';
import { readJson, readJsonMembers } from '../codec/json-read.js';
import type { Operation, Operations } from '../codec/operation.js';
import type { Field } from '../codec/schema.js';
import { ProtocolError } from '../errors.js';
import { agentEndpoint, entityEndpointList, entityEndpoints, type RestEndpoint, type RestStyle } from './endpoints.js';

/** An endpoint that a request has found, with what its path says. */
export interface RestMatch {
  readonly operation: Operation;
  readonly style: RestStyle;
  readonly endpoint: RestEndpoint;
  /** The parameters in the path, as texts. */
  readonly inPath: Readonly<Record<string, string>>;
}

/** What is at a path: an endpoint for the method, or the methods that there are endpoints for, if any. */
export type RestFound = RestMatch | { readonly allow: readonly string[] };

/**
 * Finds the endpoint for a request. The case of a path makes no difference, as on IIS.
 * @param path below the folder of the API, without a query: `v1/ChatSession/42/Messages`
 */
export function restRouter(operations: Operations): (method: string, path: string) => RestFound {
  const routes = Object.values(operations).flatMap((operation) => [
    routeOf(operation, 'agent', agentEndpoint(operation)),
    ...entityEndpointList(operation).map((endpoint) => routeOf(operation, 'entity', endpoint)),
  ]);
  // Paths without parameters, as all agents have, are looked up; the others are tried one by one.
  const byPath = grouped(routes.filter(isPlain));
  const patterns = routes.filter((route) => !isPlain(route));
  return (method, path) => {
    const found =
      byPath.get(path.toLowerCase().replace(/\/$/, '')) ?? patterns.filter(({ pattern }) => pattern.test(path));
    const fits = found.find(({ endpoint }) => endpoint.method === method);
    if (!fits) return { allow: [...new Set(found.map(({ endpoint }) => endpoint.method))] };
    const { operation, style, endpoint, pattern, names } = fits;
    const texts = names.length > 0 ? (pattern.exec(path)?.slice(1) ?? []) : [];
    const inPath = Object.fromEntries(names.map((name, index) => [name, decoded(texts[index] ?? '')]));
    return { operation, style, endpoint, inPath };
  };
}

function grouped(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const path = route.endpoint.path.toLowerCase();
    groups.set(path, [...(groups.get(path) ?? []), route]);
  }
  return groups;
}

const isPlain = ({ names }: Route): boolean => names.length === 0;

interface Route {
  readonly operation: Operation;
  readonly style: RestStyle;
  readonly endpoint: RestEndpoint;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

function routeOf(operation: Operation, style: RestStyle, endpoint: RestEndpoint): Route {
  const names: string[] = [];
  const parts = endpoint.path.split('/').map((part) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) return part;
    names.push(name);
    // Ids are numbers, so that no word in their place is taken for one.
    return /Id$/.test(name) ? '(-?\\d{1,10})' : '([^/]+)';
  });
  return { operation, style, endpoint, names, pattern: new RegExp(`^${parts.join('/')}/?$`, 'i') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ProtocolError('schema', `${JSON.stringify(text)} is no part of a path`);
  }
}

/** What a request says beside its path. */
export interface RestSaid {
  readonly query: URLSearchParams;
  /** The body as text; `''` where there is none. */
  readonly body: string;
}

/**
 * The input of the call. What is left out stays so.
 * @throws ProtocolError with the place of what is not right
 */
export function decodeRestInput({ operation, endpoint, inPath }: RestMatch, { query, body }: RestSaid): object {
  const { fields } = operation.request;
  return reading(operation, () => {
    const input = inBody(endpoint, fields, body);
    for (const field of fields) {
      const { key } = field;
      const text = inPath[key] ?? (endpoint.query.includes(key) ? inQuery(query, key) : undefined);
      if (text !== undefined) input[key] = readText(field, text);
    }
    for (const [name, text] of Object.entries(inPath)) setId(input, name, Number(text));
    requireNew(operation, endpoint, input);
    return input;
  });
}

/** What is posted to be made has no id; to store one that has, there is another endpoint. */
function requireNew(operation: Operation, endpoint: RestEndpoint, input: object): void {
  const found = entityEndpoints(operation);
  if (!found || !('create' in found) || found.create !== endpoint) return;
  const [parameter = '', member = ''] = (/\{(.+)\}/.exec(found.update.path)?.[1] ?? '').split('.');
  const entity: unknown = Reflect.get(input, parameter);
  const id: unknown = typeof entity === 'object' && entity !== null ? Reflect.get(entity, member) : undefined;
  if (!id) return;
  throw new ProtocolError('schema', `the entity has the id ${id}, with which it is stored by ${found.update.method}`, {
    path: '$',
  });
}

function inBody({ body: name }: RestEndpoint, fields: readonly Field[], body: string): Record<string, unknown> {
  if (name === undefined || body === '') return {};
  const json = parseJson(body);
  const field = fields.find(({ key }) => key === name);
  if (field) return { [name]: readJson(field, json, { anyCase: true }) };
  if (json === null) return {};
  if (typeof json !== 'object' || Array.isArray(json)) {
    throw new ProtocolError('schema', 'this is no object of the parameters', { path: '$' });
  }
  return readJsonMembers(fields, json as Readonly<Record<string, unknown>>, { anyCase: true });
}

/** Names in a query are found in any case, as .NET finds them. */
const inQuery = (query: URLSearchParams, key: string): string | undefined =>
  [...query].find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

function readText(field: Field, text: string): unknown {
  const { kind } = field.type;
  if (kind === 'string') return text;
  const json = kind === 'boolean' ? text.toLowerCase() : text;
  const plain = /^(?:-?\d{1,10}|true|false)$/.test(json);
  const value: unknown = plain ? JSON.parse(json.replace(/^(-?)0+(?=\d)/, '$1')) : text;
  return readJsonMembers([field], { [field.name]: value })[field.key];
}

/** The id of an entity stands in the path, and may stand in the entity too. */
function setId(input: Record<string, unknown>, name: string, id: number): void {
  const [parameter = '', member] = name.split('.');
  const entity = input[parameter];
  if (member === undefined || typeof entity !== 'object' || entity === null) return;
  const given: unknown = Reflect.get(entity, member);
  if (given !== undefined && given !== 0 && given !== id) {
    throw new ProtocolError('schema', `the entity has the id ${given}, and the path ${id}`, { path: '$' });
  }
  Reflect.set(entity, member, id);
}
