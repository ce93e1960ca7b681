/**
 * The options of a SOAP server: what there is, what is wrong with one, and what holds where one is left out.
 */
import { defaultLimits } from '../codec/lexer.js';
import { type SoapVersion, versions } from '../codec/versions.js';
import { ILLEGAL_CHARACTERS, type IllegalCharacters } from '../codec/writer.js';
import { InputError } from '../errors.js';
import { requireCount, requireFunction, requireKnown, requireMilliseconds, requireOneOf } from '../options.js';

export interface ServeSoapOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** The address to listen on; `127.0.0.1` by default, so that nothing outside this machine can connect. */
  readonly host?: string | undefined;
  /** The folder of the .svc files; `/Remote/Services88` by default. */
  readonly path?: string | undefined;
  /**
   * How a refused call is answered, as the service's own setting WrapExceptions decides: by a reply with the header
   * parts ExceptionInfo and Succeeded=false under HTTP 200 (the default), or by a soap:Fault under HTTP 500.
   */
  readonly errors?: 'exception-info' | 'soap-fault' | undefined;
  /** The versions that are answered; only `'1.1'` by default, as the service's WSDL binds. */
  readonly versions?: readonly SoapVersion[] | undefined;
  /** The most bytes of a request; 16 MiB by default. */
  readonly requestBytes?: number | undefined;
  /** What becomes of characters in a reply that XML cannot carry: a Fault (`'refuse'`, the default), or U+FFFD for each. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
  readonly timeouts?: ServeTimeouts | undefined;
  /** Milliseconds that the transport has for a call, which is answered by a Fault then; 60 s by default. */
  readonly callMs?: number | undefined;
  /** Milliseconds after which `close` cuts off those who have no answer by then; 10 s by default. */
  readonly closeMs?: number | undefined;
  /**
   * Is told what went wrong behind the server: clients learn only that the call failed. What it throws is ignored.
   * @param operation `'Chat.GetChatMessages'`; undefined where it went wrong outside of a call
   */
  readonly onError?: ((error: unknown, operation: string | undefined) => void) | undefined;
}

/** After which time a client is cut off that is too slow, in milliseconds; Infinity for no limit. */
export interface ServeTimeouts {
  /** Until the head of its request must be there, and before that the first byte; 20 s by default. */
  readonly headers?: number | undefined;
  /** Until its whole request must be there; 60 s by default. */
  readonly request?: number | undefined;
  /** Without reading any more of the answer; 30 s by default. */
  readonly idle?: number | undefined;
}

/** All that holds for a server. */
export type Settings = ReturnType<typeof settingsOf>;

export function settingsOf(options: ServeSoapOptions) {
  requireServeOptions(options);
  const { headers = 20_000, request = 60_000, idle = 30_000 } = options.timeouts ?? {};
  const { port = 0, host = '127.0.0.1', path = '/Remote/Services88', illegalCharacters, onError } = options;
  const { errors = 'exception-info', versions: answered = ['1.1'], requestBytes = defaultLimits.bytes } = options;
  const { callMs = 60_000, closeMs = 10_000 } = options;
  return {
    port,
    host,
    path: path.replace(/\/$/, ''),
    errors,
    versions: answered,
    requestBytes,
    illegalCharacters,
    timeouts: { headers, request, idle },
    callMs,
    closeMs,
    onError,
  };
}

const OPTIONS = [
  'port',
  'host',
  'path',
  'errors',
  'versions',
  'requestBytes',
  'illegalCharacters',
  'timeouts',
  'callMs',
  'closeMs',
  'onError',
];

function requireServeOptions(options: ServeSoapOptions): void {
  requireKnown('', options, OPTIONS);
  requireKnown('timeouts.', options.timeouts ?? {}, ['headers', 'request', 'idle']);
  const { port, host, path, timeouts, onError } = options;
  requireCount('port', port, 0);
  if (port !== undefined && port > 65_535) throw new InputError('port', `${port}, and the highest is 65535`);
  if (host !== undefined && (typeof host !== 'string' || host === '')) throw new InputError('host', 'no address');
  if (path !== undefined && !PATH.test(path)) throw new InputError('path', `${JSON.stringify(path)} is no path`);
  requireOneOf('errors', options.errors, ['exception-info', 'soap-fault']);
  requireVersions(options.versions);
  requireCount('requestBytes', options.requestBytes);
  requireOneOf('illegalCharacters', options.illegalCharacters, ILLEGAL_CHARACTERS);
  for (const [key, value] of Object.entries(timeouts ?? {})) requireMilliseconds(`timeouts.${key}`, value);
  requireMilliseconds('callMs', options.callMs);
  requireMilliseconds('closeMs', options.closeMs);
  requireFunction('onError', onError);
}

/** Segments of characters that stand for themselves in a URL; none at all is the root. */
const PATH = /^(?:\/[\w.~!$&'()*+,;=:@-]+)*\/?$/;

function requireVersions(given: readonly SoapVersion[] | undefined): void {
  if (given === undefined) return;
  if (!Array.isArray(given) || given.length === 0) throw new InputError('versions', 'not a list of versions');
  for (const [index, version] of given.entries()) requireOneOf(`versions[${index}]`, version, Object.keys(versions));
}
