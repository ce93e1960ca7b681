/**
 * What to look for when a secret may be in a text: the secret itself, its base64, and the beginnings and ends of both.
 */

export interface Forms {
  /** Taken out as they are. */
  readonly whole: readonly string[];
  /** Taken out with all that goes before or follows them without a gap. */
  readonly pieces: readonly string[];
}

/** @param inPieces whether a part of the secret is as little to be seen as the whole */
export function formsOf(secret: string, inPieces: boolean): Forms {
  const whole = secret.length > LONG ? [] : [secret, secret.replaceAll(' ', '+'), ...base64Forms(secret)];
  return { whole: [...new Set(whole.map(fold))], pieces: inPieces || secret.length > LONG ? piecesOf(secret) : [] };
}

/** Of secrets that are longer, the pieces are enough, and all that memory is worth. */
const LONG = 4096;

const PIECE = 8;

/** None where the secret is not much longer than they would be. */
function piecesOf(secret: string): string[] {
  if (secret.length < 2 * PIECE) return [];
  const ends = secret.length > LONG ? [secret.slice(0, LONG), secret.slice(-LONG)] : [secret];
  return ends
    .flatMap((text) => [text, Buffer.from(text).toString('base64').replace(/=+$/, '')])
    .flatMap((text) => [text.slice(0, PIECE), text.slice(-PIECE)])
    .map(fold);
}

/** The secret in base64 of any text around it, in which it may begin at any of three places of a group. */
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
    .filter((text) => text.length >= SHORTEST_BASE64);
}

/** Less may stand in any text by chance. */
const SHORTEST_BASE64 = 6;

/**
 * The text without what is not looked at: the case of letters, which media types lose, and in which of its two alphabets
 * base64 is written. Each character keeps its place.
 */
export const fold = (text: string): string =>
  text.replace(/[A-Z_-]+/g, (some) => some.toLowerCase().replaceAll('-', '+').replaceAll('_', '/'));
