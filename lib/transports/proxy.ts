/**
 * Which proxy, if any, stands between this program and an origin.
 */
import { BlockList, isIP, isIPv6 } from 'node:net';
import { InputError } from '../errors.js';

export interface HttpProxy {
  readonly protocol: 'http:' | 'https:';
  /** Without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: string;
  /** The value of Proxy-Authorization, where the URL has a user name. */
  readonly authorization: string | undefined;
  /** The URL without the user's name and password, for messages. */
  readonly shown: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an origin: the one of the option if there is one, none if that is `false`, and otherwise the one that
 * the environment names in `https_proxy` or `HTTPS_PROXY` (for http: origins, `http_proxy` or `HTTP_PROXY`), unless
 * `no_proxy` or `NO_PROXY` excepts the origin. This machine is never reached through a proxy of the environment, which
 * would send its secrets out of it.
 * @throws InputError for a URL that is not that of an HTTP proxy; it holds no user name or password
 */
export function proxyFor(
  origin: string,
  option: string | false | undefined,
  environment: Environment = process.env,
): HttpProxy | undefined {
  if (option === false) return undefined;
  if (option !== undefined) return parseProxy('proxy', option);
  const url = new URL(origin);
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const name = nameIn(environment, `${scheme}_proxy`);
  const value = environment[name]?.trim();
  if (!value || isLoopback(url.hostname)) return undefined;
  const excepted = isExcepted(url, environment[nameIn(environment, 'no_proxy')] ?? '');
  return excepted ? undefined : parseProxy(name, value);
}

/** The variable in lower case wins, as with curl. */
const nameIn = (environment: Environment, name: string): string =>
  environment[name] === undefined ? name.toUpperCase() : name;

function parseProxy(path: string, text: unknown): HttpProxy {
  const refuse = (found: string): never => {
    throw new InputError(path, found);
  };
  if (typeof text !== 'string') return refuse(`a value of the type ${typeof text}, not the URL of a proxy or false`);
  // Many write a host and a port only, and mean HTTP by it.
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : refuse('not a URL, as in http://proxy.example.com:8080');
  const { protocol, hostname, port, host, username, password, pathname, search, hash } = url;
  if (protocol !== 'http:' && protocol !== 'https:') {
    return refuse(`a proxy of the kind ${protocol}, and only http: and https: are spoken`);
  }
  if (pathname !== '/' || search || hash) return refuse('a URL with a path, which that of a proxy has not');
  return {
    protocol,
    hostname: bare(hostname),
    port: port || (protocol === 'https:' ? '443' : '80'),
    authorization: username || password ? basic(username, password, refuse) : undefined,
    shown: `${protocol}//${host}`,
  };
}

function basic(username: string, password: string, refuse: (found: string) => never): string {
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
  } catch {
    return refuse('a user name or password with a "%" in it, which must be written as %25');
  }
}

/** Whether a URL's host name is this machine, whatever the name servers say. */
export function isLoopback(hostname: string): boolean {
  const name = bare(hostname);
  return isIP(name) ? isIn(name, LOOPBACK) : /^(?:.+\.)?localhost$/i.test(name);
}

/** The unspecified addresses, which lead to this machine too, are among them. */
const LOOPBACK = ['127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128'];

/** A host name without the brackets of an IPv6 address and the dot of the root. */
const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

/** Whether an address is in one of some networks; IPv4 addresses written as IPv6 are seen through. */
function isIn(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    list.addSubnet(base, Number(bits), familyOf(base));
  }
  return list.check(address, familyOf(address));
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

/**
 * Whether a list such as `example.com, .example.org, 10.0.0.0/8, [::1]:8443, *` has the host of a URL in it. A name
 * stands for itself and for all below it, with or without a dot or `*.` before it.
 */
function isExcepted({ protocol, hostname, port }: URL, list: string): boolean {
  const host = bare(hostname).toLowerCase();
  const itsPort = port || (protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, wanted] = isIP(entry) ? [] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? []);
      return (wanted === undefined || wanted === itsPort) && isMeant(host, bare(name).replace(/^\*?\./, ''));
    });
}

function isMeant(host: string, name: string): boolean {
  if (!isIP(host)) return name !== '' && (host === name || host.endsWith(`.${name}`));
  const [, base = '', bits] = /^(.*?)(?:\/(\d{1,3}))?$/.exec(name) ?? [];
  const most = isIPv6(base) ? 128 : 32;
  return isIP(base) !== 0 && Number(bits ?? most) <= most && isIn(host, [`${base}/${bits ?? most}`]);
}
