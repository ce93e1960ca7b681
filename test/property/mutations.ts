/**
 * Small damage to documents: bytes replaced, deleted, inserted, swapped and repeated, documents cut and joined. What is
 * done follows from a number.
 */
import { randomFrom } from '../contract/values.js';
import { attributes, bytes, harmless, invalid, pieces, texts } from './fragments.js';

type Random = () => number;

const below = (random: Random, end: number): number => Math.floor(random() * end);
const pick = <Item>(random: Random, items: ArrayLike<Item>): Item => items[below(random, items.length)] as Item;

/** Puts `by` in the place of `length` bytes. */
const splice = (whole: Buffer, at: number, length: number, by: Uint8Array): Buffer =>
  Buffer.concat([whole.subarray(0, at), by, whole.subarray(at + length)]);

/** The first match behind any place, and where it is. */
function matchIn(whole: Buffer, form: RegExp, random: Random): readonly [string, number] {
  form.lastIndex = below(random, whole.length);
  const match = form.exec(whole.toString('latin1'));
  return match ? [match[0], match.index] : ['', whole.length];
}

const leaf = /<([\w:.-]+)(?:\s[^<>]*)?>[^<]*<\/\1>/g;
const branch = /<([\w:.-]+)(?:\s[^<>]*)?(?<!\/)>.*?<\/\1>/gs;

/** An element, mostly one without elements in it, if there is one behind any place. */
function elementIn(whole: Buffer, random: Random): { readonly at: number; readonly length: number } {
  const [element, at] = matchIn(whole, random() < 0.7 ? leaf : branch, random);
  return { at, length: element.length };
}

type Damage = (whole: Buffer, random: Random, other: Buffer) => Buffer;

const damages: readonly Damage[] = [
  function replace(whole, random) {
    return splice(whole, below(random, whole.length), 1, Buffer.of(pick(random, bytes)));
  },
  function replaceByAny(whole, random) {
    return splice(whole, below(random, whole.length), 1, Buffer.of(below(random, 256)));
  },
  function remove(whole, random) {
    return splice(whole, below(random, whole.length), 1 + below(random, random() < 0.7 ? 2 : 30), Buffer.of());
  },
  function insertByte(whole, random) {
    return splice(whole, below(random, whole.length + 1), 0, Buffer.of(pick(random, bytes)));
  },
  function insertPiece(whole, random) {
    return splice(whole, below(random, whole.length + 1), 0, pick(random, pieces));
  },
  function insertAtTag(whole, random) {
    const at = whole.indexOf(pick(random, '<> '), below(random, whole.length));
    return splice(whole, at + below(random, 2), 0, pick(random, pieces));
  },
  function insertInvalid(whole, random) {
    return splice(whole, below(random, whole.length + 1), 0, pick(random, invalid));
  },
  function swap(whole, random) {
    const at = below(random, whole.length - 1);
    const length = 1 + below(random, random() < 0.7 ? 1 : 12);
    const first = whole.subarray(at, at + length);
    const second = whole.subarray(at + length, at + 2 * length);
    return splice(whole, at, 2 * length, Buffer.concat([second, first]));
  },
  function repeat(whole, random) {
    const at = below(random, whole.length);
    return splice(whole, at, 0, whole.subarray(at, at + 1 + below(random, 60)));
  },
  function dropElement(whole, random) {
    const { at, length } = elementIn(whole, random);
    return splice(whole, at, length, Buffer.of());
  },
  function repeatElement(whole, random) {
    const { at, length } = elementIn(whole, random);
    return splice(whole, at, 0, whole.subarray(at, at + length));
  },
  function moveElement(whole, random) {
    const { at, length } = elementIn(whole, random);
    const rest = splice(whole, at, length, Buffer.of());
    return splice(rest, Math.max(0, rest.indexOf('<', below(random, rest.length))), 0, whole.subarray(at, at + length));
  },
  function takeElement(whole, random, other) {
    const { at, length } = elementIn(whole, random);
    const found = elementIn(other, random);
    return splice(whole, at, random() < 0.5 ? length : 0, other.subarray(found.at, found.at + found.length));
  },
  function changeText(whole, random) {
    const { at, length } = elementIn(whole, random);
    const begin = whole.indexOf('>', at) + 1;
    return splice(
      whole,
      begin,
      Math.max(0, whole.indexOf('<', begin) - begin),
      length > 0 ? pick(random, texts) : Buffer.of(),
    );
  },
  function makeNil(whole, random) {
    const { at, length } = elementIn(whole, random);
    const [name = ''] = /^<[^\s>]*/.exec(whole.toString('latin1', at)) ?? [];
    const nil = Buffer.from(`${name} xmlns:nl="http://www.w3.org/2001/XMLSchema-instance" nl:nil="true"/>`, 'latin1');
    return splice(whole, at, length, length > 0 ? nil : Buffer.of());
  },
  function insertBeside(whole, random) {
    const at = whole.indexOf('>', below(random, whole.length)) + 1;
    return splice(whole, at, 0, pick(random, harmless));
  },
  function addAttribute(whole, random) {
    const [name = '', at] = matchIn(whole, /<[A-Za-z][\w:.-]*/g, random);
    return splice(whole, at + name.length, 0, pick(random, attributes));
  },
  function take(whole, random, other) {
    const from = below(random, other.length);
    const piece = other.subarray(from, from + 1 + below(random, 80));
    return splice(whole, below(random, whole.length), random() < 0.5 ? piece.length : 0, piece);
  },
  function join(whole, random, other) {
    const at = below(random, whole.length);
    return Buffer.concat([whole.subarray(0, at), other.subarray(random() < 0.5 ? at : below(random, other.length))]);
  },
  function cut(whole, random) {
    return random() < 0.5 ? whole.subarray(0, below(random, whole.length)) : whole.subarray(below(random, 4));
  },
];

/**
 * One of the documents with one or more kinds of damage, mostly one; which, follows from the number. Half of the time it
 * is one of the first `favoured`.
 */
export function mutated(
  documents: readonly Buffer[],
  favoured: number,
  number: number,
): { readonly index: number; readonly bytes: Buffer } {
  const random = randomFrom(number);
  const index = below(random, random() < 0.5 ? favoured : documents.length);
  let bytes = documents[index] as Buffer;
  do bytes = pick(random, damages)(bytes, random, pick(random, documents));
  while (bytes.length > 1 && random() < 0.2);
  return { index, bytes };
}
