/**
 * Answers of HTTP, and how they are sent.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as immediate } from 'node:timers/promises';
import { encodeFault } from '../../codec/encode.js';
import type { FaultContent } from '../../codec/fault.js';
import { type SoapVersion, versions } from '../../codec/versions.js';
import { LONGEST_TIMER } from '../../options.js';
import { parseContentType } from '../../transports/content-type.js';
import { hasGone } from './pipelines.js';

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How the connection ends in place of the answer, or in the middle of it. */
  readonly broken?: 'reset' | 'truncate';
}

/** A document that is no Fault has status 200. */
export const soapAnswer = (version: SoapVersion, body: string, status = 200): Answer => ({
  status,
  type: `${versions[version].mediaType}; charset=utf-8`,
  body,
});

export const faultAnswer = (fault: FaultContent, version: SoapVersion, status: number): Answer =>
  soapAnswer(version, encodeFault(fault, { version }), status);

export const plain = (status: number, text: string, headers: Answer['headers'] = {}): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
  headers,
});

/** A refusal of a request by its head: a Fault for clients that speak SOAP, a line of text for all others. */
export function refusal({ method, headers }: IncomingMessage, status: number, reason: string): Answer {
  const version = versionOf(parseContentType(headers['content-type']).mediaType);
  if (method !== 'POST' || version === undefined) return plain(status, reason);
  return faultAnswer({ faultCode: 'Client', reason }, version, status);
}

/** The version that a media type is that of. */
export const versionOf = (mediaType: string): SoapVersion | undefined =>
  (Object.keys(versions) as SoapVersion[]).find((version) => versions[version].mediaType === mediaType);

/**
 * Sends an answer to a client that is still there.
 * @param last whether the connection ends with it
 * @param idleMs how long the client may take to read on
 */
export async function send(response: ServerResponse, answer: Answer, last: boolean, idleMs: number): Promise<void> {
  const { req } = response;
  // What came together with the head is read after it.
  if (!req.complete) await immediate();
  if (answer.broken) await turnOf(response);
  if (hasGone(response)) return;
  const { socket } = req;
  if (answer.broken === 'reset') {
    socket.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(answer.body, 'utf8');
  response.writeHead(answer.status, {
    // An answer without content says nothing of it.
    ...(answer.status !== 204 && { 'content-type': answer.type, 'content-length': bytes.length }),
    ...((last || !req.complete) && { connection: 'close' }),
    ...answer.headers,
  });
  if (answer.broken === 'truncate') response.write(bytes.subarray(0, bytes.length / 2), () => socket.destroySoon());
  else if (!req.complete) sendEarly(response, bytes);
  // Once its end was called, a server that closes takes an answer for sent, and would cut off what is still on its way.
  else if (bytes.length > LARGE) response.write(bytes, () => response.end());
  else response.end(bytes);
  const limit = (): void => {
    // Mostly all of it is on its way already.
    if (socket.writableLength > 0) socket.setTimeout(idleMs > LONGEST_TIMER ? 0 : idleMs);
  };
  if (response.socket) limit();
  else response.once('socket', () => process.nextTick(limit));
}

/** Ends when what came before on the connection is answered, so that it may be broken; never, if it ends before that. */
const turnOf = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.socket || hasGone(response)) resolve();
    else response.once('socket', () => resolve());
  });

/** Bytes that no connection takes at once for sure. */
const LARGE = 65_536;

/** Milliseconds for a client to see that it need not send the rest. */
const LINGER = 250;

/**
 * Answers a request that is not wholly there. If the connection were closed on what the client is still sending, it
 * would be reset, and the answer lost; so the rest is passed over for a moment.
 */
function sendEarly(response: ServerResponse, bytes: Buffer): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER);
  response.once('close', () => clearTimeout(timer));
  response.write(bytes);
  response.req.once('end', end).resume();
}
