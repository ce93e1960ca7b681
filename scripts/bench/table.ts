/**
 * The figures as people read them: a table for the terminal, and one for the README.
 */
import { type Figure, type Goal, isReached } from './figure.js';

const heads = ['what', 'ratio', 'goal', 'ok?', 'ours'];

export function textTable(titled: ReadonlyMap<string, readonly Figure[]>): string {
  const rows = [...titled].flatMap(([title, figures]) => [[title], ...figures.map(cellsOf)]);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.filter((row) => row.length > 1).map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  const lines = rows.map((row) => (row.length === 1 ? `\n${row[0]}` : line(row)));
  return [line(heads), ...lines].join('\n');
}

export function markdownTable(titled: ReadonlyMap<string, readonly Figure[]>): string {
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
  const what = figure.note === undefined ? figure.what : `${figure.what} (${figure.note})`;
  const { ratio, goal, ours } = figure;
  return [what, ratio === undefined ? '–' : ratioText(ratio), goal ? goalText(goal) : '', ok, oursText(ours)];
}

const ratioText = (ratio: number): string => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0));

const goalText = (goal: Goal): string => ('atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`);

function oursText(ours: number | string | undefined): string {
  if (typeof ours !== 'number') return ours ?? '';
  return ours < 1 ? `${(ours * 1000).toPrecision(3)} µs` : `${ours.toPrecision(3)} ms`;
}
