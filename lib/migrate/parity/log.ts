/**
 * A file of what was found of each call, a line for each, by which a comparison goes on where an earlier one was cut short.
 */
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { InputError } from '../../errors.js';
import type { RestStyle } from '../../rest/endpoints.js';
import type { CompareOptions } from '../compare.js';
import { lineOfMark, type Mark, markOfLine, pairOfLine } from './log-line.js';
import { keyOfCall } from './plan.js';
import type { ParityPair } from './report.js';

export interface ParityLog {
  /** When the run began that is gone on from; undefined for a new one. */
  readonly begunAt: string | undefined;
  /** What it found until now, by the key of the call. */
  readonly finished: ReadonlyMap<string, ParityPair>;
  readonly add: (pair: ParityPair) => void;
  /** Says that all calls of the run were made: the next one begins anew. */
  readonly complete: () => void;
  readonly close: () => void;
}

/** What is compared, by whom and how: all that the answers depend on. It stands in the file as it is given. */
export interface ParityTerms extends Pick<CompareOptions, 'timeZone' | 'allowLanguage'> {
  /** The addresses, without anything that could be a secret. */
  readonly soap: string;
  readonly rest: string;
  readonly style?: RestStyle | undefined;
  /** Whether the sessions are those of the caller, because none are given. */
  readonly everySession?: boolean | undefined;
  /** Tells users apart; a digest, say. */
  readonly user?: string | undefined;
}

/**
 * Opens the file, and makes it if it is not there, readable by its owner alone. Lines are only ever added; one that an
 * earlier run did not get to the end of is dropped. What no comparison wrote is passed over, and its call made again.
 *
 * A run that was not finished is gone on from. After one that was, a new one begins in the same file: what was answered
 * then says nothing of today.
 * @param terms those that the file was begun with
 * @throws InputError for a file of something else
 */
export function openParityLog(path: string, terms: ParityTerms, clock = () => new Date()): ParityLog {
  const file = openSync(path, 'a+', 0o600);
  try {
    const text = readFileSync(path);
    const end = text.lastIndexOf('\n') + 1;
    const [head, ...lines] = text.toString('utf8', 0, end).split('\n').slice(0, -1);
    const title = titleOf(terms);
    if (head === undefined ? !isBeginning(text, title) : head !== title)
      throw notThisLog(head ?? text.toString('utf8', 0, MOST));
    if (end < text.length) ftruncateSync(file, end);
    if (head === undefined) writeSync(file, `${title}\n`);
    const write = (mark: Mark['mark']) => writeSync(file, `${lineOfMark({ mark, at: clock().toISOString() })}\n`);
    const { begunAt, since } = unfinished(lines);
    if (begunAt === undefined) write('begun');
    const pairs = since.map(pairOfLine).filter((pair) => pair !== undefined);
    return {
      begunAt,
      finished: new Map(pairs.map((pair) => [keyOfCall(pair), pair])),
      add: (pair) => void writeSync(file, `${JSON.stringify(pair)}\n`),
      complete: () => void write('complete'),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The last run, unless it made all of its calls. */
function unfinished(lines: readonly string[]): { readonly begunAt?: string; readonly since: readonly string[] } {
  for (let index = lines.length - 1; index >= 0; index--) {
    const found = markOfLine(lines[index] ?? '');
    if (found?.mark === 'begun') return { begunAt: found.at, since: lines.slice(index + 1) };
    if (found) break;
  }
  return { since: [] };
}

/** The first line. */
const titleOf = ({ soap, rest, style, timeZone, allowLanguage, everySession, user }: ParityTerms): string =>
  JSON.stringify({ parity: 1, soap, rest, style, timeZone, allowLanguage, everySession, user });

/** Whether the file ends in its first line, or before it: only what an earlier run wrote may be dropped. */
const isBeginning = (text: Buffer, title: string): boolean => Buffer.from(title).subarray(0, text.length).equals(text);

/** How much of a first line is shown. */
const MOST = 400;

const notThisLog = (head: string): InputError =>
  new InputError(
    'log',
    head.startsWith('{"parity":1,')
      ? `the file is of another comparison: ${head.slice(0, MOST)}`
      : 'the file is none that a comparison wrote',
  );
