/**
 * What a comparison of both sides found, on a terminal.
 */
import { differenceKinds } from '../migrate/compare.js';
import type { ParityRefusal, ParityReport } from '../migrate/parity/report.js';
import { resumedOf, verdictOf } from '../migrate/parity/words.js';
import { inColumns } from './columns.js';
import { printable } from './conversation.js';

/** How many differences are shown where not all are asked for. */
const SOME = 20;

export function renderParity(report: ParityReport, all: boolean): string {
  const most = all ? Number.POSITIVE_INFINITY : SOME;
  const parts = [tableOf(report), foldedOf(report), refusalsOf(report, most), differencesOf(report, most)];
  const words = [resumedOf(report), verdictOf(report)].filter((text) => text !== '').map(oneLine);
  return [...parts.filter((part) => part !== ''), words.join('')].join('\n');
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

function refusalsOf({ refusals, refused }: ParityReport, most: number): string {
  const shown = refusals
    .slice(0, most)
    .map((each) => [`${callOf(each)}: refused by both`, ...sidesOf(each)].map(oneLine).join(''));
  const left = refused - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more that both refused\n`] : [])].join('');
}

const callOf = ({ operation, input }: Pick<ParityRefusal, 'operation' | 'input'>): string =>
  `${operation.replace('Chat.', '')} ${JSON.stringify(input)}`;

const sidesOf = ({ soap, rest }: Pick<ParityRefusal, 'soap' | 'rest'>): string[] => [
  `  SOAP  ${soap}`,
  `  REST  ${rest}`,
];

function differencesOf({ differences, leftOut }: ParityReport, most: number): string {
  const shown = differences.slice(0, most).map((each) => {
    const { path, kind } = each;
    const where = `${callOf(each)}${path && ` ${path}`}`;
    return [`${where}: ${differenceKinds[kind]} [${kind}]`, ...sidesOf(each)].map(oneLine).join('');
  });
  const left = differences.length - shown.length;
  const more = left > 0 ? [`and ${left + leftOut} more; --all shows ${left + leftOut === 1 ? 'it' : 'them'}\n`] : [];
  const lost = left === 0 && leftOut > 0 ? [`and ${leftOut} more, only counted\n`] : [];
  return [...shown, ...more, ...lost].join('');
}

const oneLine = (text: string): string => `${printable(text).replaceAll('\n', ' ')}\n`;
