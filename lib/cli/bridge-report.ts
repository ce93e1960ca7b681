/**
 * What the bridge tells its owner: a line for a call, and what differs between the two wires.
 */
import { appendFileSync } from 'node:fs';
import { shownCaller } from '../migrate/inventory/shown.js';
import type { ShadowedCall } from '../migrate.js';
import type { ServedCall } from '../server/http/served-call.js';
import { printable } from './conversation.js';
import { UsageError } from './environment.js';

export function lineOf(seen: ServedCall): string {
  const { operation, style, release, servedBy, outcome, durationMs, userAgent = '-', address = '-' } = seen;
  const by = servedBy === undefined ? '' : ` by ${servedBy}`;
  const took = `${Math.round(durationMs)} ms`;
  const caller = printable(shownCaller(userAgent)).replaceAll('\n', ' ').slice(0, 120);
  return `${now()} ${address} ${operation} ${style} Services${release}${by} ${outcome} ${took} ${caller}`;
}

const now = (): string => new Date().toISOString();

/**
 * What differs is told in a line, and written to the file where there is one.
 * @throws UsageError for a file that cannot be written
 */
export function differencesTo(file: string | undefined): (seen: ShadowedCall) => void {
  if (file) appendTo(file, '');
  return ({ operation, input, differences, folded, failed }) => {
    console.error(`${now()} ${operation}: ${failed ? `REST gave no answer (${failed})` : differing(differences)}`);
    if (!file) return;
    const line = { when: now(), operation, input, ...(failed !== undefined && { failed }), differences, folded };
    appendTo(file, `${JSON.stringify(line)}\n`);
  };
}

function differing(differences: ShadowedCall['differences']): string {
  const [first] = differences;
  const many = differences.length === 1 ? '' : `${differences.length} differences, the first: `;
  const where = first?.path ? ` at ${printable(first.path).replaceAll('\n', ' ')}` : '';
  return `REST would have answered otherwise: ${many}${first?.kind ?? 'nothing'}${where}`;
}

function appendTo(file: string, text: string): void {
  try {
    appendFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`--differences ${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
