/**
 * What is said about a translation beside the request: one line for each thing.
 */
import { qualifiedName } from '../../codec/operation.js';
import { onOneLine } from '../../codec/steering.js';
import type { Translation } from '../translate/translate.js';

export interface RenderOptions {
  /** Where the recorded request came from, in words: `calls.log, line 12`. */
  readonly from?: string | undefined;
}

/** The operation and where it came from. */
export const titleOf = ({ operation, release, version }: Translation, { from }: RenderOptions): string =>
  onOneLine(
    `${qualifiedName(operation)} (Services${release}, SOAP ${version})${from === undefined ? '' : `, ${from}`}`,
  );

export const notesOf = ({ notes }: Translation): readonly string[] =>
  notes.map(({ code, path, text }) => onOneLine(`${code}${path && ` at ${path}`}: ${text}`));
