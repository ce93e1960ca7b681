/**
 * Asks for the same messages with our client and with one other, so many calls at the same time.
 */
import { beside } from './beside.js';
import {
  bareClient,
  fetchClient,
  fetchParserClient,
  type MakeHttpClient,
  nodeSoapClient,
  oursClient,
  oursRestClient,
  restClient,
  webapiClient,
} from './http-clients.js';
import { messages, soapBody } from './http-exchange.js';
import { race, type Times } from './measure.js';
import { firstDifference, requireSame } from './same.js';
import { found, task } from './task.js';

const peers = {
  bare: bareClient,
  rest: restClient,
  oursRest: oursRestClient,
  fetch: fetchClient,
  fetchParser: fetchParserClient,
  nodeSoap: nodeSoapClient,
  webapi: webapiClient,
};

export interface HttpTask {
  readonly peer: keyof typeof peers;
  readonly atOnce: number;
}

export interface HttpResult {
  readonly times: Times<'ours' | 'theirs'>;
  /** Where the other client got something else than was sent; null where nothing differs. */
  readonly difference: string | null;
}

/** Bytes and texts that nothing has read are compared as such. */
function differenceIn(got: unknown): string | undefined {
  if (typeof got !== 'string' && !(got instanceof Uint8Array)) return firstDifference(got, messages);
  return soapBody.equals(Buffer.from(got)) ? undefined : 'it is not the document that was sent';
}

const { peer, atOnce } = task<HttpTask>();
const makePeer: MakeHttpClient = peers[peer];
const server = await beside<number>('http-server-program');
const origin = `http://127.0.0.1:${server.ports}`;
const ours = oursClient(origin);
const theirs = await makePeer(origin);

requireSame('ours', await ours.call(), messages);
const difference = differenceIn(await theirs.call()) ?? null;
const contenders = { ours: ours.call, theirs: theirs.call };
const times = await race(contenders, { rounds: 7, round: 120, warmUp: 300, atOnce });
await ours.close();
await theirs.close();
server.end();
found({ times, difference } satisfies HttpResult);
