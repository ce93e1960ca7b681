/**
 * Writes whole messages: requests, replies and faults.
 */
import { InputError } from '../errors.js';
import { requireKnown, requireOneOf } from '../options.js';
import { type FaultContent, writeFault } from './fault.js';
import { type EnvelopeLayout, plainLayout, sampleLayout } from './layouts.js';
import { type Member, membersFor } from './members.js';
import {
  type InputOf,
  type Operation,
  type OutputOf,
  qualifiedName,
  type ReplyHeader,
  type RequestHeader,
  type Sendable,
  type Wrapper,
} from './operation.js';
import type { Place } from './place.js';
import type { Direction, Field } from './schema.js';
import { isStackOverflow } from './stack.js';
import { type SoapVersion, versions } from './versions.js';
import { ILLEGAL_CHARACTERS, type IllegalCharacters, type Sheet, writeMembers } from './writer.js';

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
  options: EncodeRequestOptions = {},
): string {
  requireKnown('', options, REQUEST_OPTIONS);
  const { style = 'wsdl', version = style === 'sample' ? '1.2' : '1.1', header = {}, illegalCharacters } = options;
  requireOneOf('style', style, STYLES);
  requireOneOf('version', version, VERSIONS);
  requireOneOf('illegalCharacters', illegalCharacters, ILLEGAL_CHARACTERS);
  const { fields } = operation.request;
  const plan =
    style === 'sample'
      ? makePlan(operation, 'request', sampleLayout(operation.service, version))
      : planFor(operation, 'request');
  try {
    const members = fields.length === 0 && input === undefined ? {} : input;
    const envelope = write(
      plan,
      version,
      { direction: 'request', illegalCharacters, declarations: '' },
      header,
      members,
    );
    requireParameters(fields, members);
    return envelope;
  } catch (error) {
    if (error instanceof InputError) error.operation = qualifiedName(operation);
    throw error;
  }
}

const REQUEST_OPTIONS = ['version', 'style', 'header', 'illegalCharacters'];
const REPLY_OPTIONS = ['version', 'header', 'illegalCharacters'];
const STYLES = ['wsdl', 'sample'];
const VERSIONS = Object.keys(versions);

/** The service would read a missing number as 0 and a missing boolean as false, which is not what anybody said. */
export function requireParameters(fields: readonly Field[], input: object): void {
  for (const { key, nillable } of fields) {
    if (!nillable && Reflect.get(input, key) === undefined) throw new InputError(key, 'a parameter that is missing');
  }
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
  output: Sendable<OutputOf<O>>,
  options: EncodeReplyOptions = {},
): string {
  requireKnown('', options, REPLY_OPTIONS);
  const { version = '1.1', header, illegalCharacters } = options;
  requireOneOf('version', version, VERSIONS);
  const sheet: Sheet = { direction: 'reply', illegalCharacters, declarations: '' };
  const parts = { succeeded: !header?.exceptionInfo, ...header };
  return write(planFor(operation, 'reply'), version, sheet, parts, membersOf(operation.reply, output));
}

/** The members of a reply's wrapper for an output, the reverse of `outputOf`. */
function membersOf({ fields }: Wrapper, output: unknown): unknown {
  const [only, more] = fields;
  if (!only) return {};
  return more ? (output ?? {}) : { [only.key]: output };
}

/** Writes an envelope with a Fault, in the form that WCF gives it. */
export function encodeFault(fault: FaultContent, { version = '1.1' }: { readonly version?: SoapVersion } = {}): string {
  return plainLayout({ namespace: '' }).envelope(version, '', '', writeFault(fault, version, 's:'));
}

/** All of a message that does not depend on its values. */
interface Plan {
  readonly envelope: EnvelopeLayout['envelope'];
  readonly header: readonly Member[];
  readonly body: readonly Member[];
  /** Around the members of the body. */
  readonly start: string;
  readonly end: string;
  readonly endOfElements: string;
}

const plans: Readonly<Record<Direction, WeakMap<Operation, Plan>>> = { request: new WeakMap(), reply: new WeakMap() };

/** Made once, and kept as long as the operation is. */
function planFor(operation: Operation, direction: Direction): Plan {
  const known = plans[direction].get(operation);
  if (known) return known;
  const made = makePlan(operation, direction, plainLayout(operation.service));
  plans[direction].set(operation, made);
  return made;
}

function makePlan(operation: Operation, direction: Direction, { header, body, envelope }: EnvelopeLayout): Plan {
  const { name, fields } = operation[direction];
  const tag = body.prefixOf(operation.service.namespace) + name;
  const indent = body.indent?.(0) ?? '';
  return {
    envelope,
    header: membersFor(header, direction === 'request' ? operation.requestHeader : operation.replyHeader, 0),
    body: membersFor(body, fields, 1),
    start: `${indent}<${tag}>`,
    end: `</${tag}>`,
    endOfElements: `${indent}</${tag}>`,
  };
}

function write(plan: Plan, version: SoapVersion, sheet: Sheet, header: object, members: unknown): string {
  try {
    const parts = writeMembers(sheet, plan.header, header, HEADER);
    const content = writeMembers(sheet, plan.body, members, null);
    const body = plan.start + content + (content === '' ? plan.end : plan.endOfElements);
    return plan.envelope(version, sheet.declarations, parts, body);
  } catch (error) {
    if (isStackOverflow(error)) throw new InputError('', 'objects too deep inside each other, or one inside itself');
    throw error;
  }
}

const HEADER: Place = { parent: null, key: 'header' };
