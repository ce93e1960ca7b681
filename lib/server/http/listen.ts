/**
 * What every kind of server does alike: it listens on HTTP, has each request answered, and ends without losing an answer.
 */
import { once } from 'node:events';
import { createServer, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Transport } from '../../call.js';
import { InputError } from '../../errors.js';
import { LONGEST_TIMER } from '../../options.js';
import { type Carrier, carrierOver } from './carry-call.js';
import { type Closing, closingOf } from './closing.js';
import { type Exchange, exchangeOf, tellOwner } from './exchange.js';
import { type Answer, plain, send } from './http-answer.js';
import { pipelinesOf } from './pipelines.js';
import type { Settings } from './serve-options.js';

/** A server that listens. */
export interface Listening {
  /** What clients are to be given as `baseUrl`. */
  readonly baseUrl: string;
  readonly port: number;
  /** Stops listening, and ends when the calls that are being answered are, or after `closeMs`. */
  readonly close: () => Promise<void>;
}

/** Makes the answer to a request, which it may refuse by its head before the body is there. */
export type Answerer = (exchange: Exchange) => Promise<Answer>;

/**
 * Listens, and has requests answered.
 * @param answererWith makes what answers them, given what carries calls to the transport
 */
export async function listen(
  transport: Transport,
  settings: Settings,
  answererWith: (carrier: Carrier) => Answerer,
): Promise<Listening> {
  const { port, host, path, closeMs, timeouts } = settings;
  const carrier = carrierOver(requireTransport(transport), settings.callMs);
  const server = createServer(nodeOptions(timeouts));
  const closing = closingOf(server, closeMs);
  const handle = handlerOf(answererWith(carrier), carrier, closing, settings);
  server.on('request', (_, response) => handle(response, () => {}));
  // The client sends the body when it is told to proceed, and not at all where it gets an answer before.
  server.on('checkContinue', (_, response) => handle(response, () => response.writeContinue()));
  server.listen(port, host);
  await once(server, 'listening');
  server.once('close', carrier.end).on('error', (error) => tellOwner(() => settings.onError?.(error, undefined)));
  const bound = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return { baseUrl: `http://${name}:${bound.port}${path}`, port: bound.port, close: closing.close };
}

/** Handles a request by its response; `proceed` lets a client send the body that has asked whether it may. */
function handlerOf(
  answer: Answerer,
  carrier: Carrier,
  closing: Closing,
  settings: Settings,
): (response: ServerResponse, proceed: () => void) => void {
  const pipelines = pipelinesOf();
  return (response, proceed) => {
    const exchange = exchangeOf(response, proceed, settings);
    closing.begin();
    pipelines.watch(response, () => {
      carrier.giveUp(response);
      closing.end();
    });
    answer(exchange)
      .catch((error: unknown) => {
        exchange.tell(error);
        return plain(500, 'the server was unable to process the request');
      })
      .then((made) => send(response, made, closing.begun() && pipelines.isLast(response), settings.timeouts.idle))
      .catch((error: unknown) => {
        exchange.tell(error);
        response.destroy();
      });
  };
}

function requireTransport(transport: Transport): Transport {
  if (typeof transport === 'function') return transport;
  throw new InputError('transport', `a value of the type ${typeof transport}, not a function that carries calls`);
}

/** Node takes whole milliseconds, has 0 for no limit, and looks at its connections only from time to time. */
function nodeOptions({ headers, request }: Settings['timeouts']): ServerOptions {
  const whole = (ms: number): number => (ms > LONGEST_TIMER ? 0 : Math.ceil(ms));
  return {
    headersTimeout: whole(Math.min(headers, request)),
    requestTimeout: whole(request),
    connectionsCheckingInterval: Math.ceil(Math.min(1000, headers / 4, request / 4)),
  };
}
