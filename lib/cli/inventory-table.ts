/**
 * An inventory as a person wants to read it on a terminal.
 */
import type { CallerUse, Inventory, LogRead, OperationUse } from '../migrate.js';
import type { RestStyle } from '../rest/endpoints.js';
import { inColumns } from './columns.js';
import { printable } from './conversation.js';
import { counted } from './numbers.js';

/** What is used and what it becomes, what may be, who calls, and what was read and was not. */
export function renderInventory(inventory: Inventory, style: RestStyle = 'agent'): string {
  const { operations, callers, logs, unreadable, complete } = inventory;
  const sections = [
    complete ? [] : ['INCOMPLETE: interrupted before all was read.'],
    table(
      ['OPERATION', 'RELEASES', 'FILES', 'CALLS', 'FAILED', 'LAST CALL', 'IN REST'],
      operations.filter(isUsed).flatMap((use) => operationRows(use, style)),
      [2, 3, 4],
    ),
    besides(inventory),
    table(
      ['CALLER', 'CALLS', 'FAILED', 'ADDRESSES', 'USERS', 'LAST CALL', 'OF'],
      callers.flatMap(callerRows),
      [1, 2, 3, 4],
    ),
    table(['LOG', 'FORMAT', 'REQUESTS', 'CALLS', 'UNREADABLE LINES'], logs.map(logRow), [2, 3]),
    unreadable.length === 0
      ? []
      : ['NOT READ', ...unreadable.map(({ path, reason }) => `${cell(path)}: ${cell(reason)}`)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

/** Each place in a source file, as grep shows it. */
export const renderFindings = ({ findings }: Inventory): string =>
  findings
    .map(({ file, line, kind, service, release, operation, text }) => {
      const subject = [service, operation].filter((part) => part !== null).join('.');
      const words = [kind, subject, release === null ? '' : `Services${release}`, text];
      return `${cell(file)}:${line}: ${words.filter(Boolean).map(cell).join(' ')}\n`;
    })
    .join('');

const isUsed = ({ files, calls }: OperationUse): boolean => files > 0 || calls > 0;

function operationRows(use: OperationUse, style: RestStyle): string[][] {
  const { agent, entity, note } = use.rest;
  const ofAgent = agent === null ? [] : [agent];
  const endpoints = style === 'entity' && entity.length > 0 ? entity : ofAgent;
  const [first = '', ...more] = [...endpoints, ...(note === null ? [] : [note])];
  const row = [titleOf(use), use.releases.join(' '), count(use.files), count(use.calls), count(use.failures)];
  return [[...row, dayOf(use.last), first], ...more.map((line) => ['', '', '', '', '', '', line])];
}

function titleOf({ service, operation, calls }: OperationUse): string {
  if (operation !== null) return `${service}.${operation}`;
  return `${service} (${calls > 0 ? 'operation not in the log' : 'no operation named'})`;
}

/** What is no use, or not sure to be one. */
function besides(inventory: Inventory): string[] {
  const { operations, filesWithoutService, otherRequests } = inventory;
  const listed = (key: 'possible' | 'restAlready'): string =>
    operations
      .filter((use) => use[key] > 0)
      .map((use) => `${use.operation === null ? use.service : `${use.service}.${use.operation}`} (${use[key]})`)
      .join(', ');
  const refused = operations.reduce((sum, { statuses }) => sum + (statuses[401] ?? 0), 0);
  const declared = operations.filter((use) => use.contracts > 0 && !isUsed(use)).length;
  const texts: readonly (readonly [string, string])[] = [
    ['Possible, by the name alone or in a comment (files)', listed('possible')],
    ['By REST already (files)', listed('restAlready')],
    ['In WSDLs or generated files, and used nowhere', declared === 0 ? '' : counted(declared, 'operation')],
    ['Files that name no service, only the namespace or folder of all', count(filesWithoutService)],
    ['Calls with status 401, with which Windows authentication begins', count(refused)],
    [
      'Requests for the WSDL or page of a service',
      Object.entries(otherRequests)
        .map(([service, times]) => `${service} (${times})`)
        .join(', '),
    ],
  ];
  return texts.filter(([, text]) => text !== '').flatMap(([title, text]) => wrapped(`${title}: ${cell(text)}`));
}

/** Lists of many names in lines that a terminal has room for. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=, )/)) {
    if (line.trim() !== '' && line.length + part.trimEnd().length > WIDTH) {
      lines.push(line.trimEnd());
      line = '  ';
    }
    line += part;
  }
  return [...lines, line];
}

const WIDTH = 100;

function callerRows({ userAgent, names, ...caller }: CallerUse): string[][] {
  const { calls, failures, addresses, users, last, operations } = caller;
  const of = new Map<string, number>();
  for (const { service, operation, calls } of operations) {
    const title = operation === null ? service : `${service}.${operation}`;
    of.set(title, (of.get(title) ?? 0) + calls);
  }
  const [first = '', ...more] = [...of].map(([title, times]) => `${title} (${times})`);
  const row = [
    short(userAgent ?? '(user agent not in the log)'),
    count(calls),
    count(failures),
    count(addresses),
    count(users),
  ];
  const named = [...namesOf('address', names?.addresses), ...namesOf('user', names?.users)];
  return [
    [...row, dayOf(last), first],
    ...more.map((title) => ['', '', '', '', '', '', title]),
    ...named.map(([title, times]) => [`  ${title}`, times]),
  ];
}

const namesOf = (title: string, names: Readonly<Record<string, number>> = {}): [string, string][] =>
  Object.entries(names)
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => [`${title} ${name}`, count(times)]);

function logRow({ file, format, requests, calls, unreadable, firstUnreadable }: LogRead): string[] {
  const lines = unreadable === 0 ? '' : `${unreadable} (the first: line ${firstUnreadable})`;
  return [file, format, count(requests), count(calls), lines];
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const count = (number: number): string => (number === 0 ? '' : String(number));

const dayOf = (time: string | null): string => time?.slice(0, 10) ?? '';

/** Rows below a heading, in columns; nothing where there are no rows. */
function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
): readonly string[] {
  if (rows.length === 0) return [];
  return inColumns(
    [heading, ...rows].map((row) => row.map(cell)),
    numbers,
  );
}

/** A text in one line, of which nothing steers the terminal. */
const cell = (text: string): string => printable(text).replaceAll(/[\n\t]/g, ' ');
