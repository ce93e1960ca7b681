/**
 * Refusals of the service as errors: a Fault element, or the ExceptionInfo and Succeeded parts of a reply's header.
 */
import { Fault, type FaultOptions } from '../errors.js';
import { type ExceptionInfo, type Operation, qualifiedName, type ReplyHeader } from './operation.js';
import { type FaultCodePart, type FaultParts, type SoapVersion, versions } from './versions.js';
import { escapeText, replaceUnwritable } from './writer.js';
import { findElement, textOf } from './xml.js';

/**
 * What says that the ticket or the credentials were refused, so that nothing was executed and a new login helps: .NET
 * exception types (their last part), and fault codes of WS-Security. Inferred: the service's documentation names none.
 */
const loginRefusals: ReadonlySet<string> = new Set([
  'SoSessionException',
  'SoSessionExpiredException',
  'SoAuthenticationException',
  'FailedAuthentication',
  'InvalidSecurityToken',
  'SecurityTokenExpired',
]);

/** Further names that say the same, which an installation may have. */
type More = readonly string[] | undefined;

function isLoginRefusal(name: string | undefined, more: More): boolean {
  const last = name?.split('.').pop() ?? '';
  return loginRefusals.has(last) || (more?.some((one) => one === name || one === last) ?? false);
}

/** The Fault that a reply's header states, or undefined where it states none. */
export function faultOfHeader(
  operation: Operation,
  { exceptionInfo, succeeded }: ReplyHeader,
  more: More,
): Fault | undefined {
  if (exceptionInfo) return faultOfException(operation, exceptionInfo, 'the service gave no reason', more);
  if (succeeded !== false) return undefined;
  return new Fault('service', 'the service says that it did not succeed, and gives no reason', {
    operation: qualifiedName(operation),
  });
}

/** The error for what the service says of an exception. */
export function faultOfException(operation: Operation, info: ExceptionInfo, otherwise: string, more: More): Fault {
  const exceptionType = info.exceptionType ?? undefined;
  const inner = info.innerException ? faultOfException(operation, info.innerException, 'no message', more) : undefined;
  return new Fault(
    isLoginRefusal(exceptionType, more) ? 'login' : 'service',
    info.message || info.friendlyText || otherwise,
    {
      operation: qualifiedName(operation),
      exceptionType,
      friendlyText: info.friendlyText ?? undefined,
      parameters: info.parameters ?? undefined,
      cause: inner,
    },
  );
}

/** The error for a Fault element. */
export function faultOfElement(operation: Operation, parts: FaultParts, more: More): Fault {
  const faultCode = parts.faultcode ?? innermost(parts.code) ?? '';
  const detail = parts.detail ?? parts.detailOf12;
  // What WCF writes about an exception, or the service's own type, wherever it stands in the detail.
  const type = detail && (findElement(detail, 'ExceptionType') ?? findElement(detail, 'Type'));
  const exceptionType = type ? textOf(type) : undefined;
  const friendly = detail && findElement(detail, 'FriendlyText');
  const options: FaultOptions = {
    operation: qualifiedName(operation),
    faultCode: commonName(faultCode),
    exceptionType,
    friendlyText: friendly ? textOf(friendly) : undefined,
    detail,
  };
  const text = parts.faultstring ?? parts.reason?.[0];
  const reason = (text && textOf(text)) || 'the Fault gives no reason';
  if (isLoginRefusal(faultCode, more) || isLoginRefusal(exceptionType, more)) {
    return new Fault('login', reason, options);
  }
  // That a server failed does not say how far it had come.
  const outcome = blamesRequest(options.faultCode) ? 'refused' : 'unknown';
  return new Fault('soap-fault', reason, { ...options, outcome });
}

/** Whether a fault code finds fault with the request, which is not executed then. */
export const blamesRequest = (faultCode: string | undefined): boolean =>
  ['Client', 'VersionMismatch', 'MustUnderstand', 'ActionNotSupported'].includes(faultCode ?? '');

/** The subcode that says most: SOAP 1.2 has a code of its own around it. */
const innermost = (code: FaultCodePart | undefined): string | undefined =>
  code?.subcode ? innermost(code.subcode) : code?.value;

const commonName = (code: string): string =>
  Object.entries(versions['1.2'].faultCodes).find(([, name]) => name === code)?.[0] ?? code;

/** What to say in a Fault element. A `Fault` error is such a thing. */
export interface FaultContent {
  /** A code that SOAP defines, by its 1.1 name (`Client`, `Server`), or one of the service's own, which makes it a `Server` fault. */
  readonly faultCode?: string | undefined;
  readonly reason: string;
  readonly exceptionType?: string | undefined;
}

const DISPATCHER = 'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher';
const SERVICE_MODEL = 'http://schemas.datacontract.org/2004/07/System.ServiceModel';

/** The Fault element, in the form that WCF gives it. `prefix` is that of the envelope. */
export function writeFault(
  { faultCode, reason, exceptionType }: FaultContent,
  version: SoapVersion,
  prefix: string,
): string {
  const defined = versions[version].faultCodes[faultCode || 'Server'];
  const text = `xml:lang="en">${writable(reason)}`;
  const own = `xmlns:a="${DISPATCHER}">a:${writable(faultCode ?? '')}`;
  const content = exceptionType === undefined ? '' : writeExceptionDetail(reason, exceptionType);
  if (version === '1.1') {
    const code = defined === undefined ? `<faultcode ${own}</faultcode>` : `<faultcode>${prefix}${defined}</faultcode>`;
    return `<${prefix}Fault>${code}<faultstring ${text}</faultstring>${content && `<detail>${content}</detail>`}</${prefix}Fault>`;
  }
  const p = prefix;
  const sub = defined === undefined ? `<${p}Subcode><${p}Value ${own}</${p}Value></${p}Subcode>` : '';
  const code = `<${p}Code><${p}Value>${p}${defined ?? 'Receiver'}</${p}Value>${sub}</${p}Code>`;
  const detail = content && `<${p}Detail>${content}</${p}Detail>`;
  return `<${p}Fault>${code}<${p}Reason><${p}Text ${text}</${p}Text></${p}Reason>${detail}</${p}Fault>`;
}

/** What is said in a fault may come from anywhere, and a fault must be told all the same. */
const writable = (text: string): string => escapeText(replaceUnwritable(text), null);

/** The detail that WCF gives where exceptions are shown. */
function writeExceptionDetail(reason: string, exceptionType: string): string {
  const type = `<Message>${writable(reason)}</Message><Type>${writable(exceptionType)}</Type>`;
  return `<ExceptionDetail xmlns="${SERVICE_MODEL}">${type}</ExceptionDetail>`;
}
