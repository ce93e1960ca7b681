/**
 * What a comparison of both sides found, on a terminal.
 */
import { differenceKinds } from '../migrate/compare.js';
import type { ParityReport } from '../migrate/parity/report.js';
import { verdictOf } from '../migrate/parity/words.js';
import { inColumns } from './columns.js';
import { printable } from './conversation.js';

/** How many differences are shown where not all are asked for. */
const SOME = 20;

export function renderParity(report: ParityReport, all: boolean): string {
  const parts = [tableOf(report), foldedOf(report), differencesOf(report, all ? Number.POSITIVE_INFINITY : SOME)];
  return [...parts.filter((part) => part !== ''), `${printable(verdictOf(report))}\n`].join('\n');
}

function tableOf({ operations }: ParityReport): string {
  if (operations.length === 0) return '';
  const rows = operations.map(({ operation, calls, equal, different, refused, folded }) => [
    operation.replace('Chat.', ''),
    ...[calls, equal, different, refused].map(String),
    Object.entries(folded)
      .map(([code, count]) => `${code} ${count}`)
      .join(', '),
  ]);
  const table = [['OPERATION', 'CALLS', 'EQUAL', 'DIFFERENT', 'REFUSED', 'FOLDED'], ...rows];
  return inColumns(table, [1, 2, 3, 4])
    .map((line) => `${line}\n`)
    .join('');
}

function foldedOf({ folded }: ParityReport): string {
  return folded.map(({ code, count, reason }) => `${code} (${count}): ${reason}\n`).join('');
}

function differencesOf({ differences, leftOut }: ParityReport, most: number): string {
  const shown = differences.slice(0, most).map(({ operation, input, path, kind, soap, rest }) => {
    const where = `${operation.replace('Chat.', '')} ${JSON.stringify(input)}${path && ` ${path}`}`;
    return [`${where}: ${differenceKinds[kind]} [${kind}]`, `  SOAP  ${soap}`, `  REST  ${rest}`].map(oneLine).join('');
  });
  const left = differences.length - shown.length;
  const more = left > 0 ? [`and ${left + leftOut} more; --all shows them\n`] : [];
  const lost = left === 0 && leftOut > 0 ? [`and ${leftOut} more, which were only counted\n`] : [];
  return [...shown, ...more, ...lost].join('');
}

const oneLine = (text: string): string => `${printable(text).replaceAll('\n', ' ')}\n`;
