/**
 * What a reply of REST says: a result, a refusal in any of the forms that the service has for it, or nothing to be trusted.
 */
import { faultOfException } from '../codec/fault.js';
import { parseJson, reading } from '../codec/json.js';
import { readJson } from '../codec/json-read.js';
import { type ExceptionInfo, type Operation, qualifiedName } from '../codec/operation.js';
import type { Schema } from '../codec/schema.js';
import { Fault, ProtocolError } from '../errors.js';
import type { RestStyle } from './endpoints.js';

export interface RestReplyOptions {
  readonly style: RestStyle;
  /** Objects inside each other; 256 by default. */
  readonly depth?: number | undefined;
  readonly loginRefusals?: readonly string[] | undefined;
}

/**
 * The output of a call that was answered with a success.
 * @param document the body; undefined where there is none, as with the status 204
 * @throws Fault for a success that is none: an account of an error, or the null of an agent call that failed
 * @throws ProtocolError for anything that is not the result of this operation
 */
export function decodeRestReply(
  operation: Operation,
  document: string | undefined,
  options: RestReplyOptions,
): unknown {
  const { style, depth, loginRefusals } = options;
  const [field] = operation.reply.fields;
  return reading(operation, () => {
    const json = document === undefined ? null : parseJson(document);
    const fault = faultOfJson(operation, json, loginRefusals);
    if (fault) throw fault;
    if (json === null && isFailure(operation, style, document)) throw answeredNull(operation);
    if (!field) return requireNothing(operation, json);
    requireMember(field.type, json);
    return readJson(field, json, { depth });
  });
}

/**
 * Whether null is a failure. The documentation of the agents: a call that fails returns null, and where there is nothing to
 * return, there is no content. The entity style tells failures by the status, but what a call makes is to be there.
 */
function isFailure({ name, reply, retry }: Operation, style: RestStyle, document: string | undefined): boolean {
  if (reply.fields.length === 0) return style === 'agent' && document !== undefined;
  return !mayBeNull.has(name) && (style === 'agent' || retry !== 'read');
}

/** A nil result of these says that nobody was waiting. The second is inferred from the first. */
const mayBeNull: ReadonlySet<string> = new Set(['PickUpChatSession', 'PickUpFirstChatSession']);

/** The reason of a Fault for null, by which it is known. */
export const ANSWERED_NULL =
  'the service answered null, as its REST agents do for a call that failed, and gives no reason';

/** How far the call had come is not known. */
const answeredNull = (operation: Operation): Fault =>
  new Fault('service', ANSWERED_NULL, { operation: qualifiedName(operation), outcome: 'unknown' });

function requireNothing({ name }: Operation, json: unknown): undefined {
  if (json === null || json === '') return undefined;
  throw new ProtocolError('schema', `something was answered to ${name}, which has no result`, { path: '$' });
}

/** An object that has nothing of the result in it, or of its items, is an answer to something else. */
function requireMember(type: Schema, json: unknown, path = '$'): void {
  if (type.kind === 'array' && Array.isArray(json)) {
    for (const [index, item] of json.entries()) requireMember(type.item.type, item, `${path}[${index}]`);
  }
  if (type.kind !== 'complex' || typeof json !== 'object' || json === null || Array.isArray(json)) return;
  if (type.fields.some(({ name, key }) => Object.hasOwn(json, name) || Object.hasOwn(json, key))) return;
  throw new ProtocolError('schema', `an object that has no member of ${type.name}`, { path });
}

/**
 * The refusal that a body states, whatever its status; undefined where it states none. Known are that of the entity style
 * (`Error`, `ErrorType`, `ErrorMessage`), those of .NET's web frameworks (`Message`, `MessageDetail`, `ExceptionMessage` and so
 * on; `title`, `status` and `detail` of RFC 9457), and the service's own ExceptionInfo.
 * @param status the one that it came with
 */
export function faultOfJson(
  operation: Operation,
  json: unknown,
  loginRefusals?: readonly string[] | undefined,
  status = 200,
): Fault | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const members = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
  for (const { read, isService } of forms) {
    const info = read(members);
    if (!info) continue;
    const fault = faultOfException(operation, info, 'the service gave no reason', loginRefusals);
    // The service says that it did not do it; that a framework failed does not say how far the call had come, unless the
    // status finds fault with the request.
    const blamed = status >= 400 && status < 500;
    if (!isService && !blamed && fault.code !== 'login') fault.outcome = 'unknown';
    return fault;
  }
  return undefined;
}

type Members = ReadonlyMap<string, unknown>;

const text = (members: Members, name: string): string | undefined => {
  const value = members.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const only = (members: Members, names: readonly string[]): boolean =>
  [...members.keys()].every((name) => names.includes(name));

const webErrors = [
  'message',
  'messagedetail',
  'messagelanguage',
  'modelstate',
  'exceptionmessage',
  'exceptiontype',
  'stacktrace',
  'innerexception',
  'errorcode',
];

const problems = ['type', 'title', 'status', 'detail', 'instance', 'traceid', 'errors'];

interface Form {
  /** An ExceptionInfo, where the members are of this form. */
  readonly read: (members: Members) => ExceptionInfo | undefined;
  /** Whether it is the service that speaks, and not the framework around it. */
  readonly isService: boolean;
}

const forms: readonly Form[] = [
  {
    isService: true,
    read: (members) =>
      members.get('error') === true || (members.has('errormessage') && members.has('errortype'))
        ? info({
            message: text(members, 'errormessage'),
            exceptionType: text(members, 'errortype'),
            source: text(members, 'errorsource'),
          })
        : undefined,
  },
  {
    isService: false,
    read: (members) => {
      if (!members.has('message') || !only(members, webErrors)) return undefined;
      const [message, detail, thrown] = ['message', 'messagedetail', 'exceptionmessage'].map((name) =>
        text(members, name),
      );
      const said = detail ? `${message ?? ''}${message ? ': ' : ''}${detail}` : message;
      return info({
        message: thrown ?? said,
        friendlyText: thrown === undefined ? undefined : said,
        exceptionType: text(members, 'exceptiontype'),
      });
    },
  },
  {
    isService: false,
    read: (members) =>
      members.has('title') && typeof members.get('status') === 'number' && only(members, problems)
        ? info({ message: text(members, 'detail') ?? text(members, 'title') })
        : undefined,
  },
  {
    isService: true,
    read: (members) =>
      members.has('exceptiontype') && members.has('friendlytext')
        ? info({
            message: text(members, 'message'),
            friendlyText: text(members, 'friendlytext'),
            exceptionType: text(members, 'exceptiontype'),
          })
        : undefined,
  },
];

/** Without what is not there. */
const info = (found: { readonly [Name in keyof ExceptionInfo]?: ExceptionInfo[Name] | undefined }): ExceptionInfo =>
  Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
