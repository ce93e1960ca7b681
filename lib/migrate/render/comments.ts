/**
 * What is said about a translation beside the request: one line for each thing.
 */
import { qualifiedName } from '../../codec/operation.js';
import { onOneLine } from '../../codec/steering.js';
import { generalText, isGeneral, type Note, ownText } from '../translate/notes.js';
import type { Translation } from '../translate/translate.js';

export interface RenderOptions {
  /** Where the recorded request came from, in words: `calls.log, line 12`. */
  readonly from?: string | undefined;
  /** Whether notes that other requests have too are named by their codes alone, since they are told elsewhere. */
  readonly briefly?: boolean | undefined;
}

/** The operation and where it came from. */
export const titleOf = ({ operation, release, version }: Translation, { from }: RenderOptions): string =>
  onOneLine(
    `${qualifiedName(operation)} (Services${release}, SOAP ${version})${from === undefined ? '' : `, ${from}`}`,
  );

export function notesOf({ notes }: Translation, { briefly }: RenderOptions): readonly string[] {
  const isShort = (each: Note): boolean => briefly === true && isGeneral(each);
  const full = notes
    .filter((each) => !isShort(each))
    .map(({ code, path, text }) => onOneLine(`${code}${path && ` at ${path}`}: ${text}`));
  const short = notes.filter(isShort).map(codeOf);
  return short.length === 0 ? full : [...full, onOneLine(`also ${short.join(', ')}`)];
}

/** With what the note says of this request alone. */
function codeOf(each: Note): string {
  const own = ownText(each);
  return `${each.code}${/^reply./.test(each.path) ? ` at ${each.path}` : ''}${own && ` (${own})`}`;
}

/** The notes that stand at the top of an output with several requests, which name them by their codes. */
export function sharedNotesOf(translations: Iterable<Translation>): readonly string[] {
  const codes = new Set([...translations].flatMap(({ notes }) => notes.filter(isGeneral).map(({ code }) => code)));
  if (codes.size === 0) return [];
  return [
    'The requests name these notes by their codes:',
    ...[...codes].map((code) => `${code}: ${generalText(code)}`),
  ];
}
