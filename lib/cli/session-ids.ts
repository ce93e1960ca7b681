/**
 * Ids of sessions on the command line: `42`, `100-300`, and `-` for those on stdin.
 */
import { text as readAll } from 'node:stream/consumers';
import { UsageError } from './environment.js';

/** The ids in their order, made as they are needed; undefined where none are given. */
export async function sessionIds(words: readonly string[]): Promise<Iterable<number> | undefined> {
  if (words.length === 0) return undefined;
  const all = words.includes('-') ? (await readAll(process.stdin)).split(/\s+/).filter((word) => word !== '') : [];
  if (words.includes('-') && all.length === 0) throw new UsageError('there are no ids of sessions on stdin');
  const ranges = words.flatMap((word) => (word === '-' ? all : [word])).map(rangeOf);
  return {
    *[Symbol.iterator]() {
      for (const [first, last] of ranges) for (let id = first; id <= last; id++) yield id;
    },
  };
}

function rangeOf(word: string): readonly [first: number, last: number] {
  const [, from = '', to = from] = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(word) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from !== '' && first <= last && last <= 2 ** 31 - 1) return [first, last];
  throw new UsageError(`${JSON.stringify(word)} is no id of a session, and no range of them as 100-300`);
}
