/**
 * Asks for the same messages with several clients, so many calls at the same time.
 */
import { beside } from './beside.js';
import {
  bareClient,
  fetchClient,
  fetchParserClient,
  type HttpClient,
  type MakeHttpClient,
  nodeSoapClient,
  oursClient,
  restClient,
  webapiClient,
} from './http-clients.js';
import { messages, soapBody } from './http-exchange.js';
import { type Run, race, type Times } from './measure.js';
import { firstDifference } from './same.js';
import { found, task } from './task.js';

export interface HttpTask {
  readonly atOnce: number;
}

const makers = {
  ours: oursClient,
  bare: bareClient,
  rest: restClient,
  fetch: fetchClient,
  fetchParser: fetchParserClient,
  nodeSoap: nodeSoapClient,
  webapi: webapiClient,
} as const;

export interface HttpTimes {
  readonly times: Times<keyof typeof makers>;
  /** Where a client got something else than was sent; undefined where nothing differs. */
  readonly differences: Readonly<Record<string, string | undefined>>;
}

/** Bytes and texts that nothing has read are compared as such. */
function differenceIn(got: unknown): string | undefined {
  if (typeof got !== 'string' && !(got instanceof Uint8Array)) return firstDifference(got, messages);
  return soapBody.equals(Buffer.from(got)) ? undefined : 'is not the document that was sent';
}

const { atOnce } = task<HttpTask>();
const server = await beside<number>('http-server-program');
const clients = new Map<string, HttpClient>();
for (const [name, make] of Object.entries<MakeHttpClient>(makers)) {
  clients.set(name, await make(`http://127.0.0.1:${server.ports}`));
}
const differences: Record<string, string | undefined> = {};
for (const [name, { call }] of clients) differences[name] = differenceIn(await call());
if (differences.ours !== undefined) throw new Error(`ours gets something else: ${differences.ours}`);
const runs = Object.fromEntries([...clients].map(([name, { call }]) => [name, call])) as Record<
  keyof typeof makers,
  Run
>;
const times = await race(runs, { rounds: 7, round: 150, warmUp: 400, atOnce });
for (const { close } of clients.values()) await close();
server.end();
found({ times, differences } satisfies HttpTimes);
