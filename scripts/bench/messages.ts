/**
 * Chat messages made from a seed, in the three kinds of text that cost differently to read.
 */
import type { ChatMessage } from '../../lib/generated/types.js';
import { codec } from './built.js';

/** `mixed` is what people write; the others show what characters beyond ASCII and Latin-1 cost. */
export const texts = ['ascii', 'latin1', 'mixed'] as const;
export type Text = (typeof texts)[number];

const words = {
  ascii: 'the order has not arrived yet could you please tell me when it was sent and by whom thank you'.split(' '),
  latin1: 'für später möchte können Straße déjà reçu très français señor mañana København smørrebrød'.split(' '),
  wide: ['—', '€', '„Auftrag“', 'łódź', 'заказ', '注文', '🚲', '👍'],
  escaped: ['Smith & Sons', '<b>', '</b>', 'a > b', 'R&D', '->'],
};

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.floor(random() * items.length)] as Item;

/**
 * 20 to 400 characters. Of four texts in a row one needs escaping in XML and another one has characters beyond ASCII;
 * of sixteen one has characters beyond Latin-1.
 */
function textOf(kind: Text, index: number, random: () => number): string {
  const length = 20 + Math.floor(random() * 381);
  const special = specialWords(kind, index);
  let text = '';
  while (text.length < length) text += `${random() < 0.2 ? pick(special, random) : pick(words.ascii, random)} `;
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

function specialWords(kind: Text, index: number): readonly string[] {
  if (index % 4 === 1) return words.escaped;
  if (index % 4 !== 3 || kind === 'ascii') return words.ascii;
  return kind === 'mixed' && index % 16 === 3 ? words.wide : words.latin1;
}

/** A conversation; the same arguments give the same messages. */
export function messagesOf(count: number, kind: Text, seed: number): ChatMessage[] {
  const random = randomFrom(seed);
  const { DateTime } = codec;
  const start = Date.UTC(2026, 2, 2, 8, 15, 30) + seed * 60_000;
  return Array.from({ length: count }, (_, number) => {
    const index = number + seed;
    const fromCustomer = random() < 0.5;
    const isLink = random() < 0.05;
    return {
      chatMessageId: 100_000 + index,
      chatSessionId: 2347,
      type: fromCustomer ? 'ToUser' : 'ToCustomer',
      message: textOf(kind, index, random),
      author: fromCustomer ? (kind === 'ascii' ? 'Jan Moller' : 'Jan Møller') : 'Anna Berg',
      readByCustomer: fromCustomer ? 0 : 1,
      specialType: isLink ? 'Url' : 'None',
      specialParam: isLink ? `https://example.com/orders/${index}` : random() < 0.5 ? null : '',
      whenPosted: DateTime.from(new Date(start + number * 21_000).toISOString().replace('.000Z', 'Z')),
    };
  });
}
