/**
 * A request as a web server logged it, and the call that it was.
 */
import { serviceName } from './operations.js';

/** Undefined is what the log does not have. */
export interface LogRequest {
  readonly method?: string | undefined;
  readonly path: string;
  readonly query?: string | undefined;
  readonly status?: number | undefined;
  /** `2026-03-01T10:00:00Z`, without the Z where the log states no zone. */
  readonly time?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly address?: string | undefined;
  readonly user?: string | undefined;
  /** A text in which the SOAPAction is, or nothing of the kind. */
  readonly action?: string | undefined;
}

/** A line that is a request of something else, one that is no request, and one that cannot be read. */
export type LineRead = LogRequest | 'other' | 'nothing' | 'unreadable';

/** Reads the lines of one log, in their order. */
export type LogReader = (line: string) => LineRead;

/** A request for one of the services. */
export interface ServiceRequest {
  readonly request: LogRequest;
  readonly release: string | null;
  readonly service: string;
  /** Null where the log does not tell. */
  readonly operation: string | null;
  /** What is no call asks for the WSDL or the service's page. */
  readonly isCall: boolean;
}

/** Whether a line is worth more than a look at whether it can be read; true for every request of a service. */
export const mayConcernServices = (line: string): boolean => WORDS.test(line);

const WORDS = /\.svc|netserver/i;

/** The request for a service that a request was; undefined for others. */
export function serviceRequestOf(request: LogRequest): ServiceRequest | undefined {
  const named = namedBy(ACTION, request.action) ?? namedBy(ENDPOINT, request.path) ?? namedBy(SERVICE, request.path);
  if (!named) return undefined;
  const { method, query = '' } = request;
  const isCall = (method === undefined || /^post$/i.test(method)) && !/^(?:.*&)?(?:single)?wsdl/i.test(query);
  // One by one: to spread the objects would take longer than all else that is done with a line.
  const { release, service, operation } = named;
  return { request, release, service, operation, isCall };
}

const ACTION = /\/NetServer\/Services(\d{2,3})\/(\w{1,64})\/(\w{1,128})/i;
const ENDPOINT = /\/Services(\d{2,3})\/([a-z]\w{0,63})\.svc(?:[/?]|$)/i;
const SERVICE = /\/()(Chat|SoPrincipal)\.svc(?:[/?]|$)/i;

function namedBy(pattern: RegExp, text: string | undefined) {
  const found = text === undefined ? undefined : pattern.exec(text);
  if (!found) return undefined;
  const [, release, service = '', operation = null] = found;
  return { release: release || null, service: serviceName(service), operation };
}
