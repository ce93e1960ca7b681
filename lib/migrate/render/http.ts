/**
 * A translation as the HTTP request that it is, in the form of the documentation and of `.http` files.
 */
import { escapeSteering } from '../../codec/steering.js';
import type { RestRequest } from '../../rest/request.js';
import { shown } from '../translate/placeholders.js';
import type { Translation } from '../translate/translate.js';
import { notesOf, type RenderOptions, titleOf } from './comments.js';
import { addressOf, headersOf } from './request-parts.js';

/** Request line, headers and body; what is said about them stands before them, in lines that begin with `#`. */
export function asHttp(translation: Translation, options: RenderOptions = {}): string {
  const { request } = translation;
  const notes = notesOf(translation, options).map((text) => `# ${text}`);
  const lines = [`### ${titleOf(translation, options)}`, ...notes];
  if (!request) return `${lines.join('\n')}\n`;
  const [path, host] = targetOf(translation, request);
  const headers = [...(host === undefined ? [] : [['Host', host] as const]), ...headersOf(request)];
  lines.push(`${request.method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${shown(value)}`));
  if (request.body !== undefined)
    lines.push('', shown(escapeSteering(JSON.stringify(JSON.parse(request.body), null, 2))));
  return `${lines.join('\n')}\n`;
}

/** Path and host; the whole of an address that is not known. */
function targetOf(translation: Translation, request: RestRequest): readonly [path: string, host?: string] {
  const address = addressOf(translation, request);
  if (translation.baseUrl === undefined) return [shown(address)];
  const { pathname, search, host } = new URL(address);
  return [pathname + search, host];
}
