/**
 * Failures before anything was sent: what they are called, and what to do about them.
 */
import { TransportError } from '../errors.js';
import { hadNoConnection } from './connector.js';

/** As much of the errors of Node and undici as is looked at. */
interface Failure {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  /** One for each address of the host. */
  readonly errors?: readonly Failure[];
  /** The URL of the proxy, without user name and password, if it failed there for the reason in `cause` or with a status. */
  readonly proxy?: string;
  readonly status?: number | undefined;
  readonly cause?: Failure;
  /** The certificate that is for another host. */
  readonly cert?: { readonly subjectaltname?: string };
}

/** The error for a call that failed before anything was sent, or undefined if it may have been sent. */
export function connectFailure(error: unknown, url: string): TransportError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const found = error as Failure;
  const failure = firstOf((found.proxy === undefined ? undefined : found.cause) ?? found);
  const ours = hadNoConnection(error);
  const status = ours ? found.status : statusOfTunnel(found);
  if (!ours && status === undefined && !isKnownAsEarly(failure)) return undefined;
  const { code = '', message = '' } = failure;
  // undici's own errors hold sockets, and through them what was sent.
  const cause = Object.assign(new Error(message), { code });
  const to = found.proxy === undefined ? url : `${url} through the proxy ${found.proxy}`;
  if (isTimeout(failure)) {
    return new TransportError('timeout', `no connection to ${to} in time`, {
      cause,
      phase: 'connect',
      outcome: 'not-sent',
    });
  }
  const what = status === undefined ? code || message : `it answered ${status}`;
  const hint = status === undefined ? hintFor(failure, found.proxy === undefined) : hintForStatus(status);
  return new TransportError('connect', `no connection to ${to} (${what})${hint && `: ${hint}`}`, { cause });
}

/** undici's own ProxyAgent tells of a refusal in its text only. */
function statusOfTunnel({ message = '' }: Failure): number | undefined {
  const status = /^Proxy response \((\d+)\) !== 200/.exec(message)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** A host with several addresses fails with one error for each of them. */
const firstOf = (failure: Failure): Failure => failure.errors?.[0] ?? failure;

/** The code alone does not tell whether a connection stood: a socket that was in use may fail with ETIMEDOUT too. */
const connecting: ReadonlySet<string | undefined> = new Set(['connect', 'getaddrinfo']);

const neverConnected = /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT)$/;

/** A handshake fails, and a certificate is refused, before anything is sent. Newer versions of OpenSSL write "SSL/TLS". */
const untrusted =
  /^(?:CERT_\w+|ERR_TLS_CERT\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|HOSTNAME_MISMATCH|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_UNSUPPORTED_PROTOCOL|ERR_SSL_[\w/]*HANDSHAKE_FAILURE)$/;

/** For errors of a caller's own dispatcher, of which nothing else is known. */
const isKnownAsEarly = ({ code = '', syscall }: Failure): boolean =>
  connecting.has(syscall) || neverConnected.test(code) || untrusted.test(code);

const isTimeout = ({ code = '' }: Failure): boolean => code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT';

function hintForStatus(status: number): string {
  if (status === 407) return 'it wants a user name and a password in its URL, http://user:password@host, or others';
  if (status === 403 || status === 405) return 'it makes no tunnels to this host and port';
  return '';
}

function hintFor({ code = '', cert }: Failure, atOrigin: boolean): string {
  const names = cert?.subjectaltname;
  if (names === undefined) return hints.find(([codes]) => codes.test(code))?.[1] ?? '';
  const other = atOrigin ? ', or the name as tls.servername' : '';
  return `its certificate is for ${printable(names)}; give a URL with such a name${other}`;
}

/** What the other side wrote. */
const printable = (text: string): string => text.replace(/[^ -~]/g, '?').slice(0, 200);

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /SELF_SIGNED|^UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|^CERT_UNTRUSTED$/,
    'its certificate comes from an authority that is not trusted here; give the certificate of that authority as tls.ca, or its file in NODE_EXTRA_CA_CERTS',
  ],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired, or the clock of this machine is wrong'],
  [/^CERT_NOT_YET_VALID$/, 'its certificate is not valid yet, or the clock of this machine is wrong'],
  [/^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/, 'it does not speak TLS; is it http:?'],
  [/^ERR_SSL_(?:UNSUPPORTED_PROTOCOL|[\w/]*PROTOCOL_VERSION)$/, 'it does not speak TLS 1.2 or newer'],
  [
    /^ERR_SSL_[\w/]*(?:HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_REQUIRED|UNKNOWN_CA|ACCESS_DENIED)$/,
    'it refused this client; perhaps it wants a certificate, tls.cert and tls.key or tls.pfx',
  ],
];
