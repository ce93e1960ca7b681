/**
 * What the header parts of a SOAP request are in REST: headers of HTTP.
 */
import type { RequestHeader, TimeZonePart } from '../codec/operation.js';
import { InputError } from '../errors.js';

/** What REST can be told beside what a SOAP header says. */
export interface RestLanguage {
  /**
   * `Accept-Language`: texts of several languages come in the first of these that they have. Without any they come raw, as
   * over SOAP: `NO:"…";US:"…"`.
   */
  readonly acceptLanguage?: string | undefined;
  /** `SO-Language`, which goes before `acceptLanguage`. */
  readonly language?: string | undefined;
  /** `SO-Culture`: the form of numbers and dates within texts. */
  readonly culture?: string | undefined;
  /** Whether times in replies say their offset, where the call has a time zone: `includeTZOffset`. */
  readonly includeTZOffset?: boolean | undefined;
}

/** The headers for a call: who calls, for which application, in which language and time zone. */
export function encodeRestHeader(
  { credentials, applicationToken, timeZone }: RequestHeader,
  { acceptLanguage, language, culture, includeTZOffset }: RestLanguage = {},
): Record<string, string> {
  const ticket = credentials?.ticket;
  const zone = zoneText(timeZone);
  const headers: Readonly<Record<string, readonly [path: string, text: string | null | undefined]>> = {
    authorization: ['header.credentials.ticket', ticket ? authorizationOf(ticket) : undefined],
    'so-apptoken': ['header.applicationToken', applicationToken],
    'accept-language': ['acceptLanguage', acceptLanguage],
    'so-language': ['language', language],
    'so-culture': ['culture', culture],
    'so-timezone': ['header.timeZone', zone && includeTZOffset ? `${zone}, includeTZOffset` : zone],
  };
  const given = Object.entries(headers).flatMap(([name, [path, text]]) => (text ? [[name, inHeader(path, text)]] : []));
  return Object.fromEntries(given);
}

/** A ticket goes as it is, and an access token, which SOAP takes in its place, by the scheme that is made for it. */
export const authorizationOf = (ticket: string): string =>
  `${/^[78]A:/.test(ticket) ? 'Bearer' : 'SOTicket'} ${ticket}`;

export const basicAuthorization = (userName: string, password: string): string =>
  `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;

/** The code goes first, since it means the same in each installation. */
const zoneText = (zone: TimeZonePart | null | undefined): string | undefined =>
  zone?.soTimeZoneLocationCode || (zone?.soTimeZoneId ? String(zone.soTimeZoneId) : undefined);

function inHeader(path: string, text: string): string {
  if (/^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(text)) return text;
  throw new InputError(path, 'a text with characters that no header of HTTP can carry');
}

/** Who calls, as an Authorization header says. */
export type RestCaller =
  | { readonly ticket: string }
  | { readonly userName: string; readonly password: string }
  | undefined;

/** The caller; undefined where nobody is named, or in a way that is not known. */
export function callerOf(authorization: string | undefined): RestCaller {
  const [, scheme = '', value = ''] = /^\s*(\S+)\s+(\S+)\s*$/.exec(authorization ?? '') ?? [];
  if (/^(?:soticket|bearer)$/i.test(scheme)) return { ticket: value };
  if (!/^basic$/i.test(scheme)) return undefined;
  const [, userName, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
  return userName === undefined || password === undefined ? undefined : { userName, password };
}

/** All else that the headers of a request say, for a call. */
export function decodeRestHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestHeader {
  const applicationToken = textOf(headers['so-apptoken']);
  const timeZone = decodeZone(textOf(headers['so-timezone']));
  return { ...(applicationToken && { applicationToken }), ...(timeZone && { timeZone }) };
}

/** The zone in a header of either direction, without what stands beside it. */
export function decodeZone(text: string | undefined): TimeZonePart | undefined {
  const zone = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .find((part) => part !== '' && !/^includeTZOffset$/i.test(part));
  if (zone === undefined) return undefined;
  return /^\d{1,9}$/.test(zone) ? { soTimeZoneId: Number(zone) } : { soTimeZoneLocationCode: zone };
}

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value;
