/**
 * What a comparison found, in words for people.
 */
import type { ParityReport } from './report.js';

/** The result in one sentence or two. */
export function verdictOf({ ended, complete, calls, different, refused }: ParityReport): string {
  if (ended) {
    const found = calls === 0 ? 'Nothing was compared' : `The comparison is not complete: ${foundIn(calls, different)}`;
    return `${found}, because ${sideNames[ended.side]} could not be used (${ended.reason}).`;
  }
  if (calls === 0) return 'Nothing was compared.';
  if (refused === calls)
    return `Nothing was shown: both sides refused ${calls === 1 ? 'the one call' : `all ${callsOf(calls)}`}.`;
  const aside = refused > 0 ? ` (${numeral(refused)} of them were refused by both)` : '';
  const found = `${foundIn(calls, different)}${aside}.`;
  return complete ? found : `The comparison is not complete. So far, ${found}`;
}

export const sideNames = { soap: 'SOAP', rest: 'REST' } as const;

function foundIn(calls: number, different: number): string {
  if (different > 0) return `SOAP and REST differ in ${numeral(different)} of ${callsOf(calls)}`;
  return `SOAP and REST gave the same answer to ${calls === 1 ? 'the one call' : `all ${callsOf(calls)}`}`;
}

const callsOf = (calls: number): string => (calls === 1 ? 'one call' : `${numeral(calls)} calls`);

export const numeral = (value: number): string => value.toLocaleString('en-GB');
