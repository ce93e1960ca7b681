/**
 * The address of an installation, or of its REST API.
 */
import { InputError } from '../errors.js';
import { isLoopback } from './proxy.js';

export interface BaseUrl {
  readonly origin: string;
  /** Of the folder, without a slash at its end. */
  readonly path: string;
  /** Whether what is sent there can be read by nobody else: it is encrypted, or does not leave this machine. */
  readonly secure: boolean;
}

/** What an address is to name. */
export interface Folder {
  readonly what: string;
  readonly example: string;
  /** Of a path that names more than the folder. */
  readonly more: RegExp;
}

export const SOAP_FOLDER: Folder = {
  what: 'the folder with the .svc files',
  example: 'https://host/Remote/Services88',
  more: /\.svc\/?$/i,
};

export const REST_FOLDER: Folder = {
  what: 'the folder of the REST API, which has v1 in it',
  example: 'https://host/SuperOffice/api',
  more: /\/v1(?:\/|$)|\.svc\/?$/i,
};

/**
 * @param proxy the option; what goes through a proxy does not stay on this machine
 * @throws InputError for what is no such address
 */
export function parseBaseUrl(
  text: string,
  proxy: string | false | undefined,
  { what, example, more }: Folder = SOAP_FOLDER,
): BaseUrl {
  const refuse = (found: string): never => {
    throw new InputError('baseUrl', found);
  };
  if (typeof text !== 'string') refuse(`missing; it is ${what}, as ${example}`);
  const url = URL.canParse(text) ? new URL(text) : refuse(`${shown(text)} is not a URL`);
  const { protocol, username, password, origin, hostname, pathname, search, hash } = url;
  if (protocol !== 'http:' && protocol !== 'https:') refuse(`${shown(text)} is neither http: nor https:`);
  if (username || password) refuse('a URL with a user name or password; give them as credentials');
  if (search || hash || more.test(pathname)) refuse(`${shown(text)} is more than ${what}, as ${example}`);
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
