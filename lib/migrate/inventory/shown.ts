/**
 * Texts out of files, as they may be kept and shown.
 */
import { replaceSecrets } from '../../secrets/find.js';

/** A copy. A part of a text would hold the whole of it in memory. */
export const kept = (text: string): string => Buffer.from(text).toString();

/** The text without tickets, and without the user and password of an address; of a long one, the end. */
export function masked(text: string): string {
  const shown = replaceSecrets(text, [], '***').replace(/^(\w{1,10}:\\?\/\\?\/)?.*@/s, '$1***@');
  return kept(shown.length > LONGEST ? `…${shown.slice(-LONGEST)}` : shown);
}

const LONGEST = 240;
