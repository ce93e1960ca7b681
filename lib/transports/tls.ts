/**
 * TLS: what a caller may set about it, and what is always so. The server is always verified.
 */
import type { SecureContext, SecureContextOptions } from 'node:tls';
import { InputError } from '../errors.js';
import { requireKnown } from '../options.js';

/** As node:tls takes them; what is a file for other programs is its content here. */
export interface TlsOptions {
  /**
   * Certificates (PEM) of the authorities to trust, in place of those that Node trusts; a server with a self-signed
   * certificate is trusted by giving that. An https: proxy is held to them too. To add to Node's instead, name a file
   * in the environment variable NODE_EXTRA_CA_CERTS, or give `[...tls.rootCertificates, own]` with node:tls.
   */
  readonly ca?: SecureContextOptions['ca'];
  /** The client's certificate (PEM), for servers that want one. */
  readonly cert?: SecureContextOptions['cert'];
  /** The key (PEM) of `cert`. */
  readonly key?: SecureContextOptions['key'];
  /** The client's certificate and key as a PKCS #12 file, in place of `cert` and `key`. */
  readonly pfx?: SecureContextOptions['pfx'];
  /** Of `key` or `pfx`. */
  readonly passphrase?: string | undefined;
  /** The host name that the server's certificate is for, where that is not the one in the URL. */
  readonly servername?: string | undefined;
}

const OPTIONS = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'servername'];

/** @throws InputError that names the option which is not right, and never says what is in it */
export function requireTls(tls: TlsOptions | undefined): void {
  if (tls === undefined) return;
  if (typeof tls !== 'object' || tls === null) throw new InputError('tls', 'not an object with options');
  requireKnown('tls.', tls, OPTIONS);
  const { ca, cert, key, pfx, passphrase, servername } = tls;
  if (ca !== undefined) for (const each of [ca].flat()) requireCertificate(each);
  if (Array.isArray(ca) && ca.length === 0) throw new InputError('tls.ca', 'an empty list, by which nobody is trusted');
  if (passphrase !== undefined && typeof passphrase !== 'string') throw new InputError('tls.passphrase', 'not a text');
  requireUsable('tls.cert', 'no certificate in PEM', { cert });
  requireUsable('tls.key', 'no key in PEM, or not one for this passphrase', { key, passphrase });
  requireUsable('tls.pfx', 'no PKCS #12 file, or not one for this passphrase', { pfx, passphrase });
  if (cert !== undefined && key === undefined) throw new InputError('tls.key', 'missing, and tls.cert needs it');
  if (key !== undefined && cert === undefined) throw new InputError('tls.cert', 'missing, and tls.key needs it');
  requireUsable('tls.key', 'not the key of tls.cert', { cert, key, passphrase });
  if (servername !== undefined && !isHostName(servername))
    throw new InputError('tls.servername', 'not the name of a host');
}

/** An address is not told to servers as a name, and the name decides which certificate is right. */
const isHostName = (text: unknown): boolean =>
  typeof text === 'string' && /^[\w-]+(?:\.[\w-]+)*$/.test(text) && !/\.\d+$/.test(text);

/** node:tls takes a while to load, which is spared those who neither set anything about it nor connect yet. */
const tlsModule = () => process.getBuiltinModule('node:tls');

/** Node passes over what is no certificate without a word, and over the binary form as well. */
function requireCertificate(pem: unknown): void {
  const text = typeof pem === 'string' || ArrayBuffer.isView(pem) ? Buffer.from(pem as Uint8Array) : Buffer.alloc(0);
  try {
    if (text.includes('-----BEGIN ')) return void new (process.getBuiltinModule('node:crypto').X509Certificate)(text);
  } catch {
    // The error repeats nothing of use.
  }
  throw new InputError('tls.ca', 'no certificate in PEM');
}

/** Node's own messages may repeat what was given, so only the code is taken from them. */
function requireUsable(path: string, found: string, part: SecureContextOptions): void {
  try {
    tlsModule().createSecureContext(part);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(path, code ? `${found} (${code})` : found);
  }
}

export interface TlsSettings {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: true;
}

/**
 * The settings of all connections with these options. That the server is verified is set explicitly: left out,
 * NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment would switch it off.
 */
export function tlsSettings({ ca, cert, key, pfx, passphrase }: TlsOptions): TlsSettings {
  const { createSecureContext, DEFAULT_MIN_VERSION } = tlsModule();
  const minVersion = DEFAULT_MIN_VERSION === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2';
  return {
    secureContext: createSecureContext({ ca, cert, key, pfx, passphrase, minVersion }),
    rejectUnauthorized: true,
  };
}
