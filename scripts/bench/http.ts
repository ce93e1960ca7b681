/**
 * Calls over HTTP, against the bare request of the same bytes and against other clients. The server is another process
 * on the same machine and has its answers ready, so that nothing takes less time than what the client does.
 */
import { type Figure, type Goal, type Part, timesFaster } from './figure.js';
import { inFreshProcesses, together } from './fresh.js';
import type { HttpTask, HttpTimes } from './http-program.js';
import { type Laps, median } from './measure.js';

type Peer = Exclude<keyof HttpTimes['times'], 'ours'>;

/** The goals are those at 1, 16 and 64 calls at the same time. */
const peers: readonly { name: Peer; what: string; atLeast?: readonly number[] }[] = [
  { name: 'bare', what: 'undici.request of the same bytes', atLeast: [0.75, 0.55, 0.5] },
  { name: 'rest', what: 'the REST API by undici.request and JSON.parse', atLeast: [1, 1, 1] },
  { name: 'nodeSoap', what: 'node soap', atLeast: [7, 15, 15] },
  { name: 'fetch', what: 'fetch, its text not read' },
  { name: 'fetchParser', what: 'fetch and fast-xml-parser' },
  { name: 'webapi', what: "the vendor's REST client, @superoffice/webapi" },
];

export const http: Part = {
  name: 'http',
  title: "GetChatMessages of 20 messages over HTTP: calls a second ÷ another client's",
  async *figures() {
    for (const [index, atOnce] of [1, 16, 64].entries()) {
      const results = await inFreshProcesses<HttpTimes>(2, 'http-program', { atOnce } satisfies HttpTask);
      const times = together(results.map(({ times }) => times));
      for (const { name, what, atLeast } of peers) {
        const figure: Figure = {
          what: `${atOnce} at a time ÷ ${what}`,
          // One call at a time waits for the server however quiet the machine is, which is no sign of a busy one.
          ...timesFaster(times.ours, times[name], atOnce === 1 ? 'elapsed' : undefined),
          ...goalOf(atLeast?.[index]),
          ours: rateText(times.ours),
          theirs: rateText(times[name]),
        };
        const difference = results[0]?.differences[name];
        yield difference === undefined ? figure : { ...figure, warning: `gets something else: ${difference}` };
      }
    }
  },
};

const goalOf = (atLeast: number | undefined): { goal?: Goal } => (atLeast === undefined ? {} : { goal: { atLeast } });

/** Calls a second, and what one costs the client's processor. */
function rateText({ elapsed, processor }: Laps): string {
  const rate = Math.round(1000 / median(elapsed)).toLocaleString('en');
  return `${rate}/s, ${(median(processor) * 1000).toFixed(0)} µs`;
}
