/**
 * Reads recordings of SOAP calls, whatever they were made with. What a file is, it says by how it begins.
 */
import { constants, isUtf8 } from 'node:buffer';
import { InputError } from '../../errors.js';
import { harOf, readHar } from './har.js';
import { isHttp, readHttp } from './http-messages.js';
import { isOneEnvelope, readLog } from './log.js';
import { lineCounter, type Recorded } from './recorded.js';

/**
 * The requests in a recording: an envelope; HTTP messages one after another; a HAR file; or any other text with envelopes
 * in it, escaped or not, as a log or a trace. Nothing is decoded yet, and nothing is thrown for what cannot be read: that is
 * told in its place.
 * @param recording the bytes of a whole file
 */
export function* readRecording(recording: Uint8Array): Iterable<Recorded> {
  if (!(recording instanceof Uint8Array)) throw new InputError('recording', 'no bytes (a Uint8Array)');
  const given = Buffer.from(recording.buffer, recording.byteOffset, recording.byteLength);
  const bytes = narrow(given);
  // What is too long for a text of JavaScript is looked through for envelopes, as a log is.
  const isShort = bytes.length <= constants.MAX_STRING_LENGTH;
  const har = isShort && /^\s*\{/.test(bytes.toString('latin1', 0, 64)) ? harOf(bytes.toString('utf8')) : undefined;
  if (har) yield* readHar(har);
  else if (isShort && isHttp(bytes)) yield* readHttp(bytes);
  else if (isDocument(bytes)) yield documentIn(given, bytes);
  else yield* orNothing(bytes, readLog(bytes));
}

function documentIn(given: Buffer, bytes: Buffer): Recorded {
  const begin = bytes.toString('latin1', 0, LONGEST_PROLOG).search(/\S/);
  const place = lineCounter(bytes)(begin);
  if (given !== bytes || !saidToBeWide(bytes))
    return { place, document: given === bytes ? bytes.subarray(begin) : given };
  return { place, document: bytes.toString('utf8', begin) };
}

/** .NET says so of what it writes into a text, and whoever saves that text seldom takes it back. */
const saidToBeWide = (bytes: Buffer): boolean =>
  /^\s*<\?xml\s[^>]*encoding\s*=\s*["']utf-16["']/i.test(bytes.toString('latin1', 0, LONGEST_PROLOG)) && isUtf8(bytes);

function* orNothing(bytes: Buffer, found: Iterable<Recorded>): Iterable<Recorded> {
  let none = true;
  for (const each of found) {
    none = false;
    yield each;
  }
  if (!none) return;
  const place = 'line 1';
  const brokenOff = brokenOffIn(bytes);
  if (brokenOff === undefined) yield { place, problem: whatElse(bytes), withoutSoap: true };
  else yield { place, problem: `there is no envelope in it: it begins as ${brokenOff} and breaks off` };
}

/** What is only the beginning of one; what is told line by line is not. */
function brokenOffIn(bytes: Buffer): string | undefined {
  const [begin, end] = [bytes.toString('latin1', 0, LONGEST_PROLOG), bytes.toString('latin1', bytes.length - 64)];
  if (/^\s*\{\s*"log"\s*:\s*\{/.test(begin) && !isJson(bytes)) return 'a HAR file';
  return /^\s*(?:\{\s*"|\[\s*[{[])/.test(begin) && !/[}\]]\s*$/.test(end) ? 'JSON' : undefined;
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function whatElse(bytes: Buffer): string {
  const begin = bytes.toString('latin1', 0, LONGEST_PROLOG);
  const root = ROOT.exec(begin)?.[1];
  if (root !== undefined)
    return `not SOAP: the root element is <${root.slice(0, 100)}>, and there is no envelope in it`;
  return /^\s*$/.test(begin) ? 'there is nothing in it' : 'not SOAP: there is no envelope in it';
}

/** UTF-16 as UTF-8, and without a byte order mark, so that markup can be found in it. */
function narrow(bytes: Buffer): Buffer {
  const [a, b] = bytes;
  if (a === 0xef && b === 0xbb) return bytes.subarray(3);
  const big = (a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && bytes.length > 1);
  const little = (a === 0xff && b === 0xfe) || (b === 0 && a !== 0 && bytes.length > 1);
  if (!big && !little) return bytes;
  return Buffer.from(new TextDecoder(big ? 'utf-16be' : 'utf-16le').decode(bytes), 'utf8');
}

/** An XML document that is an envelope, or wants to be one. */
function isDocument(bytes: Buffer): boolean {
  const [prolog = '', root] = ROOT.exec(bytes.toString('latin1', 0, LONGEST_PROLOG)) ?? [];
  return root === 'Envelope' && isOneEnvelope(bytes.subarray(prolog.lastIndexOf('<')));
}

/** Up to the local name of the first element. */
const ROOT = /^\s*(?:<\?[^>]*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!\w[^>]*>\s*)*<(?:[^\s<>/:=]+:)?([\w.-]+)/;

const LONGEST_PROLOG = 8192;
