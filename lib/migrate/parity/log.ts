/**
 * A file of what was found of each call, a line for each, by which a comparison goes on where an earlier one ended.
 */
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { InputError } from '../../errors.js';
import type { RestStyle } from '../../rest/endpoints.js';
import type { CompareOptions } from '../compare.js';
import { pairOfLine } from './log-line.js';
import { keyOfCall } from './plan.js';
import type { ParityPair } from './report.js';

export interface ParityLog {
  /** What earlier runs found, by the key of the call. */
  readonly finished: ReadonlyMap<string, ParityPair>;
  readonly add: (pair: ParityPair) => void;
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
 * @param terms those that the file was begun with
 * @throws InputError for a file of something else
 */
export function openParityLog(path: string, terms: ParityTerms): ParityLog {
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
    const pairs = lines.map(pairOfLine).filter((pair) => pair !== undefined);
    return {
      finished: new Map(pairs.map((pair) => [keyOfCall(pair), pair])),
      add: (pair) => void writeSync(file, `${JSON.stringify(pair)}\n`),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
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
