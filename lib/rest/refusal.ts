/**
 * The forms in which the service, or the framework that it stands in, says in JSON that it did not do something.
 */
import { faultOfException } from '../codec/fault.js';
import type { ExceptionInfo, Operation } from '../codec/operation.js';
import type { Fault } from '../errors.js';

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
