/**
 * Texts that nobody may see, and how to find them in whatever form.
 */
import { inspect } from 'node:util';

/** As long and as odd as such texts are; the ticket and the cookie could be names in XML too. */
export const secrets = {
  ticket: 'T7-canaryTicket.QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY3ODkw-end0fTicket',
  password: 'pw<canary> & "Pass\'word" \\ %41 æøå/+== pwEnd0fIt',
  applicationToken: 'appCanary-token-0123456789abcdef-appEnd0fIt',
  sessionKey: 'skCanary+session/key==&skEnd0fIt',
  cookie: 'ckCanary-cookie-value-ckEnd0fIt',
};

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const lowerEscapes = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());

/** The forms in which a server may repeat a text. */
export const forms: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'escaped as XML': escapeXml,
  'escaped as an attribute': (text) => escapeXml(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  'escaped as HTML': (text) => escapeXml(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  'escaped as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (text) => lowerEscapes(encodeURIComponent(text)),
  'in base64': (text) => Buffer.from(text).toString('base64'),
};

/** So many characters from an end of a secret are enough to be found. */
const PART = 8;

/** The beginning and the end of each secret, in each form. */
const traces: ReadonlySet<string> = new Set(
  Object.values(secrets)
    .flatMap((secret) => Object.values(forms).map((form) => form(secret)))
    .flatMap((text) => [text.slice(0, PART), text.slice(-PART)]),
);

/** What of a secret can be seen in what is thrown, by the usual means; each with some text around it. */
export function tracesIn(thrown: unknown): string[] {
  const text = everythingOf(thrown);
  return [...traces]
    .map((trace) => text.indexOf(trace))
    .filter((at) => at >= 0)
    .map((at) => text.slice(Math.max(0, at - 40), at + 40));
}

/** All that can be seen of an error and of its causes. */
function everythingOf(thrown: unknown): string {
  const chain: unknown[] = [];
  for (let each = thrown; each !== undefined && !chain.includes(each); each = Reflect.get(Object(each), 'cause'))
    chain.push(each);
  return chain
    .flatMap((each) => [
      String(each),
      String(Reflect.get(Object(each), 'stack')),
      JSON.stringify(each),
      inspect(each, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true }),
      // Inspected, a quote or a backslash in a text is escaped.
      ...Object.getOwnPropertyNames(Object(each)).map((name) => String(Reflect.get(Object(each), name))),
    ])
    .join('\n');
}
