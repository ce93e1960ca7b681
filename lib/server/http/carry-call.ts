/**
 * Has a transport carry calls for the clients of a server.
 */
import type { ServerResponse } from 'node:http';
import { abortedBy, type Call, type Reply, type TimeIsUp, type Transport } from '../../call.js';
import { qualifiedName } from '../../codec/operation.js';

export interface Carrier {
  /**
   * The reply, unless the time for it is over or the client has gone before it is there: then the call is given up.
   * @param through the transport for this call, where it is not the carrier's
   */
  readonly carry: (call: Call, response: ServerResponse, through?: Transport) => Promise<Reply>;
  /** Gives up what is under way for a client that has gone. */
  readonly giveUp: (response: ServerResponse) => void;
  /** To be called when the server is closed. */
  readonly end: () => void;
}

/** A call under way. */
interface UnderWay {
  /** By the clock of `performance`. */
  readonly until: number;
  readonly giveUp: (reason: unknown) => void;
}

/** @param callMs what the transport has for a call; it may be a quarter more, or a second */
export function carrierOver(transport: Transport, callMs: number): Carrier {
  const underWay = new Map<ServerResponse, UnderWay>();
  const reason: TimeIsUp = { deadlineMs: callMs };
  const giveUpLate = (): void => {
    const now = performance.now();
    for (const { until, giveUp } of underWay.values()) if (until <= now) giveUp(reason);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    carry: (call, response, through = transport) =>
      new Promise((resolve, reject) => {
        // One for all calls: one for each, and a listener, would take a quarter of the time that a call takes.
        timer ??= setInterval(giveUpLate, Math.min(1000, callMs / 4)).unref();
        const controller = new AbortController();
        const giveUp = (why: unknown): void => {
          underWay.delete(response);
          controller.abort(why);
          setTimeout(() => reject(abortedBy(controller.signal, 'unknown', qualifiedName(call.operation))), GRACE);
        };
        underWay.set(response, { until: performance.now() + callMs, giveUp });
        const settle = send(through, call, controller).finally(() => underWay.delete(response));
        settle.then(resolve, reject);
      }),
    giveUp: (response) => underWay.get(response)?.giveUp(new Error('the client has gone')),
    end: () => clearInterval(timer),
  };
}

/** Milliseconds for a transport that minds the signal to say itself what became of the call. */
const GRACE = 100;

async function send(transport: Transport, call: Call, controller: AbortController): Promise<Reply> {
  return transport({
    ...call,
    // Many transports never look at the signal, which costs more than the rest of the call.
    get signal() {
      return controller.signal;
    },
  });
}
