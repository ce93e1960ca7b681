/**
 * Where in a document an error stands. The reader keeps no path while it reads; a refused document is read once more
 * up to the place.
 */
import { ProtocolError } from '../errors.js';
import {
  atEndTag,
  type Cursor,
  cursorOver,
  Refusal,
  readEndTag,
  readProlog,
  readStartTag,
  readText,
  rootScope,
  type Scope,
  skipMisc,
} from './lexer.js';
import { isStackOverflow } from './stack.js';

/** Where the bytes stand that are read, if they are not a whole document but elements inside of one. */
export interface Origin {
  /** Where the element begins in which the reader is. */
  readonly from: number;
  /** The path of the element around. */
  readonly path: string;
  readonly scope: Scope;
  /** How many elements of the same name stand before. */
  readonly before: number;
}

export interface LocateOptions {
  readonly origin?: Origin | undefined;
  /** Says a place in words; line and column where it is left out. */
  readonly place?: ((at: number) => string) | undefined;
}

/** Runs a reader over the bytes and gives a refusal its path, and its place where it is not well-formed. */
export function located<Result>(bytes: Buffer, read: () => Result, options?: LocateOptions): Result {
  try {
    return read();
  } catch (error) {
    // A limit of depth may have been set that is higher than the stack of the process is deep.
    if (isStackOverflow(error))
      throw new ProtocolError('xml-limit', 'elements deeper inside each other than can be read');
    if (!(error instanceof Refusal)) throw error;
    const { code, found, at } = error;
    const place = options?.place ?? ((offset) => lineAndColumn(bytes, offset));
    const about = code === 'schema' || code === 'envelope' ? found : `${found}, ${place(at)}`;
    throw new ProtocolError(code, about, { path: pathTo(bytes, at, options?.origin) });
  }
}

function lineAndColumn(bytes: Buffer, at: number): string {
  let line = 1;
  let begin = 0;
  for (let lf = bytes.indexOf(10); lf >= 0 && lf < at; lf = bytes.indexOf(10, lf + 1)) {
    line++;
    begin = lf + 1;
  }
  return `line ${line}, column ${bytes.toString('utf8', begin, at).length + 1}`;
}

/** An element that is open at the place, with how many of its children had each name so far. */
interface Open {
  readonly label: string;
  readonly qname: string;
  readonly scope: Scope;
  readonly children: Map<string, number>;
}

const LONGEST_PATH = 600;

/** `Envelope/Body/GetChatMessagesResponse/Response/ChatMessage[3]/WhenPosted`; the first of its name has no number. */
function pathTo(bytes: Buffer, at: number, origin?: Origin): string | undefined {
  const open: Open[] = [];
  const cursor = cursorOver(bytes, { instructions: true, controls: true, limits: { bytes: Number.POSITIVE_INFINITY } });
  try {
    cursor.pos = origin?.from ?? 0;
    if (origin) skipMisc(cursor);
    else readProlog(cursor);
    do step(cursor, open, at, origin);
    while (open.length > 0 && cursor.pos <= at);
  } catch (error) {
    // The document is broken at the place itself, or before it in a way that does not show in the path.
    if (!(error instanceof Refusal)) throw error;
  }
  const labels = open.map((each) => each.label);
  if (origin) labels.unshift(origin.path);
  const path = labels.join('/');
  if (path.length > LONGEST_PATH) return `${path.slice(0, LONGEST_PATH / 2)}…${path.slice(-LONGEST_PATH / 2)}`;
  return path || undefined;
}

/** Reads one tag and the text after it, unless that would go past the place. */
function step(cursor: Cursor, open: Open[], at: number, origin: Origin | undefined): void {
  const top = open[open.length - 1];
  if (top && atEndTag(cursor)) {
    const { pos } = cursor;
    readEndTag(cursor, top.qname);
    if (at < cursor.pos && pos <= at) throw new Refusal('xml-syntax', 'the place is reached', at);
    open.pop();
  } else {
    const tag = readStartTag(cursor, top?.scope ?? origin?.scope ?? rootScope);
    const nth = (top ? (top.children.get(tag.name) ?? 0) : (origin?.before ?? 0)) + 1;
    top?.children.set(tag.name, nth);
    const label = nth > 1 ? `${tag.name}[${nth}]` : tag.name;
    if (!tag.empty || at < cursor.pos) open.push({ label, qname: tag.qname, scope: tag.scope, children: new Map() });
    if (at < cursor.pos) throw new Refusal('xml-syntax', 'the place is reached', at);
  }
  if (open.length > 0) readText(cursor);
}
