/**
 * What a reply of the REST API over HTTP says: its result, its refusal, or its status and what came in their place.
 */
import { isUtf8 } from 'node:buffer';
import type { Reply } from '../call.js';
import { parseJson, reading } from '../codec/json.js';
import type { Operation } from '../codec/operation.js';
import { Fault, ProtocolError } from '../errors.js';
import { decodeZone } from '../rest/header.js';
import { faultOfJson } from '../rest/refusal.js';
import { decodeRestReply, type RestReplyOptions } from '../rest/reply.js';
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
 * The JSON that an endpoint beside those of the operations answers.
 * @param operation the one for which it is asked
 * @throws Fault for a refusal, whatever its status
 */
export function readRestJson(operation: Operation, reply: HttpReply, loginRefusals?: readonly string[]): unknown {
  if (reply.status >= 300) throw failureOf(operation, reply, loginRefusals);
  if (!isJson(reply)) throw notWanted(reply, 'JSON', 'rest');
  const json = reading(operation, () => parseJson(textOf(reply)));
  const fault = faultOfJson(operation, json, loginRefusals);
  if (fault) throw fault;
  return json;
}

/**
 * The error for a status that is no success: the refusal in the body if there is one, else what the status says.
 * @throws the same for a redirect
 */
function failureOf(operation: Operation, reply: HttpReply, loginRefusals?: readonly string[]): Error {
  const { status } = reply;
  const fault = isJson(reply) && reply.body.length > 0 ? faultIn(operation, reply, loginRefusals) : undefined;
  if (status === 401 && fault) {
    // Whatever the service calls it, it did not let the call in.
    const { reason, exceptionType, friendlyText } = fault;
    return new Fault('login', reason, { faultCode: '401', exceptionType, friendlyText });
  }
  requireAnswer(reply);
  return fault && !isOverloaded(status) ? fault : statusError(operation, reply, fault, 'rest');
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
function textOf({ body, charset = 'utf-8' }: Pick<HttpReply, 'body' | 'charset'>): string {
  // A byte order mark is left to the decoder.
  if (/^utf-?8$/i.test(charset) && body[0] !== 0xef && isUtf8(body)) return body.toString('utf8');
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch (cause) {
    throw new ProtocolError('encoding', `the reply is not in ${charset.slice(0, 40)}`, { cause });
  }
}
