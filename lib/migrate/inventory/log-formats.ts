/**
 * The log formats that there are, told apart by what a file begins with.
 */
import { looksLikeCommonLog, readCommonLine } from './common-log.js';
import { iisReader, looksLikeIis, looksLikeIisWithoutFields } from './iis.js';
import { looksLikeJsonLog, readJsonLine } from './json-log.js';
import type { LogReader } from './log-request.js';

/** `iis` is W3C extended, `common` also its longer form "combined", `json` one object in each line. */
export type LogFormatName = 'iis' | 'common' | 'json';

export interface LogFormat {
  readonly name: LogFormatName;
  readonly looksLike: (lines: readonly string[]) => boolean;
  readonly newReader: () => LogReader;
}

/**
 * The format of the log that begins with this text; undefined for what is no log.
 * @param isWhole whether there is no more text, so that the last line is whole too
 */
export function recognise(head: string, isWhole: boolean): LogFormat | undefined {
  const lines = firstLines(head, isWhole);
  return lines.length === 0 ? undefined : formats.find(({ looksLike }) => looksLike(lines));
}

/** Whether the text is the rest of a log whose beginning, which says how to read it, was cut off. */
export const lacksFields = (head: string, isWhole: boolean): boolean =>
  looksLikeIisWithoutFields(firstLines(head, isWhole));

function firstLines(head: string, isWhole: boolean): readonly string[] {
  const lines = head.split('\n', FIRST + 1);
  // What is cut off says nothing.
  if (lines.length <= FIRST && !isWhole && lines.length > 1) lines.pop();
  return lines
    .slice(0, FIRST)
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '');
}

/** How many lines are enough to tell. */
const FIRST = 20;

const formats: readonly LogFormat[] = [
  { name: 'iis', looksLike: looksLikeIis, newReader: iisReader },
  { name: 'common', looksLike: looksLikeCommonLog, newReader: () => readCommonLine },
  { name: 'json', looksLike: looksLikeJsonLog, newReader: () => readJsonLine },
];
