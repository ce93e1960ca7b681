/**
 * Logs of JSON objects, one in each line, with the keys that servers usually give: nginx, Caddy, Traefik and others.
 */
import { type LineRead, type LogRequest, mayConcernServices } from './log-request.js';
import { logTime } from './log-time.js';

/** Most lines of such a log are objects, and one at least tells of a request. */
export function looksLikeJsonLog(lines: readonly string[]): boolean {
  const objects = lines
    .map((line) => (line.trimStart().startsWith('{') ? membersOf(line) : undefined))
    .filter((members) => members !== undefined);
  return 2 * objects.length > lines.length && objects.some(isRequest);
}

export function readJsonLine(line: string): LineRead {
  const members = membersOf(line);
  if (!members) return 'unreadable';
  return mayConcernServices(line) ? (requestOf(members) ?? 'other') : 'other';
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(line: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

/** For each field the keys it may have, in lower case and without what is neither letter nor digit. */
const keys = {
  // The line of a request has its method too.
  request: ['request', 'requestline'],
  path: 'csuristem path uri url requesturi requestpath requesturl target urlpath httptarget'.split(' '),
  query: 'csuriquery query querystring args urlquery'.split(' '),
  method: 'csmethod method requestmethod httpmethod httprequestmethod verb'.split(' '),
  status: 'scstatus status statuscode responsestatus httpstatus httpstatuscode originstatus downstreamstatus'.split(
    ' ',
  ),
  time: 'time timestamp ts datetime timelocal timeiso8601 startutc msec'.split(' '),
  userAgent: 'csuseragent useragent httpuseragent requestuseragent'.split(' '),
  address: 'cip clientip clientaddress clienthost remoteaddr remoteip remotehost ip'.split(' '),
  user: 'csusername username remoteuser userid user clientusername'.split(' '),
  action: 'cssoapaction soapaction httpsoapaction requestsoapaction'.split(' '),
};

/** Settings may have an address and a method too, but no status. */
function isRequest(members: Members): boolean {
  const field = fieldsOf(members);
  return (field('request') ?? field('path')) !== undefined && isStatus(field('status') ?? '');
}

const isStatus = (text: string): boolean => /^\d{3}$/.test(text);

function requestOf(members: Members): LogRequest | undefined {
  const field = fieldsOf(members);
  const [, lineMethod, lineTarget] = /^([A-Z]+) (\S+)/.exec(field('request') ?? '') ?? [];
  const target = lineTarget ?? field('path');
  if (target === undefined) return undefined;
  const [path = '', query] = target.split('?', 2);
  const status = field('status') ?? '';
  return {
    method: lineMethod ?? field('method'),
    path,
    query: query ?? field('query'),
    status: isStatus(status) ? Number(status) : undefined,
    time: logTime(field('time')),
    userAgent: field('userAgent'),
    address: field('address'),
    user: field('user'),
    action: field('action'),
  };
}

/** Gives a field under any of its keys, outer members before inner ones; lists, as headers are in some, by their first. */
function fieldsOf(members: Members): (name: keyof typeof keys) => string | undefined {
  const found = new Map<string, string>();
  let level: readonly Members[] = [members];
  for (let depth = 0; depth < 4 && level.length > 0; depth++) {
    const inner: Members[] = [];
    for (const [key, value] of level.flatMap((each) => Object.entries(each))) {
      const item: unknown = Array.isArray(value) ? value[0] : value;
      const folded = key.toLowerCase().replace(/[^a-z\d]/g, '');
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) inner.push(value as Members);
      else if ((typeof item === 'string' || typeof item === 'number') && !found.has(folded)) {
        if (item !== '' && item !== '-') found.set(folded, String(item));
      }
    }
    level = inner;
  }
  return (name) => keys[name].map((key) => found.get(key)).find((value) => value !== undefined);
}
