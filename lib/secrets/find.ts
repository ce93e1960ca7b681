/**
 * Finding secrets in a text, however it was escaped for XML, JSON or a URL on its way.
 */
import { type Forms, fold } from './forms.js';

/** From one place in a text to another. */
type Range = readonly [start: number, end: number];

/** The text with `by` in the place of each form of a secret, and of what looks like a ticket of the service. */
export function replaceSecrets(text: string, secrets: readonly Forms[], by: string): string {
  const found: Range[] = [...text.matchAll(TICKET_SHAPE)].map(({ index, 0: shape }) => [index, index + shape.length]);
  for (const view of viewsOf({ text, places: undefined })) {
    const folded = fold(view.text);
    for (const { whole } of secrets) for (const form of whole) found.push(...placesOf(form, folded, view));
    for (const { pieces } of secrets) {
      for (const piece of pieces) {
        for (const place of placesOf(piece, folded, view))
          if (!isWithin(place, found)) found.push(widened(text, place));
      }
    }
  }
  return found.length === 0 ? text : replaceRanges(text, found, by);
}

/** Tickets and access tokens, also those that nobody told of (7T, 8A; 7P and 7S are stored ones). */
const TICKET_SHAPE = /\b(?:7[ATPS]|8A)(?::|%3[Aa]|&#(?:58|x3[Aa]);|\\u003[Aa])[\w+/=.~%&;#\\-]{8,}/g;

/** A text with escapes undone, and from where to where in the original each of its characters comes. */
interface View {
  readonly text: string;
  /** Undefined where all are in their places. */
  readonly places: readonly Range[] | undefined;
}

/** The text as it is, and as it is with one or two layers of escapes undone, as of JSON within XML. */
function* viewsOf(view: View, layers = 2): Iterable<View> {
  yield view;
  if (layers === 0) return;
  for (const manner of MANNERS) {
    const inner = unescaped(view, manner);
    if (inner) yield* viewsOf(inner, layers - 1);
  }
}

/** How one kind of text escapes characters, and what an escape means. */
interface Manner {
  readonly escapes: RegExp;
  readonly meaningOf: (match: RegExpMatchArray) => string;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Each by itself: what is an escape in one is text in another. */
const MANNERS: readonly Manner[] = [
  {
    escapes: /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    meaningOf: ([, decimal, hex, name]) =>
      name ? (named[name] ?? '') : character(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)),
  },
  {
    escapes: /\\(?:u([\da-fA-F]{4})|(["\\/]))/g,
    meaningOf: ([, unit, plain]) => plain ?? character(Number.parseInt(unit ?? '', 16)),
  },
  {
    escapes: /(?:%[\da-fA-F]{2})+/g,
    meaningOf: ([bytes]) => Buffer.from((bytes ?? '').replaceAll('%', ''), 'hex').toString('utf8'),
  },
];

const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** The view with one layer of escapes undone; undefined where there is none. */
function unescaped({ text, places }: View, { escapes, meaningOf }: Manner): View | undefined {
  const placeOf = (at: number): Range => places?.[at] ?? [at, at + 1];
  const parts: string[] = [];
  const placed: Range[] = [];
  let done = 0;
  const keepTo = (end: number): void => {
    parts.push(text.slice(done, end));
    for (let at = done; at < end; at++) placed.push(placeOf(at));
  };
  for (const match of text.matchAll(escapes)) {
    keepTo(match.index);
    done = match.index + match[0].length;
    const meant = meaningOf(match);
    const place: Range = [placeOf(match.index)[0], placeOf(done - 1)[1]];
    parts.push(meant);
    for (let at = 0; at < meant.length; at++) placed.push(place);
  }
  if (done === 0) return undefined;
  keepTo(text.length);
  return { text: parts.join(''), places: placed };
}

/** Where a form stands in the original. */
function* placesOf(form: string, folded: string, { places }: View): Iterable<Range> {
  for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + form.length)) {
    const end = at + form.length;
    yield places ? [places[at]?.[0] ?? 0, places[end - 1]?.[1] ?? 0] : [at, end];
  }
}

/** Of a whole secret the pieces are found too, and what stands around it is no part of it. */
const isWithin = ([start, end]: Range, ranges: readonly Range[]): boolean =>
  ranges.some(([from, to]) => from <= start && end <= to);

const GAPLESS = /[\w+/=.:~-]/;

function widened(text: string, [from, to]: Range): Range {
  let start = from;
  let end = to;
  while (start > 0 && GAPLESS.test(text.charAt(start - 1))) start--;
  while (end < text.length && GAPLESS.test(text.charAt(end))) end++;
  return [start, end];
}

function replaceRanges(text: string, ranges: Range[], by: string): string {
  ranges.sort(([a], [b]) => a - b);
  let replaced = '';
  let done = 0;
  for (const [start, end] of ranges) {
    // What touches the one before is one with it.
    if (start > done || replaced === '') replaced += text.slice(done, start) + by;
    done = Math.max(done, end);
  }
  return replaced + text.slice(done);
}
