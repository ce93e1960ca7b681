/**
 * The parts of a translated request as people write them down.
 */
import type { RestRequest } from '../../rest/request.js';
import { BASE_URL, placeholder } from '../translate/placeholders.js';
import type { Translation } from '../translate/translate.js';

/** The whole address, with a placeholder for that of the API where it is not known. */
export const addressOf = ({ baseUrl }: Translation, { path }: RestRequest): string =>
  `${baseUrl ?? placeholder(BASE_URL)}${path === '' ? '' : `/${path}`}`;

/** The headers under the names that the documentation has, in its order. */
export function headersOf({ headers, method, body }: RestRequest): readonly (readonly [name: string, value: string])[] {
  // Without a length, web servers refuse requests that could have a body.
  const length = body === undefined && (method === 'POST' || method === 'PUT') ? { 'content-length': '0' } : {};
  return Object.entries({ ...headers, ...length })
    .map(([name, value]) => [order.find((each) => each.toLowerCase() === name) ?? name, value] as const)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

const order = [
  'Authorization',
  'SO-AppToken',
  'Accept',
  'Accept-Language',
  'SO-Language',
  'SO-Culture',
  'SO-TimeZone',
  'Content-Type',
  'Content-Length',
];
