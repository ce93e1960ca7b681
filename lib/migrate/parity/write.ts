/**
 * One write over both sides, for those who have said that they mean it.
 */
import type { Call, Transport } from '../../call.js';
import { encodeRequest } from '../../codec/encode.js';
import type { Operation } from '../../codec/operation.js';
import { InputError } from '../../errors.js';
import { Chat } from '../../generated/chat.js';
import { requireFunction, requireKnown } from '../../options.js';
import { type CompareOptions, compareReplies } from '../compare.js';
import { begun } from '../pair.js';
import { foldMadeTwice } from './made-twice.js';
import type { PlannedCall } from './plan.js';
import { refusalOf } from './refusal.js';
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
 * created twice, and has another id and time each time; this is folded.
 * @throws InputError for a method that is none, only reads, or is not confirmed, and for input that is not as the contract
 *   says; nothing is sent then
 */
export async function compareWrite(options: WriteOptions): Promise<ParityReport> {
  requireKnown('', options, WRITE_OPTIONS);
  const { soap, rest, method, input, confirm, names, timeZone, allowLanguage } = options;
  requireFunction('soap', soap);
  requireFunction('rest', rest);
  const operation = Object.hasOwn(Chat, method) ? Chat[method] : undefined;
  if (!operation || operation.retry === 'read') throw new InputError('method', `${method} is no method that writes`);
  if (confirm !== method) throw new InputError('confirm', `not ${method}, which would be made twice`);
  // What one side would send and the other refuse is found before.
  encodeRequest<Operation>(operation, input);
  const call: Call = { operation, input, header: timeZone ? { timeZone } : {} };
  const startedAt = new Date().toISOString();
  const before = performance.now();
  // One after the other, so that the second finds what the first left.
  const [one] = await Promise.allSettled([begun(soap, call)]);
  const [other] = await Promise.allSettled([begun(rest, call)]);
  const elapsedMs = performance.now() - before;
  const compared = compareReplies(operation, one, other, { timeZone, allowLanguage });
  const { differences, folded } =
    one.status === 'fulfilled' && other.status === 'fulfilled'
      ? foldMadeTwice(compared, call, [one.value, other.value], elapsedMs)
      : compared;
  const tally = tallyOf();
  tally.add({ method, input, refused: refusalOf([one, other]), differences, folded, leads: [] }, false);
  const about = { soap: names?.soap ?? 'SOAP', rest: names?.rest ?? 'REST', startedAt };
  return tally.report({ ...about, complete: true, endedAt: new Date().toISOString() });
}

const WRITE_OPTIONS = ['soap', 'rest', 'method', 'input', 'confirm', 'names', 'timeZone', 'allowLanguage'];
