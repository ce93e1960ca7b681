/**
 * What a reply of REST says that comes as a success: a result, a failure all the same, or nothing to be trusted.
 */
import { parseJson, reading } from '../codec/json.js';
import { readJson } from '../codec/json-read.js';
import { type Operation, qualifiedName } from '../codec/operation.js';
import type { Schema } from '../codec/schema.js';
import { Fault, ProtocolError } from '../errors.js';
import type { RestStyle } from './endpoints.js';
import { faultOfJson } from './refusal.js';

export interface RestReplyOptions {
  readonly style: RestStyle;
  /** Objects inside each other; 256 by default. */
  readonly depth?: number | undefined;
  readonly loginRefusals?: readonly string[] | undefined;
}

/**
 * The output of a call that was answered with a success.
 * @param document the body; undefined where there is none, as with the status 204
 * @throws Fault for a success that is none: an account of an error, or the null of an agent call that failed
 * @throws ProtocolError for anything that is not the result of this operation
 */
export function decodeRestReply(
  operation: Operation,
  document: string | undefined,
  options: RestReplyOptions,
): unknown {
  const { style, depth, loginRefusals } = options;
  const [field] = operation.reply.fields;
  return reading(operation, () => {
    const json = document === undefined ? null : parseJson(document);
    const fault = faultOfJson(operation, json, loginRefusals);
    if (fault) throw fault;
    if (json === null && isFailure(operation, style, document)) throw answeredNull(operation);
    if (!field) return requireNothing(operation, json);
    requireMember(field.type, json);
    return readJson(field, json, { depth });
  });
}

/**
 * Whether null is a failure. The documentation of the agents: a call that fails returns null, and where there is nothing to
 * return, there is no content. The entity style tells failures by the status, but what a call makes is to be there.
 */
function isFailure({ name, reply, retry }: Operation, style: RestStyle, document: string | undefined): boolean {
  if (reply.fields.length === 0) return style === 'agent' && document !== undefined;
  return !mayBeNull.has(name) && (style === 'agent' || retry !== 'read');
}

/** A nil result of these says that nobody was waiting. The second is inferred from the first. */
const mayBeNull: ReadonlySet<string> = new Set(['PickUpChatSession', 'PickUpFirstChatSession']);

/** The reason of a Fault for null, by which it is known. */
export const ANSWERED_NULL =
  'the service answered null, as its REST agents do for a call that failed, and gives no reason';

/** How far the call had come is not known. */
const answeredNull = (operation: Operation): Fault =>
  new Fault('service', ANSWERED_NULL, { operation: qualifiedName(operation), outcome: 'unknown' });

function requireNothing({ name }: Operation, json: unknown): undefined {
  if (json === null || json === '') return undefined;
  throw new ProtocolError('schema', `something was answered to ${name}, which has no result`, { path: '$' });
}

/** An object that has nothing of the result in it, or of its items, is an answer to something else. */
function requireMember(type: Schema, json: unknown, path = '$'): void {
  if (type.kind === 'array' && Array.isArray(json)) {
    for (const [index, item] of json.entries()) requireMember(type.item.type, item, `${path}[${index}]`);
  }
  if (type.kind !== 'complex' || typeof json !== 'object' || json === null || Array.isArray(json)) return;
  if (type.fields.some(({ name, key }) => Object.hasOwn(json, name) || Object.hasOwn(json, key))) return;
  throw new ProtocolError('schema', `an object that has no member of ${type.name}`, { path });
}
