/**
 * The same call over both sides, and the comparison of what they answer.
 */
import type { Call, Reply, Transport } from '../call.js';
import { type CompareOptions, type Comparison, compareReplies, type Settled } from './compare.js';

export interface Sides {
  readonly soap: Transport;
  readonly rest: Transport;
}

/** What both sides answered. */
export type Answers = readonly [soap: Settled, rest: Settled];

/** Makes the call over both sides at the same time. */
export const askBoth = ({ soap, rest }: Sides, call: Call): Promise<Answers> =>
  Promise.allSettled([begun(soap, call), begun(rest, call)]);

/** The call under way; what a transport throws at once is no different from what it rejects with. */
export const begun = async (transport: Transport, call: Call): Promise<Reply> => transport(call);

/**
 * Compares the answers. Where they differ, both sides are asked once more, and only what differs then is told: what the
 * service tells of may have changed between the two calls.
 */
export async function compareTwice(
  answers: Answers,
  call: Call,
  again: (() => Promise<Answers>) | undefined,
  { timeZone = call.header.timeZone ?? undefined, allowLanguage, select = call.select }: CompareOptions,
): Promise<{ readonly comparison: Comparison; readonly answers: Answers }> {
  const options = { timeZone, allowLanguage, select };
  const comparison = compareReplies(call.operation, ...answers, options);
  if (comparison.equal || !again) return { comparison, answers };
  const second = await again();
  return { comparison: compareReplies(call.operation, ...second, options), answers: second };
}
