/**
 * What the servers of these tests answer to REST.
 */
import type { RawRequest, Script, Step } from './raw-server.js';
import { response } from './replies.js';

export const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

const isWrite = ({ head }: RawRequest): boolean => /^POST \S*AddChatMessage /.test(head);

/** The JSON that the service would give. */
export function goodJson(request: RawRequest): string {
  const message = { ChatMessageId: 1, Message: 'hello' };
  return JSON.stringify(isWrite(request) ? message : [message]);
}

/** A response with this JSON. */
export const json = (value: unknown, status: number | string = '200 OK'): readonly Step[] => [
  response(JSON.stringify(value), JSON_TYPE, status),
];

/** The answer to who calls. */
export const principal: readonly Step[] = json({ AssociateId: 11, Associate: 'ANNA' });

/** A server with nothing wrong. */
export const restHealth: Script = {
  calls: [(request) => [response(goodJson(request), JSON_TYPE)]],
  logins: [principal],
};
