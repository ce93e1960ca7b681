/**
 * Reads whole messages: requests and replies.
 */
import { ProtocolError } from '../errors.js';
import { requireKnown } from '../options.js';
import { toUtf8 } from './encoding.js';
import { faultOfElement, faultOfHeader } from './fault.js';
import type { XmlLimits } from './lexer.js';
import { requireUnderstood } from './must-understand.js';
import {
  type Operation,
  type Operations,
  type OutputOf,
  qualifiedName,
  type ReplyHeader,
  type RequestHeader,
  type Wrapper,
} from './operation.js';
import { type ReadOptions, readDocument } from './reader.js';
import { type ComplexSchema, type Field, keyOf } from './schema.js';
import { documentSchema, type FaultParts, type SoapVersion } from './versions.js';

export interface DecodeOptions {
  readonly limits?: Partial<XmlLimits> | undefined;
  /** The charset parameter of the Content-Type that came with the document. */
  readonly charset?: string | undefined;
  /**
   * Exception types, by their whole name or its last part, and fault codes that mean that the ticket was refused,
   * beside those that are known: a Fault with one of them has the code `login`.
   */
  readonly loginRefusals?: readonly string[] | undefined;
}

export const DECODE_OPTIONS = ['limits', 'charset', 'loginRefusals'];

export interface DecodedReply<Output = unknown> {
  /** The value of the reply's one member, an object of its members where it has several, undefined where it has none. */
  readonly output: Output;
  readonly header: ReplyHeader;
  readonly version: SoapVersion;
}

/**
 * Reads the reply to a call. A result that is nil or left out is null, where it can be nil.
 * @throws Fault for a Fault element, for Succeeded=false, and for an ExceptionInfo that is not nil
 * @throws ProtocolError for anything that is not the reply of this operation
 */
export function decodeReply<O extends Operation>(
  operation: O,
  document: Uint8Array | string,
  options: DecodeOptions = {},
): DecodedReply<OutputOf<O>> {
  requireKnown('', options, DECODE_OPTIONS);
  try {
    // .NET services write control characters into replies; nobody has to send them one.
    return replyOf(
      operation,
      toUtf8(document, options.charset),
      { limits: options.limits, controls: true },
      options.loginRefusals,
    );
  } catch (error) {
    throw named(operation, error);
  }
}

/** Reads a reply in UTF-8. */
export function replyOf<O extends Operation>(
  operation: O,
  document: Buffer,
  options: ReadOptions,
  loginRefusals?: readonly string[] | undefined,
): DecodedReply<OutputOf<O>> {
  const { schema, key } = replySchema(operation);
  const { version, header, body } = readEnvelope(schema, document, options);
  if (body.fault) throw faultOfElement(operation, body.fault as FaultParts, loginRefusals);
  const fault = faultOfHeader(operation, header as ReplyHeader, loginRefusals);
  if (fault) throw fault;
  const members = body[key] as Readonly<Record<string, unknown>> | undefined;
  if (!members) throw new ProtocolError('envelope', `the Body is empty where ${operation.reply.name} should stand`);
  const found = operation.reply.fields.length === 0 || Object.keys(members).length > 0;
  if (!found) readEnvelope(resultSchema(operation), document, options);
  return { output: outputOf(operation.reply, members) as OutputOf<O>, header: header as ReplyHeader, version };
}

/** What a reader threw, with the operation that it was reading for. */
export function named(operation: Operation, error: unknown): unknown {
  if (error instanceof ProtocolError) error.operation = qualifiedName(operation);
  return error;
}

function outputOf({ name, fields }: Wrapper, members: Readonly<Record<string, unknown>>): unknown {
  const [only, more] = fields;
  if (!only) return undefined;
  if (more) return members;
  const output = members[only.key] ?? null;
  // What cannot be nil cannot be missing either: false is not to be told from a reply that says nothing.
  if (output === null && !only.nillable) throw new ProtocolError('schema', `${name} has no ${only.name}`);
  return output;
}

export interface DecodedRequest {
  readonly operation: Operation;
  readonly input: unknown;
  readonly header: RequestHeader;
  readonly version: SoapVersion;
}

/**
 * Reads a request to any operation of the services, as a server does.
 * @throws Fault with the faultCode MustUnderstand for a header block that its sender forbids to pass over
 *   (mustUnderstand, for this receiver) and that the operation does not have
 * @throws ProtocolError for anything else
 */
