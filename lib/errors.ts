/**
 * Everything that a call can fail with. One base class, four kinds; a program that wants to react to a failure looks
 * at `kind`, then at `code`, and at `outcome` for what is known of the call.
 */

/** What is known of a failed call: nothing was sent, the service refused to do it, or it may have been executed. */
export type Outcome = 'not-sent' | 'refused' | 'unknown';

export type ErrorKind = 'input' | 'transport' | 'protocol' | 'fault';

export type TransportCode =
  | 'connect'
  | 'connection'
  | 'timeout'
  | 'aborted'
  | 'http-status'
  | 'redirect'
  | 'too-large'
  | 'content-type';

export type ProtocolCode =
  | 'encoding'
  | 'xml-syntax'
  | 'xml-forbidden'
  | 'xml-limit'
  | 'envelope'
  | 'version'
  | 'json-syntax'
  | 'schema';

export type FaultCode = 'soap-fault' | 'service' | 'login';

export type ErrorCode = 'input' | TransportCode | ProtocolCode | FaultCode;

/** What HTTP had to do for one sending of a call. */
export interface HttpExchange {
  /** The status of the reply. */
  readonly status: number;
  /** Bytes of the bodies, as they went over the wire: without heads, and before a content coding is undone. */
  readonly requestBytes: number;
  readonly replyBytes: number;
  /** Milliseconds from the beginning, with the wait for a connection, to the head of the reply, and to its end. */
  readonly headMs: number;
  readonly totalMs: number;
}

interface CallErrorOptions {
  readonly outcome?: Outcome | undefined;
  readonly operation?: string | undefined;
  readonly cause?: unknown;
}

/** Shared by all copies of this package in a process, so that `isCallError` holds between its ESM and CommonJS builds. */
const brand = Symbol.for('services88-chat.CallError');

/** The base class of every error that this library throws on purpose. */
export abstract class CallError extends Error {
  abstract readonly kind: ErrorKind;
  readonly code: ErrorCode;
  /** `'Chat.GetChatMessages'`; undefined where no operation is concerned. */
  operation: string | undefined;
  outcome: Outcome;
  /** How many times the call was tried, the failed one included; 0 where there was nothing to send. */
  attempts: number;
  /** Of the last sending, where a reply came. */
  declare http?: HttpExchange;
  /** Which of several services answered or failed, where the transport knows more than one. */
  declare servedBy?: string;

  constructor(kind: ErrorKind, code: ErrorCode, message: string, outcome: Outcome, options: CallErrorOptions = {}) {
    super(`${kind}: ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.operation = options.operation;
    this.outcome = options.outcome ?? outcome;
    this.attempts = kind === 'input' ? 0 : 1;
    Object.defineProperty(this, brand, { value: true });
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** A value that the contract does not allow was about to be sent; nothing was sent. */
export class InputError extends CallError {
  readonly kind = 'input';
  /** Where the value stands, from the input down: `message.message`, `chatPresence[2].userId`, `header.timeZone`. */
  readonly path: string;

  constructor(path: string, found: string, options: CallErrorOptions = {}) {
    super('input', 'input', path === '' ? found : `${path}: ${found}`, 'not-sent', options);
    this.path = path;
  }
}

/** Which limit of time ran out. */
export type TimeoutPhase = 'connect' | 'headers' | 'body' | 'total';

interface TransportErrorOptions extends CallErrorOptions {
  readonly status?: number | undefined;
  readonly phase?: TimeoutPhase | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly stale?: boolean | undefined;
}

/** The connection, HTTP, or the time given to the call ended it before there was a reply to read. */
export class TransportError extends CallError {
  readonly kind = 'transport';
  declare readonly code: TransportCode;
  readonly status: number | undefined;
  readonly phase: TimeoutPhase | undefined;
  /** What the server asked for in Retry-After, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /**
   * True where a connection broke that had carried earlier replies, before a byte of this one: the server most likely
   * closed it because it had been idle, though it may have read the request.
   */
  declare readonly stale?: true;

  constructor(code: TransportCode, found: string, options: TransportErrorOptions = {}) {
    super('transport', code, found, code === 'connect' ? 'not-sent' : 'unknown', options);
    this.status = options.status;
    this.phase = options.phase;
    this.retryAfterMs = options.retryAfterMs;
    if (options.stale) this.stale = true;
  }
}

interface ProtocolErrorOptions extends CallErrorOptions {
  readonly path?: string | undefined;
}

/** The document is not what the contract promises: broken XML, no envelope, another operation, a value of no such type. */
export class ProtocolError extends CallError {
  readonly kind = 'protocol';
  declare readonly code: ProtocolCode;
  /** Where in the document: `Envelope/Body/GetChatMessagesResponse/Response/ChatMessage[3]/WhenPosted`. */
  readonly path: string | undefined;

  constructor(code: ProtocolCode, found: string, options: ProtocolErrorOptions = {}) {
    super('protocol', code, options.path ? `${found} at ${options.path}` : found, 'unknown', options);
    this.path = options.path;
  }
}

export interface FaultOptions extends CallErrorOptions {
  readonly faultCode?: string | undefined;
  readonly exceptionType?: string | undefined;
  readonly friendlyText?: string | undefined;
  readonly parameters?: Readonly<Record<string, string | null>> | undefined;
  readonly detail?: unknown;
}

/**
 * The service answered that it did not do what was asked, or, where its `outcome` is `unknown`, that it failed on the
 * way: a Fault element with a code of the server's says no more.
 */
export class Fault extends CallError {
  readonly kind = 'fault';
  declare readonly code: FaultCode;
  /**
   * The local name of the fault code. The codes that SOAP defines have their 1.1 names whatever the version was
   * (`Client`, `Server`, `MustUnderstand`, `VersionMismatch`); `''` where the refusal was not a Fault element.
   */
  readonly faultCode: string;
  /** What the service says went wrong: `faultstring`, or the Message of its ExceptionInfo. */
  readonly reason: string;
  /** The .NET type that the service names, as in `SuperOffice.Exceptions.SoSessionException`. */
  readonly exceptionType: string | undefined;
  /** The text that the service means for a person. */
  readonly friendlyText: string | undefined;
  readonly parameters: Readonly<Record<string, string | null>>;
  /** The content of a Fault's detail element as `parseXml` gives it, or `undefined`. */
  readonly detail: unknown;

  constructor(code: FaultCode, reason: string, options: FaultOptions = {}) {
    const type = options.exceptionType === undefined ? '' : ` (${options.exceptionType})`;
    super(
      'fault',
      code,
      `${reason.length > LONGEST ? `${reason.slice(0, LONGEST)}…` : reason}${type}`,
      'refused',
      options,
    );
    this.faultCode = options.faultCode ?? '';
    this.reason = reason;
    this.exceptionType = options.exceptionType;
    this.friendlyText = options.friendlyText;
    this.parameters = options.parameters ?? {};
    this.detail = options.detail;
  }
}

/** How much of a reason is repeated in the message; the whole of it is the `reason`. */
const LONGEST = 1024;

/** Each of this library's errors, to be told apart by `kind`. */
export type AnyCallError = InputError | TransportError | ProtocolError | Fault;

/** Whether a caught value is one of this library's errors, also where another copy of the package made it. */
export function isCallError(value: unknown): value is AnyCallError {
  return typeof value === 'object' && value !== null && brand in value;
}
