/**
 * One write over both sides, for those who have said that they mean it.
 */
import type { Call, Transport } from '../../call.js';
import { InputError } from '../../errors.js';
import { Chat } from '../../generated/chat.js';
import { requireFunction, requireKnown } from '../../options.js';
import { type CompareOptions, compareReplies } from '../compare.js';
import { begun } from '../pair.js';
import type { PlannedCall } from './plan.js';
import { type ParityReport, tallyOf } from './report.js';

export interface WriteOptions extends PlannedCall, Omit<CompareOptions, 'select'> {
  readonly soap: Transport;
  readonly rest: Transport;
  /** The name of the method once more: the write is made twice, over SOAP and then over REST. */
  readonly confirm: string;
  readonly names?: { readonly soap: string; readonly rest: string } | undefined;
}

/**
 * Makes one write over SOAP, and when that is over the same over REST, and compares the answers. What is created is
 * created twice, so that ids and times differ.
 * @throws InputError for a method that is none, only reads, or is not confirmed; nothing is sent then
 */
export async function compareWrite(options: WriteOptions): Promise<ParityReport> {
  requireKnown('', options, WRITE_OPTIONS);
  const { soap, rest, method, input, confirm, names, timeZone, allowLanguage } = options;
  requireFunction('soap', soap);
  requireFunction('rest', rest);
  const operation = Object.hasOwn(Chat, method) ? Chat[method] : undefined;
  if (!operation || operation.retry === 'read') throw new InputError('method', `${method} is no method that writes`);
  if (confirm !== method) throw new InputError('confirm', `not ${method}, which would be made twice`);
  const call: Call = { operation, input, header: timeZone ? { timeZone } : {} };
  const startedAt = new Date().toISOString();
  // One after the other, so that the second finds what the first left.
  const [one] = await Promise.allSettled([begun(soap, call)]);
  const [other] = await Promise.allSettled([begun(rest, call)]);
  const { differences, folded } = compareReplies(operation, one, other, { timeZone, allowLanguage });
  const refused = one.status === 'rejected' && other.status === 'rejected';
  const tally = tallyOf();
  tally.add({ method, input, refused, differences, folded, leads: [] }, false);
  const about = { soap: names?.soap ?? 'SOAP', rest: names?.rest ?? 'REST', startedAt };
  return tally.report({ ...about, complete: true, endedAt: new Date().toISOString() });
}

const WRITE_OPTIONS = ['soap', 'rest', 'method', 'input', 'confirm', 'names', 'timeZone', 'allowLanguage'];
