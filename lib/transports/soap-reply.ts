/**
 * What a reply over HTTP says: its envelope, or its status and what came in the place of one.
 */
import type { Reply } from '../call.js';
import { type DecodeOptions, decodeReply } from '../codec/decode.js';
import type { Operation } from '../codec/operation.js';
import { versions } from '../codec/versions.js';
import { Fault } from '../errors.js';
import type { HttpReply } from './http.js';
import { isOverloaded, notWanted, requireAnswer, statusError } from './http-status.js';

/** The reply in the body, whatever the status, if the service wrote it; else what the status says. */
export function readReply(operation: Operation, reply: HttpReply, options: DecodeOptions): Reply {
  const { status, mediaType, body } = reply;
  const isXml = xmlTypes.has(mediaType) && body.length > 0;
  if (status === 200) {
    if (isXml) return decodeReply(operation, body, options);
    throw notWanted(reply, 'a SOAP envelope', 'soap');
  }
  requireAnswer(reply);
  const fault = isXml ? faultIn(operation, body, options) : undefined;
  if (fault && !(fault.code === 'soap-fault' && isOverloaded(status))) throw fault;
  throw statusError(operation, reply, fault, 'soap');
}

const xmlTypes: ReadonlySet<string> = new Set([
  versions['1.1'].mediaType,
  versions['1.2'].mediaType,
  'application/xml',
]);

/** A status that is no success may come with a Fault; any other document says no more than the status. */
function faultIn(operation: Operation, body: Buffer, options: DecodeOptions): Fault | undefined {
  try {
    decodeReply(operation, body, options);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  return undefined;
}
