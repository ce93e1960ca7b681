/**
 * Writes whole messages: requests, replies and faults.
 */
import { InputError } from '../errors.js';
import { requireOneOf } from '../options.js';
import { type FaultContent, writeFault } from './fault.js';
import { type EnvelopeLayout, plainLayout, sampleLayout } from './layouts.js';
import {
  type InputOf,
  type Operation,
  type OutputOf,
  qualifiedName,
  type ReplyHeader,
  type RequestHeader,
  type Wrapper,
} from './operation.js';
import type { Field } from './schema.js';
import { type SoapVersion, versions } from './versions.js';
import { type IllegalCharacters, type Sheet, writeMembers } from './writer.js';

export interface EncodeRequestOptions {
  /** `'1.1'` unless the style says otherwise: the service's WSDL binds SOAP 1.1 only. */
  readonly version?: SoapVersion;
  /** `'sample'` writes what the published samples show, which the WSDL contradicts. */
  readonly style?: 'wsdl' | 'sample';
  readonly header?: RequestHeader;
  /** `'refuse'` by default. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
}

/**
 * Writes the request envelope of a call.
 * @throws InputError with the path of a value that the contract does not allow, and of a parameter that is missing
 */
export function encodeRequest<O extends Operation>(
  operation: O,
  input: InputOf<O>,
  { header = {}, style = 'wsdl', ...options }: EncodeRequestOptions = {},
): string {
  requireOneOf('style', style, ['wsdl', 'sample']);
  requireOneOf('version', options.version, Object.keys(versions));
  requireOneOf('illegalCharacters', options.illegalCharacters, ['refuse', 'replace']);
  const version = options.version ?? (style === 'sample' ? '1.2' : '1.1');
  const layout =
    style === 'sample' ? sampleLayout(operation.service, version) : plainLayout(operation.service, version);
  const { fields } = operation.request;
  try {
    const members = fields.length === 0 && input === undefined ? {} : input;
    const rules = { direction: 'request', illegalCharacters: options.illegalCharacters } as const;
    const parts = writeHeader(layout, operation.requestHeader, header, rules);
    const body = writeBody(layout, operation, members, rules);
    requireParameters(fields, members);
    return layout.envelope(parts, body);
  } catch (error) {
    if (error instanceof InputError) error.operation = qualifiedName(operation);
    throw error;
  }
}

/** The service would read a missing number as 0 and a missing boolean as false, which is not what anybody said. */
function requireParameters(fields: readonly Field[], input: object): void {
  const missing = fields.find(({ key, nillable }) => !nillable && Reflect.get(input, key) === undefined);
  if (missing) throw new InputError(missing.key, 'a parameter that is missing');
}

export interface EncodeReplyOptions {
  readonly version?: SoapVersion;
  /** The header parts; `succeeded` is true unless it is said otherwise or there is an exceptionInfo. */
  readonly header?: ReplyHeader;
  /** `'refuse'` by default. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
}

/**
 * Writes the reply envelope of a call, as a server does.
 * @throws InputError with the path of a value that the contract does not allow
 */
export function encodeReply<O extends Operation>(
  operation: O,
  output: OutputOf<O>,
  options: EncodeReplyOptions = {},
): string {
  const layout = plainLayout(operation.service, options.version ?? '1.1');
  const header = { succeeded: !options.header?.exceptionInfo, ...options.header };
  const rules = { direction: 'reply', illegalCharacters: options.illegalCharacters } as const;
  const parts = writeHeader(layout, operation.replyHeader, header, rules);
  return layout.envelope(parts, writeBody(layout, operation, membersOf(operation.reply, output), rules));
}

/** Writes an envelope with a Fault, in the form that WCF gives it. */
export function encodeFault(fault: FaultContent, options: { readonly version?: SoapVersion } = {}): string {
  const version = options.version ?? '1.1';
  return plainLayout({ namespace: '' }, version).envelope('', writeFault(fault, version, 's:'));
}

type Rules = Omit<Sheet, 'layout'>;

function writeHeader(layout: EnvelopeLayout, parts: readonly Field[], header: object, rules: Rules): string {
  return writeMembers({ layout: layout.header, ...rules }, parts, header, { parent: null, key: 'header' }, 0);
}

function writeBody(layout: EnvelopeLayout, operation: Operation, members: unknown, rules: Rules): string {
  const { name, fields } = operation[rules.direction];
  const tag = layout.body.prefixOf(operation.service.namespace) + name;
  const content = writeMembers({ layout: layout.body, ...rules }, fields, members, null, 1);
  const indent = layout.body.indent(0);
  return `${indent}<${tag}>${content}${content === '' ? '' : indent}</${tag}>`;
}

/** The members of a reply's wrapper for an output, the reverse of `outputOf`. */
function membersOf({ fields }: Wrapper, output: unknown): unknown {
  const [only, more] = fields;
  if (!only) return {};
  return more ? (output ?? {}) : { [only.key]: output };
}
