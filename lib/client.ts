/**
 * A service as an object with one method for each operation.
 */
import type { Reply, Transport } from './call.js';
import type {
  InputOf,
  Operation,
  Operations,
  OutputOf,
  ReplyHeader,
  RequestHeader,
  RetryClass,
} from './codec/operation.js';
import { type HttpExchange, InputError } from './errors.js';
import { requireKnown, requireTexts } from './options.js';

/** @typeParam Member the members that a result may be asked for by */
export interface CallOptions<Member extends string = string> {
  /** Ends the call; the error has the code `aborted` and the signal's reason as its cause. */
  readonly signal?: AbortSignal | undefined;
  /** Header parts of this call, before those of the client. */
  readonly header?: RequestHeader | undefined;
  /**
   * Says that the call may be made again after trouble as a read may, because a second time would set the same once
   * more. Only for operations that set something, as SaveChatPresence; not for those that create or go a step.
   */
  readonly repeatable?: boolean | undefined;
  /**
   * The members that the result is to have, as `['chatSessionId', 'user/fullName']`; all others are null or absent. Over REST
   * only. What was read so is refused where it would be saved.
   */
  readonly select?: readonly Member[] | undefined;
}

/** A reply with all that is known about it. */
export interface FullReply<Output> {
  readonly output: Output;
  readonly header: ReplyHeader;
  /** How often the call was sent. */
  readonly attempts: number;
  /** Milliseconds of the whole call, with all attempts, logins and waits. */
  readonly durationMs: number;
  /** Status, bytes and times of the last sending, where it went over HTTP. */
  readonly http?: HttpExchange | undefined;
  /** `'soap'` or `'rest'`, where the client has both. */
  readonly servedBy?: string | undefined;
}

type Parameters<O extends Operation> =
  InputOf<O> extends Readonly<Record<string, never>>
    ? [input?: InputOf<O>, options?: CallOptions<MemberOf<OutputOf<O>>>]
    : [input: InputOf<O>, options?: CallOptions<MemberOf<OutputOf<O>>>];

/** The names of a result's members, or of its items', and what may follow them to name a part. */
type MemberOf<Output> =
  NonNullable<Output> extends readonly (infer Item)[]
    ? MemberOf<Item>
    : NonNullable<Output> extends string | number | boolean | Date | undefined
      ? never
      : NamesIn<NonNullable<Output>>;

type NamesIn<T> = keyof T & string extends infer Name extends string ? Name | `${Name}/${string}` : never;

/** One operation as a method. Operations without parameters need no input. */
export interface Method<O extends Operation> {
  (...args: Parameters<O>): Promise<OutputOf<O>>;
  /** The same call, with the reply's header parts, and figures about it, beside the value. */
  readonly withReply: (...args: Parameters<O>) => Promise<FullReply<OutputOf<O>>>;
}

export type Client<Service extends Operations> = { readonly [Name in keyof Service]: Method<Service[Name]> };

/** The methods of a service over a transport: `createClient(SoPrincipal, soapTransport({ baseUrl }))`. */
export function createClient<Service extends Operations>(service: Service, transport: Transport): Client<Service> {
  const methods = Object.entries(service).map(([name, operation]) => [name, methodOf(operation, transport)]);
  return Object.fromEntries(methods);
}

function methodOf(operation: Operation, transport: Transport) {
  // What it throws, the methods reject with.
  const send = (input: unknown = {}, options: CallOptions = {}): Promise<Reply> => {
    requireKnown('', options, OPTIONS);
    const { signal, header = {}, repeatable, select } = options;
    if (signal !== undefined && typeof signal?.addEventListener !== 'function')
      throw new InputError('signal', 'no AbortSignal');
    if (typeof header !== 'object' || header === null) throw new InputError('header', 'not an object of header parts');
    if (repeatable && !REPEATABLE.includes(operation.retry)) {
      throw new InputError('repeatable', `a second ${operation.name} would not do the same once more`);
    }
    requireTexts('select', select);
    return transport({
      operation,
      input,
      header,
      signal,
      ...(repeatable && { repeatable }),
      ...(select && { select }),
    });
  };
  const withReply = async (input?: unknown, options?: CallOptions): Promise<FullReply<unknown>> => {
    const began = performance.now();
    const { output, header, attempts = 1, http, servedBy } = await send(input, options);
    const by = servedBy === undefined ? {} : { servedBy };
    return { output, header, attempts, durationMs: performance.now() - began, http, ...by };
  };
  return Object.assign(async (input?: unknown, options?: CallOptions) => (await send(input, options)).output, {
    withReply,
  });
}

const OPTIONS = ['signal', 'header', 'repeatable', 'select'];
const REPEATABLE: readonly RetryClass[] = ['read', 'set'];
