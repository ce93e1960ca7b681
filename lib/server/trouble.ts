/**
 * Trouble on demand: what networks and servers do to calls, as often as a test asks for.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { abortedBy, type Call, type Interceptor, type Reply, signalOf, type Transport } from '../call.js';
import { qualifiedName } from '../codec/operation.js';
import { type CallError, Fault, InputError, TransportError } from '../errors.js';
import { requireFunction, requireKnown } from '../options.js';
import { ticketRefused } from './simulator/faults.js';

/**
 * Each kind of trouble is given as how likely it is to befall a call, from 0, the default, to 1; together they are no
 * more than 1, since a call has one kind at the most.
 */
export interface TroubleOptions {
  /** The connection breaks, and the call was not executed: a TransportError `connection`, outcome `unknown`. */
  readonly resetBefore?: number | undefined;
  /** The connection breaks after the call was executed: a TransportError `connection`, outcome `unknown`. */
  readonly resetAfter?: number | undefined;
  /** The call was executed, and its reply ends in the middle: a TransportError `connection`, outcome `unknown`. */
  readonly truncate?: number | undefined;
  /** The call was executed, and nothing is answered until its signal ends it, or over HTTP until the server does. */
  readonly stall?: number | undefined;
  /** HTTP 503, and the call was not executed, which nobody can know: a TransportError `http-status`, outcome `unknown`. */
  readonly unavailable?: number | undefined;
  /** The milliseconds that come with it as Retry-After, over HTTP in whole seconds; none by default. */
  readonly retryAfterMs?: number | undefined;
  /** The service refuses the call: a Fault `service`, outcome `refused`. */
  readonly fault?: number | undefined;
  /** The service refuses the ticket: a Fault `login`, outcome `refused`. */
  readonly expire?: number | undefined;
  /** Milliseconds that each call is held up before all else: so many, or a random number between two; 0 by default. */
  readonly latencyMs?: number | readonly [least: number, most: number] | undefined;
  /** The calls that may have trouble; all by default. */
  readonly only?: ((call: Call) => boolean) | undefined;
  /** The same seed gives the same trouble to the same sequence of calls; 1 by default. */
  readonly seed?: number | undefined;
}

/**
 * Lets calls fail as they fail in the field, with the errors of the real thing. In front of a transport that is served
 * by `serveSoap` or `serveRest` it acts on the wire: sockets are reset, replies end in the middle, and 503 is a status.
 * @throws InputError for options that are not right
 */
export function trouble(options: TroubleOptions = {}): Interceptor {
  requireTroubleOptions(options);
  const { seed = 1, latencyMs = 0, only = () => true } = options;
  return (next) => {
    let seen = 0;
    return async (call) => {
      if (!only(call)) return next(call);
      const [share, draw] = drawsFor(seed, seen++);
      const kind = kindAt(draw, options);
      await holdUp(call, latencyMs, share);
      return kind === undefined ? next(call) : befall(kind, call, next, options);
    };
  };
}

/** What a server acts out in place of an answer. */
export type WireTrouble =
  | { readonly kind: 'reset' }
  | { readonly kind: 'unavailable'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'truncate'; readonly reply: Reply };

/** What a server is to act out for this error, or undefined where it is an error like any other. */
export const wireTroubleOf = (error: unknown): WireTrouble | undefined =>
  typeof error === 'object' && error !== null ? (Reflect.get(error, mark) as Mark | undefined)?.() : undefined;

const KINDS = ['expire', 'fault', 'unavailable', 'resetBefore', 'resetAfter', 'truncate', 'stall'] as const;

type Kind = (typeof KINDS)[number];

