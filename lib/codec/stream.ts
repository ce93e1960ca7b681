/**
 * Replies that are read while they arrive: the items of a list, one by one.
 *
 * The document is taken apart into what stands before the list, its items, and what stands behind. An item is read when
 * all of it is there, and its bytes are dropped. What stands around the list is kept, and left to the reader of whole
 * documents: once when the list begins, with the open elements closed, so that a refusal is known before the first item
 * is given; and again at the end, as a document whose list is empty. So the same rules hold as for whole documents.
 */
import { InputError, ProtocolError } from '../errors.js';
import { requireKnown } from '../options.js';
import type { Bytes } from './bytes.js';
import { DECODE_OPTIONS, type DecodeOptions, named, replyOf, replySchema } from './decode.js';
import { close, type KnownTag, nextChild, nextTag, rootContent } from './known-tags.js';
import { type Cursor, cursorOver, enter, limitsOf, Refusal, readProlog, refuse } from './lexer.js';
import { located } from './locate.js';
import { type Operation, type OutputOf, qualifiedName } from './operation.js';
import { readItem, readValue } from './reader.js';
import { utf8Pieces } from './utf8-pieces.js';

/** What the list consists of that an operation gives; `never` where it gives something else. */
export type ItemOf<O extends Operation> =
  NonNullable<OutputOf<O>> extends readonly (infer Item)[] ? Item : unknown extends OutputOf<O> ? unknown : never;

/**
 * Reads the reply to a call that gives a list, and yields its items as they arrive; nothing for a list that is nil.
 * Memory stays flat however long the list is: `limits.bytes` bounds one item, and what stands around the list, but not
 * the whole. Where the document is cut off or wrong further on, the iteration ends with an error after the items
 * before; only one that comes to its end has seen the whole reply.
 * @param pieces the bytes of the document, however they are cut; they must stay as they are while they are read
 * @throws Fault for a refusal of the service, before any item
 * @throws ProtocolError for anything that is not the reply of this operation
 */
export async function* decodeReplyStream<O extends Operation>(
  operation: O,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: DecodeOptions = {},
): AsyncGenerator<ItemOf<O>, void, undefined> {
  requireKnown('', options, DECODE_OPTIONS);
  const read = itemReader(operation, options);
  try {
    for await (const piece of pieces) {
      if (!(piece instanceof Uint8Array)) throw new InputError('pieces', `a ${typeof piece}, not bytes`);
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      for (const item of read(bytes, false)) yield item as ItemOf<O>;
    }
    for (const item of read(Buffer.alloc(0), true)) yield item as ItemOf<O>;
  } catch (error) {
    throw named(operation, error);
  }
}

/** A list whose start tag was read. */
interface OpenList {
  /** The start tags from the Envelope to the list. */
  readonly tags: readonly KnownTag[];
  readonly tag: KnownTag;
  /** The document up to and with the start tag. */
  readonly head: Buffer;
}

/** Takes one piece after the other and gives the items that become complete with it. */
function itemReader(operation: Operation, options: DecodeOptions): (piece: Buffer, last: boolean) => Iterable<unknown> {
  const { fields } = operation.reply;
  if (fields.length !== 1 || fields[0]?.type.kind !== 'array') {
    throw new InputError('operation', `${qualifiedName(operation)} gives no list`);
  }
  const limits = limitsOf(options.limits);
  const readWhole = (parts: Buffer[], place?: (at: number) => string): unknown =>
    replyOf(operation, Buffer.concat(parts), { limits, controls: true, place }, options.loginRefusals).output;
  const toUtf8 = utf8Pieces(options.charset);
  const unread = unreadBytes();
  // Undefined until it is found; null where there is none, which is left to the reader of whole documents.
  let list: OpenList | null | undefined;
  let ended = false;
  let count = 0;
  let dropped = 0;

  function cursorOf(bytes: Buffer): Cursor {
    return cursorOver(bytes, { controls: true, limits: { ...limits, bytes: Number.POSITIVE_INFINITY } });
  }

  function begin(): void {
    const bytes = unread.all();
    const cursor = cursorOf(bytes);
    const tags = located(bytes, () => unlessCut(cursor, () => findList(cursor, operation)));
    list = tags && { tags, tag: lastOf(tags), head: Buffer.from(bytes.subarray(0, cursor.pos)) };
    if (list) readWhole([list.head, endTags(list.tags)]);
    unread.drop(list ? cursor.pos : 0);
  }

  function* readItems({ tags, tag, head }: OpenList, last: boolean): Iterable<unknown> {
    const bytes = unread.all();
    const cursor = cursorOf(bytes);
    cursor.depth = tags.length;
    const path = tags.map(({ field }) => field?.name).join('/');
    const place = (at: number): string => `byte ${head.length + dropped + at}`;
    const next = (): Item | null => nextItem(cursor, tag, limits.bytes);
    for (;;) {
      const origin = { path, scope: tag.scope, before: count, from: cursor.pos };
      const item = located(bytes, () => (last ? next() : unlessCut(cursor, next)), { origin, place });
      ended = item === null;
      if (!item) break;
      count++;
      yield item.value;
    }
    dropped += cursor.pos;
    unread.drop(cursor.pos);
  }

  function finish(): Iterable<unknown> {
    if (!list) return (readWhole([unread.all()]) ?? []) as unknown[];
    const { head } = list;
    readWhole([head, unread.all()], (at) => `byte ${at < head.length ? at : at + dropped}`);
    return [];
  }

  return function* (piece, last) {
    unread.add(toUtf8(piece, last));
    if (list === undefined && !last && unread.isEnough()) begin();
    if (list && !ended && (last || unread.isEnough())) yield* readItems(list, last);
    if (unread.size() > limits.bytes) {
      throw new ProtocolError('xml-limit', `more than ${limits.bytes} bytes that are no whole item`);
    }
    if (last) yield* finish();
  };
}

