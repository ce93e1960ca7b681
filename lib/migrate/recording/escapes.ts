/**
 * Envelopes that stand in other documents: escaped for XML, for JSON, or for both.
 */

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
  text.replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/g, (_, unit?: string, byte?: string, plain = '') => {
    const hex = unit ?? byte;
    return hex === undefined ? (jsonCharacters[plain] ?? plain) : String.fromCharCode(Number.parseInt(hex, 16));
  });

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const withoutXml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
