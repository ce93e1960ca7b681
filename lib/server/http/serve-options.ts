/**
 * The options of every kind of server: what there is, what is wrong with one, and what holds where one is left out.
 */
import { defaultLimits } from '../../codec/lexer.js';
import { InputError } from '../../errors.js';
import { requireCount, requireFunction, requireKnown, requireMilliseconds, requirePort } from '../../options.js';
import type { ServedCall } from './served-call.js';

export interface ServeOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** The address to listen on; `127.0.0.1` by default, so that nothing outside this machine can connect. */
  readonly host?: string | undefined;
  /** The folder that is served. */
  readonly path?: string | undefined;
  /** The most bytes of a request; 16 MiB by default. */
  readonly requestBytes?: number | undefined;
  readonly timeouts?: ServeTimeouts | undefined;
  /** Milliseconds that the transport has for a call, which is answered as failed then; 60 s by default. */
  readonly callMs?: number | undefined;
  /** Milliseconds after which `close` cuts off those who have no answer by then; 10 s by default. */
  readonly closeMs?: number | undefined;
  /**
   * Is told what went wrong behind the server: clients learn only that the call failed. What it throws is ignored.
   * @param operation `'Chat.GetChatMessages'`; undefined where it went wrong outside of a call
   */
  readonly onError?: ((error: unknown, operation: string | undefined) => void) | undefined;
  /** Is told of each call that was understood, when its answer is made. What it throws is ignored. */
  readonly onCall?: ((seen: ServedCall) => void) | undefined;
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

/** All that holds for a server of whatever kind. */
export type Settings = ReturnType<typeof settingsOf>;

/**
 * @param folder what is served where no path is given
 * @param own the options that this kind of server has beside these
 */
export function settingsOf(options: ServeOptions, folder: string, own: readonly string[]) {
  requireServeOptions(options, own);
  const { headers = 20_000, request = 60_000, idle = 30_000 } = options.timeouts ?? {};
  const { port = 0, host = '127.0.0.1', path = folder, requestBytes = defaultLimits.bytes, onError, onCall } = options;
  const { callMs = 60_000, closeMs = 10_000 } = options;
  return {
    port,
    host,
    path: path.replace(/\/$/, ''),
    requestBytes,
    timeouts: { headers, request, idle },
    callMs,
    closeMs,
    onError,
    onCall,
  };
}

const OPTIONS = ['port', 'host', 'path', 'requestBytes', 'timeouts', 'callMs', 'closeMs', 'onError', 'onCall'];

function requireServeOptions(options: ServeOptions, own: readonly string[]): void {
  requireKnown('', options, [...OPTIONS, ...own]);
  requireKnown('timeouts.', options.timeouts ?? {}, ['headers', 'request', 'idle']);
  const { port, host, path, timeouts } = options;
  requirePort('port', port);
  if (host !== undefined && (typeof host !== 'string' || host === '')) throw new InputError('host', 'no address');
  if (path !== undefined && !PATH.test(path)) throw new InputError('path', `${JSON.stringify(path)} is no path`);
  requireCount('requestBytes', options.requestBytes);
  for (const [key, value] of Object.entries(timeouts ?? {})) requireMilliseconds(`timeouts.${key}`, value);
  requireMilliseconds('callMs', options.callMs);
  requireMilliseconds('closeMs', options.closeMs);
  requireFunction('onError', options.onError);
  requireFunction('onCall', options.onCall);
}

/** Segments of characters that stand for themselves in a URL; none at all is the root. */
const PATH = /^(?:\/[\w.~!$&'()*+,;=:@-]+)*\/?$/;
