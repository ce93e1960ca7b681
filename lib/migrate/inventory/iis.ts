/**
 * The log format of IIS, W3C extended: a directive says which fields the lines after it have.
 */
import { type LineRead, type LogReader, mayConcernServices } from './log-request.js';

/** Such a log begins with a directive. */
export const looksLikeIis = (lines: readonly string[]): boolean =>
  /^#(?:Software|Version|Date|Start-Date|Fields|Remark):/.test(lines[0] ?? '');

/** Most lines are such as IIS writes them where nobody chose the fields; of which field each value is, they do not tell. */
export const looksLikeIisWithoutFields = (lines: readonly string[]): boolean =>
  2 * lines.filter((line) => DEFAULT_LINE.test(line)).length > lines.length;

/** The time, one address or more, the request, and at the end the status with two more, and how long it took. */
const DEFAULT_LINE =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:\S+ ){1,3}[A-Z]{3,10} \/\S* \S+ \d+ .* \d{3} \d+ \d+(?: \d+){0,3}$/;

export function iisReader(): LogReader {
  let columns: Columns | undefined;
  let date: string | undefined;
  return (line) => {
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:')) columns = columnsOf(line.slice('#Fields:'.length).trim());
      if (line.startsWith('#Date:')) date = line.slice('#Date:'.length).trim().slice(0, 10);
      return 'nothing';
    }
    if (!columns) return 'unreadable';
    const isOurs = mayConcernServices(line);
    if (!isOurs && separatorsIn(line) === columns.count - 1) return 'other';
    const values = valuesOf(line, columns.count);
    if (!values) return 'unreadable';
    return isOurs ? requestOf(columns, values, date) : 'other';
  };
}

/** Where each field is. */
interface Columns {
  readonly count: number;
  readonly at: ReadonlyMap<string, number>;
  /** The fields in which a SOAPAction may be; that of SOAP 1.2 is a part of the Content-Type. */
  readonly actions: readonly number[];
}

function columnsOf(directive: string): Columns {
  const names = directive.toLowerCase().split(/\s+/);
  const actions = names.flatMap((name, at) => (/soap-?action|content-type/.test(name) ? [at] : []));
  return { count: names.length, at: new Map(names.map((name, at) => [name, at])), actions };
}

function separatorsIn(line: string): number {
  let count = 0;
  for (let at = line.indexOf(' '); at >= 0; at = line.indexOf(' ', at + 1)) count++;
  return count;
}

/** The values of a line. IIS puts a plus in the place of a space; others quote what has spaces, or separate by tabs. */
function valuesOf(line: string, count: number): readonly string[] | undefined {
  const plain = line.split(' ');
  if (plain.length === count) return plain;
  const quoted = line.match(/"(?:[^"]|"")*"|[^\s"]\S*/g) ?? [];
  return quoted.length === count ? quoted : undefined;
}

function requestOf({ at, actions }: Columns, values: readonly string[], dateOfLog: string | undefined): LineRead {
  const value = (name: string): string | undefined => {
    const found = values[at.get(name) ?? -1];
    return found === undefined || found === '-' ? undefined : found;
  };
  const path = value('cs-uri-stem') ?? value('cs-uri');
  const [date, time] = [value('date') ?? dateOfLog, value('time')];
  const status = value('sc-status');
  if (status !== undefined && !/^\d{3}$/.test(status)) return 'unreadable';
  return {
    method: value('cs-method'),
    path: path ?? '',
    query: value('cs-uri-query'),
    status: status === undefined ? undefined : Number(status),
    time: date && time && WHEN.test(`${date} ${time}`) ? `${date}T${time.slice(0, 8)}Z` : undefined,
    userAgent: value('cs(user-agent)')?.replaceAll('+', ' '),
    address: value('c-ip'),
    user: value('cs-username'),
    action: actions.map((index) => values[index]).join(' '),
  };
}

const WHEN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;
