/**
 * The request of REST for a call.
 */
import { requireParameters } from '../codec/encode.js';
import { writing } from '../codec/json.js';
import { type JsonSheet, writeJson, writeJsonMembers } from '../codec/json-write.js';
import { type Operation, qualifiedName, type RequestHeader } from '../codec/operation.js';
import { objectOf, refuseUnknown } from '../codec/place.js';
import type { Field, Schema } from '../codec/schema.js';
import type { IllegalCharacters } from '../codec/writer.js';
import { InputError } from '../errors.js';
import { agentEndpoint, entityEndpoints, type RestEndpoint, type RestMethod, type RestStyle } from './endpoints.js';
import { encodeRestHeader, type RestLanguage } from './header.js';
import { requireWhole } from './selected.js';

/** A request as HTTP sends it. */
export interface RestRequest {
  readonly method: RestMethod;
  /** Below the folder of the API, with the query: `v1/ChatSession/42/Messages?after=0`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The style that it is in: a call that the entity style has no endpoint for goes in the agent style. */
  readonly style: RestStyle;
}

export interface RestRequestOptions extends RestLanguage {
  readonly header?: RequestHeader | undefined;
  /** `'agent'` by default. */
  readonly style?: RestStyle | undefined;
  /** The members that the result is to have, by their keys; all by default. */
  readonly select?: readonly string[] | undefined;
  readonly illegalCharacters?: IllegalCharacters | undefined;
  /** `'pass'` sends names of enumerations that the contract does not know; they are refused by default. */
  readonly unknownNames?: 'refuse' | 'pass' | undefined;
}

/**
 * The request for a call of an operation of Chat.
 * @throws InputError with the path of a value that the contract does not allow, and of a parameter that is missing
 */
export function encodeRestRequest(operation: Operation, input: unknown, options: RestRequestOptions = {}): RestRequest {
  const { header = {}, style = 'agent', select, illegalCharacters, unknownNames, ...language } = options;
  const { fields } = operation.request;
  return writing(operation, () => {
    const given = objectOf(fields.length === 0 && input === undefined ? {} : input, null);
    refuseUnknown(fields, Object.keys(given), null);
    requireParameters(fields, given);
    requireWhole(operation, given);
    const { endpoint, segments, actual } = placed(operation, given, style);
    const sheet: JsonSheet = { direction: unknownNames === 'pass' ? 'reply' : 'request', illegalCharacters };
    const body = bodyOf(sheet, fields, endpoint, given);
    const query = [...queryOf(sheet, fields, endpoint, given), ...selection(operation, select)];
    const headers = {
      accept: JSON_TYPE,
      ...encodeRestHeader(header, language),
      ...(body !== undefined && { 'content-type': JSON_TYPE }),
    };
    const path = segments + (query.length > 0 ? `?${query.join('&')}` : '');
    return { method: endpoint.method, path, headers, body, style: actual };
  });
}

/** As the vendor's pages have it. */
const JSON_TYPE = 'application/json; charset=utf-8';

interface Placed {
  readonly endpoint: RestEndpoint;
  /** The path without a query. */
  readonly segments: string;
  readonly actual: RestStyle;
}

/** The endpoint for the call: that of the style, if it has one and all that goes into its path can. */
function placed(operation: Operation, input: Readonly<Record<string, unknown>>, style: RestStyle): Placed {
  if (style === 'entity') {
    const endpoint = entityEndpointFor(operation, input);
    const segments = endpoint && filled(endpoint, input);
    if (endpoint && segments !== undefined) return { endpoint, segments, actual: 'entity' };
  }
  const endpoint = agentEndpoint(operation);
  return { endpoint, segments: endpoint.path, actual: 'agent' };
}