function requireTroubleOptions(options: TroubleOptions): void {
  requireKnown('', options, [...KINDS, 'retryAfterMs', 'latencyMs', 'only', 'seed']);
  for (const kind of KINDS) requireBetween(kind, options[kind], 1);
  const sum = KINDS.reduce((total, kind) => total + (options[kind] ?? 0), 0);
  // As numbers that are no sums of halves add up.
  if (sum > 1 + 1e-9) throw new InputError('', `trouble ${sum} times in one call, and a call has one kind at the most`);
  requireBetween('retryAfterMs', options.retryAfterMs, LONGEST_WAIT);
  const { latencyMs, only, seed } = options;
  const [least = 0, most = least] = (Array.isArray(latencyMs) ? latencyMs : [latencyMs]) as [number?, number?];
  requireBetween('latencyMs', least, LONGEST_WAIT);
  requireBetween('latencyMs', most, LONGEST_WAIT, least);
  requireFunction('only', only);
  if (seed !== undefined && !Number.isFinite(seed)) throw new InputError('seed', 'not a number');
}

const LONGEST_WAIT = 24 * 3_600_000;

function requireBetween(path: string, value: number | undefined, most: number, least = 0): void {
  if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) return;
  throw new InputError(path, `${String(value)}, not a number from ${least} to ${most}`);
}

/** Two numbers from 0 to 1 for the call with this number, whatever became of those before. */
function drawsFor(seed: number, nth: number): readonly [share: number, draw: number] {
  const digest = createHash('sha256').update(`${seed}/${nth}`).digest();
  return [digest.readUInt32LE(0) / 2 ** 32, digest.readUInt32LE(4) / 2 ** 32];
}

/** Each kind has a stretch as long as it is likely; what is left is no trouble. */
function kindAt(draw: number, options: TroubleOptions): Kind | undefined {
  let end = 0;
  return KINDS.find((kind) => {
    end += options[kind] ?? 0;
    return draw < end;
  });
}

async function holdUp(call: Call, latencyMs: NonNullable<TroubleOptions['latencyMs']>, share: number): Promise<void> {
  const { operation } = call;
  const [least, most] = typeof latencyMs === 'number' ? [latencyMs, latencyMs] : latencyMs;
  const ms = least + share * (most - least);
  if (call.signal?.aborted) throw abortedBy(call.signal, 'not-sent', qualifiedName(operation));
  if (ms === 0) return;
  const signal = signalOf(call);
  await delay(ms, undefined, { signal }).catch(() => {
    throw abortedBy(signal as AbortSignal, 'unknown', qualifiedName(operation));
  });
}

async function befall(kind: Kind, call: Call, next: Transport, { retryAfterMs }: TroubleOptions): Promise<Reply> {
  const operation = qualifiedName(call.operation);
  const broken = (when: string, wire: WireTrouble): TransportError =>
    marked(new TransportError('connection', `the connection broke ${when} (trouble)`, { operation }), wire);
  switch (kind) {
    case 'expire':
      throw Object.assign(ticketRefused(), { operation });
    case 'fault':
      throw new Fault('service', 'the call is refused (trouble)', { operation });
    case 'unavailable':
      throw marked(new TransportError('http-status', 'HTTP 503 (trouble)', { operation, status: 503, retryAfterMs }), {
        kind,
        retryAfterMs,
      });
    case 'resetBefore':
      throw broken('before there was a reply', { kind: 'reset' });
    case 'resetAfter':
      await next(call);
      throw broken('before there was a reply', { kind: 'reset' });
    case 'truncate':
      throw broken('in the middle of the reply', { kind, reply: await next(call) });
    case 'stall':
      await next(call);
      return endedBySignal(call);
  }
}

type Mark = () => WireTrouble;

/** Shared by all copies of this package. What it marks with is a function, so that no one who prints the error sees the reply. */
const mark = Symbol.for('services88-chat.trouble');

function marked<Marked extends CallError>(error: Marked, wire: WireTrouble): Marked {
  const give: Mark = () => wire;
  return Object.defineProperty(error, mark, { value: give });
}

const endedBySignal = (call: Call): Promise<never> =>
  new Promise((_, reject) => {
    const signal = signalOf(call);
    const { operation } = call;
    const end = (): void => reject(abortedBy(signal as AbortSignal, 'unknown', qualifiedName(operation)));
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
