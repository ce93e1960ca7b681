/**
 * Envelopes that stand in other documents: escaped for XML, for JSON, or for both.
 */
import { isUtf8 } from 'node:buffer';

/**
 * An envelope without the escapes that were put on it, from its beginning.
 * @param text begins with its first tag, in whatever form that has
 */
export function unescaped(text: string): string {
  let plain = text;
  // Each turn takes one layer away; nobody puts more of them around a text.
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const quote = /=\s*(\\*(?:u0022|x22|["']|&))/.exec(plain.slice(0, LONGEST_TAG))?.[1] ?? '';
    if (plain.startsWith('\\') || (quote.startsWith('\\') && !quote.endsWith('&'))) plain = withoutJson(plain);
    else if (plain.startsWith('&')) plain = withoutXml(plain);
    else if (quote.startsWith('\\')) plain = withoutJson(plain);
    else return plain;
  }
  return plain;
}

const MOST_LAYERS = 6;

/** The first attribute begins within so many characters. */
const LONGEST_TAG = 1024;

const jsonCharacters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const withoutJson = (text: string): string =>
  text.replace(JSON_ESCAPES, (_, unit?: string, bytes?: string, plain = '') => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    return bytes === undefined ? (jsonCharacters[plain] ?? plain) : textOfBytes(bytes);
  });

const JSON_ESCAPES = /\\(?:u([\da-fA-F]{4})|(x[\da-fA-F]{2}(?:\\x[\da-fA-F]{2})*)|([\s\S]))/g;

/** Web servers write the bytes of UTF-8 so, and programs the numbers of characters. */
function textOfBytes(escaped: string): string {
  const bytes = Buffer.from(escaped.replace(/\\?x/g, ''), 'hex');
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const withoutXml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
