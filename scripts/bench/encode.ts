/**
 * Writing a request, against other libraries.
 */
import type { EncodeTimes } from './encode-program.js';
import { type Goal, type Part, share, timesFaster } from './figure.js';
import { inFreshProcess } from './fresh.js';

const peers: readonly { name: keyof EncodeTimes; what: string; goal?: Goal }[] = [
  { name: 'xmlbuilder2', what: 'times faster than xmlbuilder2, node by node', goal: { atLeast: 100 } },
  { name: 'xmlbuilder2Object', what: 'times faster than xmlbuilder2, from an object' },
  { name: 'nodeSoap', what: 'times faster than node soap', goal: { atLeast: 10 } },
];

export const encode: Part = {
  name: 'encode',
  title: 'Encode a GetChatMessages request with three header parts',
  async *figures() {
    const times = await inFreshProcess<EncodeTimes>('encode-program', null);
    for (const { name, what, goal } of peers) {
      yield { what, ...timesFaster(times.ours, times[name]), ...(goal && { goal }) };
    }
    yield {
      what: 'to bytes ÷ JSON.stringify of the REST body to bytes',
      ...share(times.oursAsBytes, times.json),
    };
  },
};
