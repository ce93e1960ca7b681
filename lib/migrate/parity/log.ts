/**
 * A file of what was found of each call, a line for each, by which a comparison goes on where an earlier one ended.
 */
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { InputError } from '../../errors.js';
import { Chat } from '../../generated/chat.js';
import { keyOfCall } from './plan.js';
import type { ParityPair } from './report.js';

export interface ParityLog {
  /** What earlier runs found, by the key of the call. */
  readonly finished: ReadonlyMap<string, ParityPair>;
  readonly add: (pair: ParityPair) => void;
  readonly close: () => void;
}

/**
 * Opens the file, and makes it if it is not there, readable by its owner alone. Lines are only ever added; one that an
 * earlier run did not get to the end of is dropped, and its call made again.
 * @param against what is compared, which has to be what the file was begun with
 * @throws InputError for a file of something else
 */
export function openParityLog(path: string, against: { readonly soap: string; readonly rest: string }): ParityLog {
  const file = openSync(path, 'a+', 0o600);
  try {
    const text = readFileSync(path);
    const end = text.lastIndexOf('\n') + 1;
    const [head, ...lines] = text.toString('utf8', 0, end).split('\n').slice(0, -1);
    const title = JSON.stringify({ parity: 1, soap: against.soap, rest: against.rest });
    if (head !== undefined && head !== title) throw new InputError('log', refusalOf(head));
    // What is dropped was written by an earlier run of this program, or the first line would be another.
    if (end < text.length && head === undefined && text[0] !== BRACE) throw new InputError('log', NO_LOG);
    if (end < text.length) ftruncateSync(file, end);
    if (head === undefined) writeSync(file, `${title}\n`);
    const finished = new Map(
      lines.map((line, index) => pairOf(line, index + 2)).map((pair) => [keyOfCall(pair), pair]),
    );
    return {
      finished,
      add: (pair) => void writeSync(file, `${JSON.stringify(pair)}\n`),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

const BRACE = '{'.charCodeAt(0);

const NO_LOG = 'the file is none that a comparison wrote';

const refusalOf = (head: string): string =>
  head.startsWith('{"parity":1,') ? `the file is of another comparison: ${head.slice(0, 200)}` : NO_LOG;

function pairOf(line: string, number: number): ParityPair {
  try {
    const pair = JSON.parse(line) as ParityPair;
    const { method, input, differences, folded, leads } = pair;
    const whole = [differences, folded, leads].every(Array.isArray) && typeof input === 'object' && input !== null;
    if (whole && Object.hasOwn(Chat, method)) return pair;
  } catch {
    // It is told below.
  }
  throw new InputError('log', `line ${number} is none that a comparison wrote`);
}