function entityEndpointFor(operation: Operation, input: Readonly<Record<string, unknown>>): RestEndpoint | undefined {
  const found = entityEndpoints(operation);
  if (!found || !('create' in found)) return found;
  const entity = input[found.create.body ?? ''];
  // Without an entity there is nothing to tell by which of the two is meant.
  if (typeof entity !== 'object' || entity === null) return undefined;
  const id = valueAt(input, placeholdersOf(found.update.path)[0] ?? '');
  return id === 0 || id === undefined ? found.create : found.update;
}

const placeholdersOf = (path: string): string[] => [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');

/** `chatSessionEntity.chatSessionId` of an input. */
const valueAt = (input: unknown, path: string): unknown =>
  path.split('.').reduce((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], input);

/** The path with the values in it; undefined where one would not arrive as it is. */
function filled({ path }: RestEndpoint, input: Readonly<Record<string, unknown>>): string | undefined {
  const values = new Map(placeholdersOf(path).map((name) => [name, segmentOf(valueAt(input, name))]));
  if ([...values.values()].includes(undefined)) return undefined;
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => values.get(name) ?? '');
}

/**
 * Web servers resolve dots in paths, decode slashes, and refuse other characters, escaped or not (IIS: `< > * % & : \ ?`).
 * What has any of them goes in a body.
 */
function segmentOf(value: unknown): string | undefined {
  if (Number.isInteger(value)) return String(value);
  const safe = typeof value === 'string' && /^[\p{L}\p{N}_@ .-]+$/u.test(value) && !/^[. ]|[. ]$/.test(value);
  return safe ? encodeURIComponent(value) : undefined;
}

function bodyOf(
  sheet: JsonSheet,
  fields: readonly Field[],
  endpoint: RestEndpoint,
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  const { body } = endpoint;
  if (body === undefined) return undefined;
  if (body === 'request') return writeJsonMembers(sheet, fields, input, null);
  const field = fields.find(({ key }) => key === body);
  const value = input[body];
  return field && value !== undefined ? writeJson(sheet, field, value, { parent: null, key: body }) : undefined;
}

/** The parameters of the query, in their places; those in the path are checked as well. */
function queryOf(
  sheet: JsonSheet,
  fields: readonly Field[],
  { path, query, body }: RestEndpoint,
  input: Readonly<Record<string, unknown>>,
): string[] {
  const texts = new Map(
    fields
      .filter(({ key }) => body !== 'request' && body !== key && input[key] !== undefined)
      .map((field) => [field.key, writeJson(sheet, field, input[field.key], { parent: null, key: field.key })]),
  );
  const lost = [...texts.keys()].find((key) => !query.includes(key) && !placeholdersOf(path).includes(key));
  if (lost !== undefined) throw new InputError(lost, `a parameter that ${path} has no place for`);
  return query.flatMap((key) => (texts.has(key) ? [`${key}=${encodeURIComponent(texts.get(key) ?? '')}`] : []));
}

function selection(operation: Operation, select: readonly string[] | undefined): string[] {
  if (select === undefined) return [];
  const [result] = operation.reply.fields;
  if (!result) throw new InputError('select', `${qualifiedName(operation)} has no result to select from`);
  if (select.length === 0) throw new InputError('select', 'no member is named');
  for (const [index, name] of select.entries()) requireMember(result.type, name, `select[${index}]`);
  return [`$select=${select.join(',')}`];
}

/** The service minds no case, and passes over what it does not know, which then would be missing without a word. */
function requireMember(type: Schema, name: string, path: string): void {
  let within = itemOf(type);
  for (const step of String(name).split(/[/.]/)) {
    const fields = within.kind === 'complex' ? within.fields : [];
    const field = fields.find(({ key }) => key.toLowerCase() === step.toLowerCase());
    if (!field) {
      const there = fields.map(({ key }) => key).join(', ') || 'none';
      throw new InputError(path, `${JSON.stringify(step)} is no member of ${within.name}; there is ${there}`);
    }
    within = itemOf(field.type);
  }
}

const itemOf = (type: Schema): Schema => (type.kind === 'array' ? itemOf(type.item.type) : type);
