/**
 * What is said about a translation beside the request: one line for each thing.
 */
import { qualifiedName } from '../../codec/operation.js';
import type { Translation } from '../translate/translate.js';

export interface RenderOptions {
  /** Where the recorded request came from, in words: `calls.log, line 12`. */
  readonly from?: string | undefined;
}

/** The operation and where it came from. */
export const titleOf = ({ operation, release, version }: Translation, { from }: RenderOptions): string =>
  oneLine(`${qualifiedName(operation)} (Services${release}, SOAP ${version})${from === undefined ? '' : `, ${from}`}`);

export const notesOf = ({ notes }: Translation): readonly string[] =>
  notes.map(({ code, path, text }) => oneLine(`${code}${path && ` at ${path}`}: ${text}`));

/** Without what could end the line, or steer a terminal that it is shown on. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, '\ufffd');

/** JSON in which nothing can steer a terminal: an escape means the same to whoever reads it. */
export const harmless = (json: string): string =>
  json.replace(
    /(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
