/**
 * What the head of a recorded HTTP request says of its document. All else in it is left behind: credentials and cookies
 * have no place in a translation.
 */
import { parseContentType } from '../../transports/content-type.js';
import type { RecordedRequest } from './recorded.js';

/** Headers by their names in lower case. */
export type Head = ReadonlyMap<string, string>;

/** @param target that of the request line, or a whole URL */
export function saidByHead(head: Head, target: string): Pick<RecordedRequest, 'charset' | 'url' | 'soapAction'> {
  const type = head.get('content-type');
  const { charset } = parseContentType(type);
  const action = head.get('soapaction') ?? /;\s*action\s*=\s*("[^"]*"|[^;\s]*)/i.exec(type ?? '')?.[1];
  const soapAction = action?.trim().replace(/^"(.*)"$/, '$1');
  const url = urlOf(target, head.get('host'));
  return {
    ...(charset !== undefined && { charset }),
    ...(url !== undefined && { url }),
    ...(soapAction && { soapAction }),
  };
}

/** Undefined where the head does not say the whole of it. */
function urlOf(target: string, host: string | undefined): string | undefined {
  const whole = /^https?:/i.test(target)
    ? target
    : host && target.startsWith('/')
      ? schemeFor(host) + host + target
      : '';
  return plainUrl(whole);
}

/** A URL without user, password, query and fragment; undefined for what is none. */
export function plainUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return origin + pathname;
}

/** A request does not say it; nobody but a developer goes without encryption. */
const schemeFor = (host: string): string =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host) ? 'http://' : 'https://';
