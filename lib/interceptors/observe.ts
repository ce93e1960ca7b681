/**
 * Tells what happens to calls: how long they take, how they end, how often they are sent. Never what they say.
 */
import { tracingChannel } from 'node:diagnostics_channel';
import type { Call, Interceptor, Reply, Transport } from '../call.js';
import { qualifiedName } from '../codec/operation.js';
import { type CallError, type HttpExchange, isCallError, type Outcome } from '../errors.js';
import { requireFunction, requireKnown } from '../options.js';

/** What is known of a call, or of one sending of it where those are watched. The same object at its start and end. */
export interface Observation {
  /** `'Chat.GetChatMessages'` */
  readonly operation: string;
  /** Which sending of the call it is, the first being 1. */
  readonly attempt: number;
  /** All that follows is there at the end only. */
  durationMs?: number;
  outcome?: 'succeeded' | Outcome;
  /** How often it was sent in all. */
  attempts?: number;
  /** Status, bytes and times of the last sending, where a reply came. */
  http?: HttpExchange | undefined;
  /** Which of several services answered or failed, as `soap` or `rest`. */
  servedBy?: string;
  error?: CallError;
}

export interface Observer {
  readonly start?: (observation: Observation) => void;
  readonly end?: (observation: Observation) => void;
}

/**
 * Tells an observer of all that passes: around a client's other interceptors of each call, around a transport of each
 * sending. What the observer throws becomes a warning of the process, and the call goes on.
 * @throws InputError for what is no observer
 */
export function observe(observer: Observer): Interceptor {
  requireKnown('', observer, ['start', 'end']);
  const { start, end } = observer;
  requireFunction('start', start);
  requireFunction('end', end);
  const tell = (listener: Observer['start'], observation: Observation): void => {
    try {
      listener?.(observation);
    } catch (error) {
      process.emitWarning(`an observer failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (next) => async (call) => {
    const observation = observationOf(call);
    tell(start, observation);
    try {
      return await watch(next, call, observation);
    } finally {
      tell(end, observation);
    }
  };
}

/**
 * Publishes all that passes on the `tracingChannel` of `node:diagnostics_channel` with this name; the events have the
 * members of an Observation. It costs nothing as long as nobody subscribes.
 */
export function trace(name: string): Interceptor {
  const channel = tracingChannel<object, Observation>(name);
  const published = async (next: Transport, call: Call): Promise<Reply> => {
    let reply: Reply | undefined;
    const observation = observationOf(call);
    // Subscribers are given what the traced function gives, so that it must not give the reply.
    await channel.tracePromise(async () => {
      reply = await watch(next, call, observation);
    }, observation as never);
    return reply as Reply;
  };
  return (next) => (call) => (channel.hasSubscribers ? published(next, call) : next(call));
}

const observationOf = ({ operation, attempt = 1 }: Call): Observation => ({
  operation: qualifiedName(operation),
  attempt,
});

async function watch(next: Transport, call: Call, observation: Observation): Promise<Reply> {
  const began = performance.now();
  try {
    const reply = await next(call);
    Object.assign(observation, { outcome: 'succeeded', attempts: reply.attempts ?? 1, http: reply.http });
    if (reply.servedBy !== undefined) observation.servedBy = reply.servedBy;
    return reply;
  } catch (error) {
    if (isCallError(error)) {
      const { outcome, attempts, http } = error;
      Object.assign(observation, { outcome, attempts, http, error });
      if (error.servedBy !== undefined) observation.servedBy = error.servedBy;
    } else {
      observation.outcome = 'unknown';
    }
    throw error;
  } finally {
    observation.durationMs = performance.now() - began;
  }
}
