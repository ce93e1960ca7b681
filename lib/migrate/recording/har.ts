/**
 * HAR files, in which browsers and proxies keep what went over the wire as JSON (versions 1.1 and 1.2).
 */
import { saidByHead } from './head.js';
import type { Recorded } from './recorded.js';

/** The log of a HAR file; undefined for a text that is none. */
export function harOf(text: string): { readonly entries: readonly unknown[] } | undefined {
  try {
    const entries = memberOf(memberOf(JSON.parse(text), 'log'), 'entries');
    return Array.isArray(entries) ? { entries } : undefined;
  } catch {
    return undefined;
  }
}

/** The requests that have a body. */
export function* readHar({ entries }: { readonly entries: readonly unknown[] }): Iterable<Recorded> {
  for (const [index, entry] of entries.entries()) {
    const place = `entry ${index + 1}`;
    const request = memberOf(entry, 'request');
    if (typeof request !== 'object' || request === null) {
      yield { place, problem: 'it has no request' };
      continue;
    }
    const document = documentOf(memberOf(request, 'postData'));
    if (document === undefined || document.length === 0) continue;
    const { charset, ...said } = saidByHead(headOf(request), String(memberOf(request, 'url')));
    // A text is decoded already.
    yield { place, document, ...said, ...(typeof document !== 'string' && charset !== undefined && { charset }) };
  }
}

/** Base64 is what some tools write, though the format has it for replies only. */
function documentOf(postData: unknown): Uint8Array | string | undefined {
  const text = memberOf(postData, 'text');
  if (typeof text !== 'string') return undefined;
  const encoding = memberOf(postData, 'encoding') ?? memberOf(postData, '_encoding');
  return encoding === 'base64' ? Buffer.from(text, 'base64') : text;
}

function headOf(request: object): ReadonlyMap<string, string> {
  const headers = memberOf(request, 'headers');
  const type = memberOf(memberOf(request, 'postData'), 'mimeType');
  const pairs = (Array.isArray(headers) ? headers : []).map(
    (header) => [String(memberOf(header, 'name')).toLowerCase(), String(memberOf(header, 'value') ?? '')] as const,
  );
  return new Map([...(typeof type === 'string' ? [['content-type', type] as const] : []), ...pairs]);
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
