/**
 * What a reply of the REST API over HTTP says: its result, its refusal, or its status and what came in their place.
 */
import type { Reply } from '../call.js';
import type { Operation } from '../codec/operation.js';
import { type Fault, ProtocolError } from '../errors.js';
import { decodeZone } from '../rest/header.js';
import { decodeRestReply, faultOfJson, type RestReplyOptions } from '../rest/reply.js';
import type { HttpReply } from './http.js';
import { isOverloaded, notWanted, requireAnswer, statusError } from './http-status.js';

export function readRestReply(operation: Operation, reply: HttpReply, options: RestReplyOptions): Reply {
  const { status, body } = reply;
  if (status >= 300) throw failureOf(operation, reply, options.loginRefusals);
  const nothing = status === 204 || (body.length === 0 && operation.reply.fields.length === 0);
  if (!nothing && !isJson(reply)) throw notWanted(reply, 'JSON', 'rest');
  const timeZone = decodeZone(reply.headerOf('so-timezone'));
  return {
    output: decodeRestReply(operation, nothing ? undefined : textOf(reply), options),
    header: { succeeded: true, ...(timeZone && { timeZone }) },
  };
}

/**
 * The error for a status that is no success: the refusal in the body if there is one, else what the status says.
 * @throws the same for statuses whose bodies do not count
 */
export function failureOf(operation: Operation, reply: HttpReply, loginRefusals?: readonly string[]): Error {
  requireAnswer(reply);
  const fault = isJson(reply) && reply.body.length > 0 ? faultIn(operation, reply, loginRefusals) : undefined;
  return fault && !isOverloaded(reply.status) ? fault : statusError(operation, reply, fault, 'rest');
}

function faultIn(operation: Operation, reply: HttpReply, loginRefusals?: readonly string[]): Fault | undefined {
  try {
    return faultOfJson(operation, JSON.parse(textOf(reply)), loginRefusals, reply.status);
  } catch {
    // The status says enough.
    return undefined;
  }
}

const isJson = ({ mediaType }: HttpReply): boolean => /^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(mediaType);

/** JSON is UTF-8 unless the Content-Type says otherwise; what is not well-formed is never replaced. */
export function textOf({ body, charset = 'utf-8' }: Pick<HttpReply, 'body' | 'charset'>): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch (cause) {
    throw new ProtocolError('encoding', `the reply is not in ${charset.slice(0, 40)}`, { cause });
  }
}
