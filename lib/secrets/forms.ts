/**
 * What a secret looks like in the text of another: escaped for XML, JSON or a URL, in base64, or cut short.
 */

/** Tickets and access tokens of the service, also those that nobody told of (7T, 8A; 7P and 7S are stored ones). */
export const TICKET_SHAPE = /\b(?:7[ATPS]|8A)(?::|%3[Aa]|&#(?:58|x3[Aa]);|\\u003[Aa])[\w+/=.~%&;#\\-]{8,}/g;

/** Patterns for the whole secret: as it is, with any of its characters escaped in any of the usual ways, and in base64. */
export const formsOf = (secret: string): string[] => [escapable(secret), ...base64Forms(secret)];

/** Patterns for the beginning and the end of the secret and of its base64; none where it is not much longer than these. */
export function piecesOf(secret: string): string[] {
  if (secret.length < 2 * PIECE) return [];
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, base64].flatMap((text) => [text.slice(0, PIECE), text.slice(-PIECE)]).map(escapable);
}

const PIECE = 8;

/** The text with `by` for each piece, and for all that goes before or follows it without a gap. */
export function replaceAround(text: string, pieces: RegExp, by: string): string {
  let replaced = '';
  let done = 0;
  for (const { index, 0: piece } of text.matchAll(pieces)) {
    let end = index + piece.length;
    if (end <= done) continue;
    let start = Math.max(index, done);
    while (start > done && GAPLESS.test(text.charAt(start - 1))) start--;
    while (GAPLESS.test(text.charAt(end))) end++;
    replaced += text.slice(done, start) + by;
    done = end;
  }
  return replaced + text.slice(done);
}

const GAPLESS = /[\w+/=.:~-]/;

const escapable = (text: string): string => Array.from(text, formsOfCharacter).join('');

const named: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** Letters and digits are left as they are by everybody. */
function formsOfCharacter(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const forms = [
    literally(character),
    `&#0*${code};`,
    `&#[xX]0*${anyCase(code.toString(16))};`,
    ...(named[character] ? [`&${named[character]};`] : []),
    [...Buffer.from(character)].map((byte) => `%${anyCase(hex(byte, 2))}`).join(''),
    Array.from({ length: character.length }, (_, at) => `\\\\u${anyCase(hex(character.charCodeAt(at), 4))}`).join(''),
    ...('"\\/'.includes(character) ? [`\\\\${literally(character)}`] : []),
    ...(character === ' ' ? ['\\+'] : []),
  ];
  // The longer forms first: `\` alone would match the beginning of its own escape.
  return `(?:${forms.sort((a, b) => b.length - a.length).join('|')})`;
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const anyCase = (digits: string): string => digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

/** What stands for the secret in base64 of any text around it: it may begin at any of three places in a group. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      const whole = Math.floor(((bytes.length + offset) * 8) / 6);
      return text.slice(offset === 0 ? 0 : offset + 1, whole);
    })
    .filter((text) => text.length >= SHORTEST_BASE64)
    .map((text) => Array.from(text, (digit) => (digit === '+' ? '[-+]' : digit === '/' ? '[_/]' : digit)).join(''));
}

/** Less may stand in any text by chance. */
const SHORTEST_BASE64 = 6;
