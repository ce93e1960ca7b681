/**
 * Calls over HTTP, against the bare request of the same bytes and against other clients. The server is another process
 * on the same machine and has its answers ready, so that nothing takes less time than what the client does.
 */
import { type Figure, type Part, timesFaster } from './figure.js';
import { inFreshProcesses, together } from './fresh.js';
import type { HttpResult, HttpTask } from './http-program.js';
import { type Laps, median } from './measure.js';

interface Peer {
  readonly name: HttpTask['peer'];
  readonly what: string;
  /** At 1, 16 and 64 calls at the same time. */
  readonly goals?: readonly number[];
}

const peers: readonly Peer[] = [
  { name: 'bare', what: 'undici.request of the same bytes', goals: [0.75, 0.55, 0.5] },
  { name: 'rest', what: 'the REST API by undici.request and JSON.parse', goals: [1, 1, 1] },
  { name: 'oursRest', what: 'the same client over REST' },
  { name: 'nodeSoap', what: 'node soap', goals: [7, 15, 15] },
  { name: 'fetch', what: 'fetch, its text not read' },
  { name: 'fetchParser', what: 'fetch and fast-xml-parser' },
  { name: 'webapi', what: "the vendor's REST client, @superoffice/webapi" },
];

export const http: Part = {
  name: 'http',
  title: "GetChatMessages of 20 messages over HTTP: calls a second ÷ another client's",
  async *figures() {
    for (const [index, atOnce] of [1, 16, 64].entries()) {
      for (const peer of peers) yield await figure(peer, atOnce, peer.goals?.[index]);
    }
  },
};

/** Each pair has processes of its own: what one client leaves for the collector of garbage is not paid by a third. */
async function figure({ name, what }: Peer, atOnce: number, atLeast: number | undefined): Promise<Figure> {
  const processes = atLeast === undefined ? 1 : 2;
  const task: HttpTask = { peer: name, atOnce };
  const results = await inFreshProcesses<HttpResult>(processes, 'http-program', task);
  const { ours, theirs } = together(results.map(({ times }) => times));
  const difference = results[0]?.difference ?? undefined;
  return {
    what: `${atOnce} at a time ÷ ${what}`,
    // One call at a time waits for the server however quiet the machine is, which is no sign of a busy one.
    ...timesFaster(ours, theirs, atOnce === 1 ? 'elapsed' : undefined),
    ours: rateText(ours),
    theirs: rateText(theirs),
    ...(atLeast !== undefined && { goal: { atLeast } }),
    ...(difference !== undefined && { warning: `gets something else: ${difference}` }),
  };
}

/** Calls a second, and what one costs the client's processor. */
function rateText({ elapsed, processor }: Laps): string {
  const rate = Math.round(1000 / median(elapsed)).toLocaleString('en');
  return `${rate}/s, ${(median(processor) * 1000).toFixed(0)} µs`;
}
