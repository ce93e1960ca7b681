/**
 * The classes of characters that XML 1.0 (fifth edition) defines.
 */

export const NAME_START = 1;
export const NAME = 2;
/** Ends a run of plain ASCII text: `< & ]`, the control characters other than tab and line feed, and all that is not ASCII. */
export const STOP = 4;

/** For each byte which of these it is. */
export const classes = new Uint8Array(256).fill(STOP, 128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_:]/.test(char)) classes[code] = NAME_START | NAME;
  else if (/[-.0-9]/.test(char)) classes[code] = NAME;
  if (/[<&\]]/.test(char) || (code < 32 && code !== 9 && code !== 10)) classes[code] = (classes[code] ?? 0) | STOP;
}

/** The code point of a character of valid UTF-8. */
export function codePointAt(bytes: Buffer, at: number): number {
  const a = bytes[at] ?? 0;
  if (a < 0x80) return a;
  const b = (bytes[at + 1] ?? 0) & 0x3f;
  if (a < 0xe0) return ((a & 0x1f) << 6) | b;
  const c = (bytes[at + 2] ?? 0) & 0x3f;
  if (a < 0xf0) return ((a & 0x0f) << 12) | (b << 6) | c;
  return ((a & 0x07) << 18) | (b << 12) | (c << 6) | ((bytes[at + 3] ?? 0) & 0x3f);
}

/** NameStartChar and NameChar of the fifth edition, beyond ASCII. */
export function isNameCodePoint(code: number, start: boolean): boolean {
  if (code < 0x300) return code >= 0xc0 ? code !== 0xd7 && code !== 0xf7 : !start && code === 0xb7;
  if (code < 0x370) return !start;
  if (code < 0x2000) return code !== 0x37e;
  if (code < 0x2070) return code === 0x200c || code === 0x200d || (!start && (code === 0x203f || code === 0x2040));
  if (code < 0x2190) return true;
  if (code < 0x3001) return code >= 0x2c00 && code <= 0x2fef;
  if (code < 0xd800) return true;
  return (
    (code >= 0xf900 && code <= 0xfdcf) || (code >= 0xfdf0 && code <= 0xfffd) || (code >= 0x10000 && code <= 0xeffff)
  );
}

/** Whether a name may begin with it. */
export const isNameStart = (code: number): boolean =>
  code < 0x80 ? ((classes[code] ?? 0) & NAME_START) !== 0 : isNameCodePoint(code, true);
