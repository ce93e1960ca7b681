/**
 * Texts out of files, as they may be kept and shown.
 */
import { replaceSecrets } from '../../secrets/find.js';

/** A copy. A part of a text would hold the whole of it in memory. */
export const kept = (text: string): string => Buffer.from(text).toString();

/** An address as it stands in a source, without tickets, user and password; of a long one, the end. */
export function shownAddress(text: string): string {
  const shown = withoutTickets(text).replace(/^(\w{1,10}:\\?\/\\?\/)?.*@/s, '$1***@');
  return kept(shown.length > LONGEST ? `…${shown.slice(-LONGEST)}` : shown);
}

/** What a caller says of itself, in which a ticket may be, and an address with a password. */
export function shownCaller(text: string): string {
  const shown = withoutTickets(text).replace(/:\/\/[^/\s@]{1,200}@/g, '://***@');
  return kept(shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown);
}

const LONGEST = 240;

const withoutTickets = (text: string): string => replaceSecrets(text, [], '***');
