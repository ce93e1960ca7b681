/**
 * The figures as people read them: a table for the terminal, and one for the README.
 */
import { type Figure, type Goal, isReached } from './figure.js';

const heads = ['', 'ratio', 'goal', 'ok?', 'ours'];

/** What is said below a table where the mark stands in it. */
export const legend =
  '~ others were at work on the machine: a ratio of processor times, and not of the time that passed';

export type Titled = ReadonlyMap<string, readonly Figure[]>;

export function textTable(titled: Titled): string {
  const rows = [...titled.values()].flatMap((figures) => figures.map(cellsOf));
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const lines = [...titled].flatMap(([title, figures]) => [
    `\n${title}`,
    ...figures.map((figure) => line(cellsOf(figure))),
  ]);
  return [line(heads), ...lines].join('\n');
}

export function markdownTable(titled: Titled): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [...titled].flatMap(([title, figures]) => [
    row([`**${title}**`, '', '', '', '']),
    ...figures.map((figure) => row(cellsOf(figure))),
  ]);
  return [row(heads), '| --- | --: | --: | :-: | --: |', ...lines].join('\n');
}

function cellsOf(figure: Figure): string[] {
  const reached = isReached(figure);
  const ok = reached === undefined ? '' : reached ? 'yes' : 'MISSED';
  return [figure.what, valueText(figure), figure.goal ? goalText(figure.goal) : '', ok, figure.ours ?? ''];
}

function valueText({ value, unit, clock }: Figure): string {
  if (unit === 'count' && Number.isInteger(value)) return String(value);
  const text = `${clock === 'processor' ? '~' : ''}${value < 10 ? value.toFixed(2) : value.toFixed(0)}`;
  return unit === undefined || unit === 'count' ? text : `${text} ${unit}`;
}

const goalText = (goal: Goal): string => ('atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`);
