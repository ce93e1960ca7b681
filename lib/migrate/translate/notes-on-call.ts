/**
 * Notes on who calls, in which time zone, and on the endpoint that the call goes to.
 */
import type { Operation, RequestHeader } from '../../codec/operation.js';
import { SoPrincipal } from '../../generated/so-principal.js';
import type { RestStyle } from '../../rest/endpoints.js';
import type { RestRequest } from '../../rest/request.js';
import { type Note, note } from './notes.js';
import { hasLanguages, hasTimes } from './notes-on-values.js';

/** @param style the one that was asked for */
export function notesOnCall(
  operation: Operation,
  header: RequestHeader,
  request: RestRequest | undefined,
  style: RestStyle | undefined,
): readonly Note[] {
  if (operation === SoPrincipal.getSystemInfo) return [note('system-info')];
  if (!request) return [note('authenticate')];
  return [
    ...notesOnCredentials(header),
    ...notesOnTimeZone(operation, header),
    ...(hasLanguages(operation) ? [note('language', 'reply')] : []),
    ...notesOnEndpoint(operation, request, style),
    ...notesOnResult(operation, request),
  ];
}

function* notesOnCredentials({ credentials, applicationToken }: RequestHeader): Iterable<Note> {
  const ticket = credentials?.ticket?.trim();
  const isAccessToken = /^[78]A:/.test(ticket ?? '');
  if (!ticket) yield note('no-credentials', 'header.credentials');
  else yield note(isAccessToken ? 'access-token' : 'ticket', 'header.credentials.ticket');
  if (applicationToken) yield note('application-token', 'header.applicationToken');
  else if (ticket && !isAccessToken) yield note('no-application-token', 'header.applicationToken');
}

function* notesOnTimeZone(operation: Operation, { timeZone }: RequestHeader): Iterable<Note> {
  const { soTimeZoneId, soTimeZoneLocationCode } = timeZone ?? {};
  if (soTimeZoneLocationCode || soTimeZoneId) {
    const both = soTimeZoneLocationCode && soTimeZoneId ? 'Of id and code, REST has one; the code is sent. ' : '';
    yield note('time-zone', 'header.timeZone', both);
  } else if (hasTimes(operation)) yield note('base-time-zone', 'header.timeZone');
}

function* notesOnEndpoint(operation: Operation, request: RestRequest, style: RestStyle | undefined): Iterable<Note> {
  if (style === 'entity' && request.style === 'agent') yield note('agent-fallback');
  if (request.style === 'agent' || !/^(?:Save|Get|CreateDefault)\w+Entity$/.test(operation.name)) return;
  if (operation.name.startsWith('Save')) yield note(request.method === 'POST' ? 'entity-create' : 'entity-update');
  yield note('entity-links', 'reply');
}

function* notesOnResult({ name, reply }: Operation, { style }: RestRequest): Iterable<Note> {
  yield note('errors');
  if (/^PickUp/.test(name)) yield note('pick-up-null', 'reply');
  else if (style === 'agent' && reply.fields.length > 0) yield note('null-result', 'reply');
}
