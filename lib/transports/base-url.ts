/**
 * The address of an installation.
 */
import { InputError } from '../errors.js';
import { isLoopback } from './proxy.js';

export interface BaseUrl {
  readonly origin: string;
  /** Of the folder with the .svc files, without a slash at its end. */
  readonly path: string;
  /** Whether what is sent there can be read by nobody else: it is encrypted, or does not leave this machine. */
  readonly secure: boolean;
}

/**
 * @param proxy the option; what goes through a proxy does not stay on this machine
 * @throws InputError for what is no such address
 */
export function parseBaseUrl(text: string, proxy: string | false | undefined): BaseUrl {
  const refuse = (found: string): never => {
    throw new InputError('baseUrl', found);
  };
  if (typeof text !== 'string')
    refuse('missing; it is the folder with the .svc files, as https://host/Remote/Services88');
  const url = URL.canParse(text) ? new URL(text) : refuse(`${shown(text)} is not a URL`);
  const { protocol, username, password, origin, hostname, pathname, search, hash } = url;
  if (protocol !== 'http:' && protocol !== 'https:') refuse(`${shown(text)} is neither http: nor https:`);
  if (username || password) refuse('a URL with a user name or password; give them as credentials');
  if (search || hash || /\.svc\/?$/i.test(pathname)) {
    refuse(
      `${shown(text)} is more than a folder; give the one that holds Chat.svc, as in https://host/Remote/Services88`,
    );
  }
  const secure = protocol === 'https:' || (isLoopback(hostname) && typeof proxy !== 'string');
  return { origin, path: pathname.replace(/\/+$/, ''), secure };
}

/** @throws InputError where credentials would go over a connection that others can read, and nobody allowed that */
export function requireSecure({ origin, secure }: BaseUrl, allowInsecure: boolean | undefined): void {
  if (secure || allowInsecure === true) return;
  throw new InputError(
    'baseUrl',
    `credentials would go to ${origin} as readable text; use https:, or say allowInsecure: true if that is how it must be`,
  );
}

/** A URL without what may be secret in it. */
const shown = (text: string): string =>
  text.includes('@') ? 'a text with "@"' : JSON.stringify(text.replace(/(?<=[?#]).*$/s, '…'));
