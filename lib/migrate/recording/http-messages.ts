/**
 * Recorded HTTP messages: requests and replies one after another, as proxies and people write them down. They may have
 * been edited, so that neither line ends nor lengths are what they were.
 */
import { type Head, saidByHead } from './head.js';
import { lineCounter, type Recorded } from './recorded.js';

/** A line that begins a message; the first group is there for a request. */
const START_LINE = String.raw`(?:([A-Z]{3,10})[ \t]+(\S+)[ \t]+)?HTTP/\d(?:\.\d)?(?:[ \t]+\d{3}[^\r\n]*)?[ \t]*(?:\r?\n|$)`;

/** Whether a file begins as one with HTTP messages does, comments aside. */
export const isHttp = (bytes: Buffer): boolean =>
  new RegExp(`^(?:\\s|#[^\\n]*\\n)*${START_LINE}`).test(bytes.toString('latin1', 0, LONGEST_START));

/** A request line, with what an address may be long. */
const LONGEST_START = 16_384;

/** The requests that have a body; replies are passed over, and requests that only ask for a page. */
export function* readHttp(bytes: Buffer): Iterable<Recorded> {
  const text = bytes.toString('latin1');
  const lineOf = lineCounter(bytes);
  const starts = new RegExp(`^${START_LINE}`, 'gm');
  for (let start = starts.exec(text); start; ) {
    const [line, method, target = ''] = start;
    const head = readHead(text, start.index + line.length);
    starts.lastIndex = head.end;
    const announced = plainEnd(text, head);
    // What an announced length spans is not looked through for a line that begins a message.
    const next = announced === undefined ? starts.exec(text) : startAt(text, announced);
    if (method !== undefined)
      yield* requestOf(bytes.subarray(head.end, announced ?? next?.index), head.headers, target, lineOf(start.index));
    start = next;
  }
}

/** The line that begins a message behind white space, if one does. */
function startAt(text: string, at: number): RegExpExecArray | null {
  const space = /\s*/y;
  space.lastIndex = at;
  space.test(text);
  const start = new RegExp(START_LINE, 'y');
  start.lastIndex = space.lastIndex;
  return start.exec(text);
}

interface HeadOfMessage {
  readonly headers: Head;
  /** Where the body begins. */
  readonly end: number;
}

function readHead(text: string, from: number): HeadOfMessage {
  const headers = new Map<string, string>();
  const lines = /([^\r\n]*)(?:\r?\n|$)/y;
  lines.lastIndex = from;
  for (;;) {
    const at = lines.lastIndex;
    const [whole = '', line = ''] = lines.exec(text) ?? [];
    if (whole === '') return { headers, end: at };
    const colon = line.indexOf(':');
    if (line === '' || colon < 0) return { headers, end: line === '' ? lines.lastIndex : at };
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

/** Where a body ends whose length is announced, if a message or the end of the file follows there. */
function plainEnd(text: string, { headers, end }: HeadOfMessage): number | undefined {
  const length = Number(headers.get('content-length') ?? Number.NaN);
  if (!Number.isSafeInteger(length) || end + length > text.length) return undefined;
  const isLast =
    /^\s*$/.test(text.slice(end + length, end + length + LONGEST_END)) && end + length + LONGEST_END > text.length;
  return isLast || startAt(text, end + length) ? end + length : undefined;
}

/** Blank lines behind the last message are not more. */
const LONGEST_END = 1024;

function* requestOf(rest: Buffer, head: Head, target: string, place: string): Iterable<Recorded> {
  const coding = head.get('content-encoding');
  const body = /\bchunked\b/i.test(head.get('transfer-encoding') ?? '') ? (joined(rest) ?? rest) : rest;
  if (/^\s*$/.test(body.toString('latin1', 0, 1024)) && body.length < 1024) return;
  const length = Number(head.get('content-length') ?? Number.NaN);
  if (coding !== undefined && !/^\s*identity\s*$/i.test(coding)) yield { place, problem: 'its body is compressed' };
  else if (length > rest.length && breaksOff(body))
    yield { place, problem: `its body breaks off: Content-Length is ${length}, and there are ${rest.length} bytes` };
  else yield { place, document: withoutEnd(body), ...saidByHead(head, target) };
}

/** Whether the end of the envelope is missing, in an encoding that it can be seen in. */
const breaksOff = (body: Buffer): boolean =>
  body[0] === LESS_THAN && body[1] !== 0 && !/<\/(?:[^\s<>/:]{1,64}:)?Envelope\s*>/.test(body.toString('latin1'));

const LESS_THAN = 0x3c;

/** The chunks of a body in one piece; undefined for one that was joined when it was recorded. */
function joined(body: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf(0x0a, at);
    const size = /^([\da-fA-F]{1,8})(?:[ \t]*;[^\r\n]*)?\r?$/.exec(
      body.toString('latin1', at, lineEnd < 0 ? at : lineEnd),
    );
    if (!size) return undefined;
    const length = Number.parseInt(size[1] ?? '', 16);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(lineEnd + 1, lineEnd + 1 + length));
    at = lineEnd + 1 + length;
    at += body[at] === 0x0d ? 2 : 1;
  }
}

/** Whatever separates a body from the next message: blank lines, or those that a tool draws. */
function withoutEnd(body: Buffer): Buffer {
  const last = body.lastIndexOf('Envelope');
  const closing = last < 0 ? null : /^Envelope\s*>/.exec(body.toString('latin1', last, last + LONGEST_END));
  if (closing) return body.subarray(0, last + closing[0].length);
  let end = body.length;
  while (end > 0 && (body[end - 1] === 0x0a || body[end - 1] === 0x0d)) end--;
  return body.subarray(0, end);
}
