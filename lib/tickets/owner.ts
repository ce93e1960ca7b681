/**
 * The process that holds a lock, as it is written down for the others.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

export interface Owner {
  /** Of this one lock, since a process may hold several. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When the process was started, in a form of the system's own: numbers of processes are used again. */
  readonly start?: string;
}

/** This process, as the owner of a new lock. */
export async function thisProcess(): Promise<Owner> {
  const start = await startOf(process.pid).catch(() => undefined);
  return { id: randomUUID(), pid: process.pid, host: hostname(), ...(start !== undefined && { start }) };
}

/** The owner that a lock names; undefined where it was damaged, as by a loss of power. */
export function readOwner(text: string): Owner | undefined {
  try {
    const { id, pid, host, start } = JSON.parse(text) as Partial<Record<string, unknown>>;
    // The numbers up to 0 mean groups of processes.
    if (typeof id !== 'string' || typeof host !== 'string' || typeof pid !== 'number' || pid < 1) return undefined;
    return { id, pid, host, ...(typeof start === 'string' && { start }) };
  } catch {
    return undefined;
  }
}

/** Whether it is known that the process has ended; of one on another machine it never is. */
export async function hasEnded({ pid, host, start }: Owner): Promise<boolean> {
  if (host !== hostname()) return false;
  if (start !== undefined) {
    return startOf(pid).then(
      (found) => found !== start,
      (error) => isOneOf(error, ['ENOENT', 'ESRCH']),
    );
  }
  try {
    // 0 is no signal, and asks whether one could be sent.
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return isOneOf(error, ['ESRCH']);
  }
}

/** From Linux, which alone has such a file; undefined for a process that has ended and that its parent has not noticed. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  // The second field is the name of the program in parentheses, in which there may be anything.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : fields[START];
}

/** `starttime` is the 22nd field of all, and the first one here is the 4th. */
const START = 18;

const isOneOf = (error: unknown, codes: readonly string[]): boolean =>
  codes.includes(String((error as NodeJS.ErrnoException | undefined)?.code));