export function decodeRequest(
  services: readonly Operations[],
  document: Uint8Array | string,
  options: DecodeOptions = {},
): DecodedRequest {
  requireKnown('', options, DECODE_OPTIONS);
  const bytes = toUtf8(document, options.charset);
  const request = requestOf(services, bytes, { limits: options.limits });
  requireUnderstood(bytes, request.version, request.operation.requestHeader, options.limits);
  return request;
}

/** Reads a request in UTF-8, whatever its sender forbids to pass over. */
export function requestOf(services: readonly Operations[], document: Buffer, options: ReadOptions): DecodedRequest {
  const { schema, operations } = requestSchema(services);
  const { version, header, body } = readEnvelope(schema, document, options);
  for (const [key, input] of Object.entries(body)) {
    const operation = operations.get(key);
    if (operation) return { operation, input, header, version };
  }
  throw new ProtocolError('envelope', 'the Body is empty where a request should stand');
}

interface Envelope {
  readonly version: SoapVersion;
  readonly header: object;
  readonly body: Readonly<Record<string, unknown>>;
}

function readEnvelope(schema: ComplexSchema, document: Buffer, options: ReadOptions): Envelope {
  const { key, value } = readDocument(schema, document, options);
  const envelope = value as EnvelopeParts;
  if (envelope.body === undefined) throw new ProtocolError('envelope', 'the Envelope has no Body');
  return { version: key as SoapVersion, header: headerOf(envelope), body: envelope.body };
}

function headerOf(envelope: EnvelopeParts): object {
  const header: Record<string, unknown> = envelope.header ?? {};
  for (const key in envelope) {
    if (key !== 'header' && key !== 'body' && !(key in header)) header[key] = Reflect.get(envelope, key);
  }
  return header;
}

/** Header parts may stand in the Header and beside it. */
interface EnvelopeParts {
  readonly header?: Record<string, unknown>;
  readonly body?: Readonly<Record<string, unknown>>;
}

// What follows from an operation is worked out once and kept as long as the operation is.
const replySchemas = new WeakMap<Operation, ReplySchema>();
const requestSchemas: RequestSchemas = { longer: new WeakMap() };

interface ReplySchema {
  readonly schema: ComplexSchema;
  /** That of the reply's element in the Body. */
  readonly key: string;
}

interface RequestSchema {
  readonly schema: ComplexSchema;
  readonly operations: ReadonlyMap<string, Operation>;
}

/** What belongs to a list of services, and the lists that go on with another one. */
interface RequestSchemas {
  made?: RequestSchema;
  readonly longer: WeakMap<Operations, RequestSchemas>;
}

export function replySchema(operation: Operation): ReplySchema {
  const known = replySchemas.get(operation);
  if (known) return known;
  const wrapper = wrapperField(operation, operation.reply);
  const made = { schema: documentSchema(operation.replyHeader, [wrapper], 'reply'), key: wrapper.key };
  replySchemas.set(operation, made);
  return made;
}

/** By it a reply whose result was not found is read once more, which refuses one that has something else instead. */
function resultSchema(operation: Operation): ComplexSchema {
  const { type, ...wrapper } = wrapperField(operation, operation.reply);
  const result: ComplexSchema = { ...(type as ComplexSchema), strict: 'result' };
  return documentSchema(operation.replyHeader, [{ ...wrapper, type: result }], 'reply');
}

/** Found by the services themselves, so that it does not matter whether the caller keeps the list of them. */
function requestSchema(services: readonly Operations[]): RequestSchema {
  let node = requestSchemas;
  for (const service of services) {
    const next = node.longer.get(service) ?? { longer: new WeakMap() };
    node.longer.set(service, next);
    node = next;
  }
  node.made ??= makeRequestSchema(services);
  return node.made;
}

function makeRequestSchema(services: readonly Operations[]): RequestSchema {
  const all = services.flatMap((service) => Object.values(service));
  const parts = new Map(all.flatMap((operation) => operation.requestHeader.map((part) => [part.name, part])));
  const wrappers = all.map((operation) => wrapperField(operation, operation.request));
  const schema = documentSchema([...parts.values()], wrappers, 'request');
  return { schema, operations: new Map(all.map((operation, index) => [wrappers[index]?.key ?? '', operation])) };
}

function wrapperField({ service }: Operation, { name, fields }: Wrapper): Field {
  const type: ComplexSchema = { kind: 'complex', name, namespace: service.namespace, base: null, fields };
  return { name, namespace: service.namespace, key: keyOf(name), type, nillable: false, required: true };
}
