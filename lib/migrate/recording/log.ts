/**
 * Envelopes among other text, as in logs and traces: each between its first and its last tag, in whatever way these are
 * escaped. What stands around them is not looked at.
 */
import { isUtf8 } from 'node:buffer';
import { unescaped } from './escapes.js';
import { lineCounter, type Recorded } from './recorded.js';

/** The envelopes in a text, and those that end too early. */
export function* readLog(bytes: Buffer): Iterable<Recorded> {
  const lineOf = lineCounter(bytes);
  let end = 0;
  for (const found of foundIn(bytes)) {
    // What stands within an envelope is a part of what it says.
    if (found.start < end) continue;
    end = found.end ?? end;
    const place = lineOf(found.start);
    if (found.end === undefined) yield { place, problem: 'an envelope that does not end' };
    else yield { place, eitherWay: true, ...documentOf(bytes, found.start, found.end) };
  }
}

/** Whether all envelopes in a text stand within the first; in one that does not end, those in another form do. */
export function isOneEnvelope(bytes: Buffer): boolean {
  const [first, ...more] = foundIn(bytes);
  if (!first) return false;
  const { end, form } = first;
  return more.every((each) => (end === undefined ? each.form !== form : each.start < end));
}

interface Found {
  readonly start: number;
  /** Undefined where it does not end. */
  readonly end: number | undefined;
  readonly form: string;
}

/** In the order of their beginnings. */
function foundIn(bytes: Buffer): Found[] {
  const found: Found[] = [];
  // Tags of another form belong to an envelope inside of a text, or around it.
  const open = new Map<string, Tag>();
  const give = (tag: Tag, end: number | undefined): void => {
    found.push({ start: tag.start, end, form: tag.form });
  };
  for (const tag of tagsIn(bytes)) {
    const begun = open.get(tag.form);
    if (!tag.closing) {
      if (begun) give(begun, undefined);
      open.set(tag.form, tag);
    } else if (begun?.name === tag.name) {
      give(begun, tag.end);
      open.delete(tag.form);
    }
  }
  for (const tag of open.values()) give(tag, undefined);
  return found.sort((a, b) => a.start - b.start);
}

/** A tag of an element with the name Envelope. */
interface Tag {
  readonly start: number;
  /** Behind a closing tag. */
  readonly end: number;
  /** How its first character is escaped. */
  readonly form: string;
  readonly name: string;
  readonly closing: boolean;
}

const NAME = Buffer.from('Envelope');

/** What may stand before the name: the escaped `<`, a `/`, a prefix. */
const BEFORE =
  /(<|(?:&|\\+u0026)(?:amp;)*(?:lt|#0*60|#[xX]0*3[cC]);|\\+(?:u003[cC]|x3[cC]))((?:\\*\/|\\+u002[fF])?)((?:[^\s<>&"'=\\/;:,]{1,64}:)?)$/;

/** What stands behind the name of a start tag: more of the tag, or its end. */
const AFTER_START = /^(?:[\s/>]|&|\\+[nrtu/x])/;

/** The end of a closing tag. */
const AFTER_END = /^(?:\s|\\+[nrt])*(?:>|(?:&|\\+u0026)(?:amp;)*(?:gt|#0*62|#[xX]0*3[eE]);|\\+(?:u003[eE]|x3[eE]))/;

const WINDOW = 160;

function* tagsIn(bytes: Buffer): Iterable<Tag> {
  for (let at = bytes.indexOf(NAME); at >= 0; at = bytes.indexOf(NAME, at + NAME.length)) {
    const after = at + NAME.length;
    const before = BEFORE.exec(bytes.toString('latin1', Math.max(0, at - WINDOW), at));
    if (!before) continue;
    const [whole, form = '', slash = '', prefix = ''] = before;
    const behind = bytes.toString('latin1', after, after + WINDOW);
    const match = (slash === '' ? AFTER_START : AFTER_END).exec(behind);
    if (!match) continue;
    yield {
      start: at - whole.length,
      end: after + match[0].length,
      form: form.toLowerCase(),
      name: `${prefix}Envelope`,
      closing: slash !== '',
    };
  }
}

/** The envelope as text; as bytes, with the declaration before it, where they are in no encoding that a log has. */
function documentOf(bytes: Buffer, start: number, end: number): { readonly document: Uint8Array | string } {
  const slice = bytes.subarray(start, end);
  if (isUtf8(slice)) return { document: unescaped(slice.toString('utf8')) };
  const before = /<\?xml\s[^<>]*\?>\s*$/.exec(bytes.toString('latin1', Math.max(0, start - WINDOW), start))?.[0] ?? '';
  return { document: bytes.subarray(start - before.length, end) };
}
