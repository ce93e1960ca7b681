/**
 * What a comparison found, in words for people.
 */
import type { ParityReport } from './report.js';

/** The result in one sentence or two. */
export function verdictOf(report: ParityReport): string {
  const unknown = unknownOf(report);
  return unknown === '' ? foundBy(report) : `${foundBy(report)} ${unknown}.`;
}

function foundBy({ ended, complete, calls, different, refused }: ParityReport): string {
  if (ended) {
    const found =
      calls === 0 ? 'Nothing was compared' : `The comparison is not complete: ${foundIn(calls, different, refused)}`;
    return `${found}, because ${sideNames[ended.side]} could not be used (${ended.reason}).`;
  }
  if (calls === 0) return 'Nothing was compared.';
  if (refused === calls)
    return `Nothing was shown: both sides refused ${calls === 1 ? 'the one call' : `all ${callsOf(calls)}`}.`;
  const found = `${foundIn(calls, different, refused)}.`;
  return complete ? found : `The comparison is not complete. So far, ${found}`;
}

/** Which sessions that were asked for are not there; no text where all are. */
export function unknownOf({ unknownSessions: ids }: ParityReport): string {
  if (ids.length === 0) return '';
  const named = ids.slice(0, NAMED).join(', ');
  const more = ids.length > NAMED ? ` and ${numeral(ids.length - NAMED)} more` : '';
  return ids.length === 1
    ? `Session ${named} is not known to either side`
    : `Sessions ${named}${more} are not known to either side`;
}

/** How many sessions are named in a sentence. */
const NAMED = 10;

/** How much of the report an earlier run found; no text where all is of this one. */
export function resumedOf({ resumed, resumedFrom, calls }: ParityReport): string {
  if (resumed === 0) return '';
  const began = resumedFrom === undefined ? '' : ` that began at ${momentOf(resumedFrom)}`;
  const were = resumed === 1 ? 'was' : 'were';
  return `${numeral(resumed)} of ${callsOf(calls)} ${were} made by the earlier run${began}.`;
}

/** From an ISO 8601 time in UTC. */
const momentOf = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

/** When something began and ended: to the second, or the one minute that both are in. */
export function spanOf(from: string, to: string): string {
  const minute = from.slice(0, 16);
  if (to.startsWith(minute)) return `on ${minute.replace('T', ' ')} UTC`;
  return `from ${momentOf(from)} to ${momentOf(to)}`;
}

export const sideNames = { soap: 'SOAP', rest: 'REST' } as const;

function foundIn(calls: number, different: number, refused: number): string {
  const aside = refused > 0 ? `, and both refused ${numeral(refused)}` : '';
  if (different > 0) {
    const where = calls === 1 ? 'the one call' : `${numeral(different)} of ${callsOf(calls)}`;
    return `SOAP and REST differ in ${where}${aside}`;
  }
  const all = refused > 0 ? '' : 'all ';
  const same = calls === 1 ? 'the one call' : `${all}${callsOf(calls - refused)}`;
  return `SOAP and REST gave the same answer to ${same}${aside}`;
}

const callsOf = (calls: number): string => (calls === 1 ? 'one call' : `${numeral(calls)} calls`);

export const numeral = (value: number): string => value.toLocaleString('en-GB');
