/**
 * The log formats "common" and "combined" of Apache httpd and nginx, with any quoted fields behind.
 */
import { type LineRead, mayConcernServices } from './log-request.js';
import { logTime } from './log-time.js';

/** Most lines of such a log can be read. */
export const looksLikeCommonLog = (lines: readonly string[]): boolean =>
  2 * lines.filter((line) => partsOf(line) !== undefined).length > lines.length;

export function readCommonLine(line: string): LineRead {
  const parts = partsOf(line);
  if (!parts) return 'unreadable';
  return mayConcernServices(line) ? requestOf(line, parts) : 'other';
}

/** Where the parts of a line are: the time in brackets, and the request in quotes behind it. */
interface Parts {
  readonly timeAt: number;
  readonly timeEnd: number;
  readonly requestEnd: number;
}

function partsOf(line: string): Parts | undefined {
  const timeEnd = line.indexOf('] "');
  const timeAt = line.lastIndexOf(' [', timeEnd) + 2;
  if (timeAt < 2 || timeEnd - timeAt < 20 || timeEnd - timeAt > 30) return undefined;
  let requestEnd = line.indexOf('" ', timeEnd + 3);
  while (requestEnd >= 0 && isEscaped(line, requestEnd)) requestEnd = line.indexOf('" ', requestEnd + 1);
  return requestEnd >= 0 && isStatus(line, requestEnd + 2) ? { timeAt, timeEnd, requestEnd } : undefined;
}

function isEscaped(line: string, at: number): boolean {
  let from = at;
  while (line[from - 1] === '\\') from--;
  return (at - from) % 2 === 1;
}

/** Three digits, and the size behind them. */
const isStatus = (line: string, at: number): boolean => /^\d{3} (?:\d|-)/.test(line.slice(at, at + 5));

function requestOf(line: string, { timeAt, timeEnd, requestEnd }: Parts): LineRead {
  const [method = '', target = ''] = line.slice(timeEnd + 3, requestEnd).split(' ');
  const [path = '', query] = target.split('?', 2);
  const { address, user } = callerOf(line.slice(0, timeAt - 2));
  const behind = [...line.slice(requestEnd + 1).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
  const action = behind.find((text) => /\/NetServer\/Services\d/i.test(text));
  const [, userAgent] = behind.filter((text) => text !== action);
  return {
    method,
    path,
    query,
    status: Number(line.slice(requestEnd + 2, requestEnd + 5)),
    time: logTime(line.slice(timeAt, timeEnd)),
    userAgent: known(userAgent),
    address: known(address),
    user: known(user),
    action,
  };
}

/** The name of a virtual host may stand first. A user's name may have spaces in it. */
function callerOf(head: string): { readonly address?: string | undefined; readonly user: string } {
  const words = head.split(' ');
  if (words.length > 3 && /^[\w.-]+:\d+$/.test(words[0] ?? '')) words.shift();
  const [address, , ...user] = words;
  return { address, user: user.join(' ') };
}

const known = (text: string | undefined): string | undefined => (text === '-' || text === '' ? undefined : text);