/** What has arrived and was not read. */
function unreadBytes() {
  let pieces: Buffer[] = [];
  let size = 0;
  let wanted = 1;
  const all = (): Bytes => {
    if (pieces.length !== 1) pieces = [Buffer.concat(pieces)];
    return pieces[0] as Bytes;
  };
  return {
    add: (piece: Buffer): void => {
      if (piece.length === 0) return;
      pieces.push(piece);
      size += piece.length;
    },
    size: () => size,
    /** Whether there is enough more than last time when that did not help, so that a large item takes linear time. */
    isEnough: () => size >= wanted,
    all,
    drop: (length: number): void => {
      pieces = [all().subarray(length)];
      size -= length;
      wanted = length > 0 ? 1 : size < 4096 ? size + 1 : size * 1.25;
    },
  };
}

/** The longest text that is looked at as a whole, a reference; what is cut within it may look wrong in another way. */
const LONGEST_TOKEN = 72;

/** Undefined, with the cursor where it was, if reading fails for want of the bytes that are still to come. */
function unlessCut<Result>(cursor: Cursor, read: () => Result): Result | undefined {
  const { pos, depth } = cursor;
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!error.ended && cursor.end - cursor.pos > LONGEST_TOKEN) throw error;
    Object.assign(cursor, { pos, depth });
    return undefined;
  }
}

/** Reads up to the start tag of the list. Null where the Body holds something else, or a list of nothing. */
function findList(cursor: Cursor, operation: Operation): KnownTag[] | null {
  const { schema, key } = replySchema(operation);
  readProlog(cursor);
  const tags = [nextTag(cursor, rootContent(schema, cursor.limits))];
  for (const wanted of ['body', key, operation.reply.fields[0]?.key]) {
    const parent = lastOf(tags);
    if (parent.kind !== 'complex' || parent.empty) return null;
    enter(cursor);
    let child = nextChild(cursor, parent, null);
    while (child !== null && child.key !== wanted) {
      readValue(cursor, child);
      child = nextChild(cursor, parent, child);
    }
    if (child === null) return null;
    tags.push(child);
  }
  const list = lastOf(tags);
  if (list.kind !== 'array' || list.empty) return null;
  enter(cursor);
  return tags;
}

const lastOf = (tags: readonly KnownTag[]): KnownTag => tags[tags.length - 1] as KnownTag;

const endTags = (tags: readonly KnownTag[]): Buffer =>
  Buffer.from(
    tags
      .map(({ qname }) => `</${qname}>`)
      .reverse()
      .join(''),
  );

interface Item {
  readonly value: unknown;
}

/** The next item with its end tag; null at the end of the list. */
function nextItem(cursor: Cursor, list: KnownTag, bytes: number): Item | null {
  const tag = nextChild(cursor, list, null);
  if (tag === null) return null;
  const start = cursor.pos;
  const value = readItem(cursor, list, tag);
  if (cursor.pos - start > bytes) refuse(cursor, 'xml-limit', `more than ${bytes} bytes in one item`, start);
  close(cursor, tag);
  return { value };
}
