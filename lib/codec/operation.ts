/**
 * A WSDL operation as data, with the types of its input and output attached.
 */
import { type Field, type Member, schemasOf } from './schema.js';

/** What a repetition of the call would do; `interceptors/retry` decides by it. */
export type RetryClass = 'read' | 'set' | 'step' | 'create' | 'login';

/** The WSDL service that an operation belongs to. */
export interface Service {
  /** The portType, and the name that stands before the operation's in errors: `Chat`. */
  readonly name: string;
  readonly namespace: string;
  /** The file that serves it, below the folder of the installation: `Chat.svc`. */
  readonly path: string;
  /** The names of `wsdl:service` and of its port and binding. */
  readonly wsdlService: string;
  readonly wsdlPort: string;
}

/** The operations of a service by method name, as `Chat` and `SoPrincipal` are. */
export type Operations = Readonly<Record<string, Operation>>;

/** The element in a Body and its members. */
export interface Wrapper {
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Operation<Input = unknown, Output = unknown> {
  readonly service: Service;
  /** The name in the WSDL: `GetChatMessages`. */
  readonly name: string;
  readonly soapAction: string;
  readonly retry: RetryClass;
  readonly request: Wrapper;
  /** One member: the output is its value. None: the output is undefined. More: the output is an object of them. */
  readonly reply: Wrapper;
  readonly requestHeader: readonly Field[];
  readonly replyHeader: readonly Field[];
  /** Never there at run time: these carry the types. */
  readonly '~input'?: Input;
  readonly '~output'?: Output;
}

/** What an operation takes. */
export type InputOf<O extends Operation> = Sendable<NonNullable<O['~input']>>;
/** What an operation gives. */
export type OutputOf<O extends Operation> = Exclude<O['~output'], undefined>;

/** A type as it may be sent: any Date for a DateTime, and nothing of it is changed. */
export type Sendable<T> = T extends string
  ? T
  : T extends Date
    ? Date
    : T extends Uint8Array
      ? Uint8Array
      : T extends readonly (infer Item)[]
        ? readonly Sendable<Item>[]
        : T extends object
          ? { readonly [Key in keyof T]: Sendable<T[Key]> }
          : T;

/** What operations without parameters take. */
export type NoInput = Readonly<Record<string, never>>;

/** The header parts of a request. Of SoPrincipal's operations only `applicationToken` is one. */
export interface RequestHeader {
  readonly applicationToken?: string | null;
  readonly credentials?: { readonly ticket?: string | null } | null;
  readonly timeZone?: TimeZonePart | null;
}

/** The time zone that dateTimes are converted to and from, by id or by code (`NO`, `US-NY`, `UTC`). */
export interface TimeZonePart {
  readonly soTimeZoneId?: number;
  readonly soTimeZoneLocationCode?: string | null;
}

/** The header parts of a reply. */
export interface ReplyHeader {
  readonly exceptionInfo?: ExceptionInfo | null;
  readonly extraInfo?: Readonly<Record<string, string | null>> | null;
  readonly succeeded?: boolean;
  readonly timeZone?: TimeZonePart | null;
}

/** The service's own account of a failure (SoExceptionInfo in the contract). */
export interface ExceptionInfo {
  readonly message?: string | null;
  readonly stackTrace?: string | null;
  readonly friendlyText?: string | null;
  readonly exceptionType?: string | null;
  readonly source?: string | null;
  readonly innerException?: ExceptionInfo | null;
  readonly parameters?: Readonly<Record<string, string | null>> | null;
}

/** `'Chat.GetChatMessages'`, as errors and logs name an operation. */
export function qualifiedName({ service, name }: Operation): string {
  return `${service.name}.${name}`;
}

/** The constructors of a service's operations, for the generated tables. */
export function operationsOf(
  service: Service,
  header: { readonly request: readonly Member[]; readonly reply: readonly Member[] },
) {
  const { element } = schemasOf(service.namespace);
  const requestHeader = header.request.map(element);
  const replyHeader = header.reply.map(element);
  return {
    wrapper: (name: string, ...members: readonly Member[]): Wrapper => ({ name, fields: members.map(element) }),
    operation: <Input, Output>(
      facts: Pick<Operation, 'name' | 'soapAction' | 'retry' | 'request' | 'reply'>,
    ): Operation<Input, Output> => Object.freeze({ service, ...facts, requestHeader, replyHeader }),
  };
}
