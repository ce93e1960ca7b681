/**
 * What a status says beside what comes with it: a Fault, how long to wait, and where else to go.
 */
import { inspect } from 'node:util';
import { type Call, Chat, encodeFault, isRetryable, soapTransport, type TransportError } from '../../../lib/index.js';
import { answering, closedAfterEach, errorOf } from './servers.js';

const keep = closedAfterEach();

const XML = { 'content-type': 'text/xml; charset=utf-8' };

/** The error of a call that is answered so. */
async function errorUnder(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
  header: Call['header'] = {},
): Promise<TransportError> {
  const server = keep(await answering(status, body, headers));
  const transport = keep(soapTransport({ baseUrl: server.baseUrl }));
  const call = { operation: Chat.getChatMessages, input: { chatSessionId: 42, after: 0 }, header };
  return (await errorOf(transport(call))) as TransportError;
}

describe('a Fault', () => {
  const body = encodeFault({ faultCode: 'Server', reason: 'come back later' });

  test.each([
    [429, 'refused'],
    [502, 'unknown'],
    [503, 'unknown'],
    [504, 'unknown'],
  ])('under %d is that status, by which a read is tried again, and the Fault its cause', async (status, outcome) => {
    const error = await errorUnder(status, { ...XML, 'retry-after': '7' }, body);
    expect(error).toMatchObject({ kind: 'transport', code: 'http-status', status, outcome, retryAfterMs: 7000 });
    expect(error.cause).toMatchObject({ kind: 'fault', code: 'soap-fault', reason: 'come back later' });
    expect(error.message).toContain('come back later');
    expect(isRetryable(error, Chat.getChatMessages)).toBe(true);
  });

  test('under 429 that finds fault with the request is that status all the same', async () => {
    const client = encodeFault({ faultCode: 'Client', reason: 'too many' });
    expect(await errorUnder(429, XML, client)).toMatchObject({ code: 'http-status', cause: { faultCode: 'Client' } });
  });

  test.each([400, 403, 404, 405, 409, 413, 415, 500, 501, 505, 599])('under %d is that Fault', async (status) => {
    const error = await errorUnder(status, { ...XML, 'retry-after': '7' }, body);
    expect(error).toMatchObject({ kind: 'fault', code: 'soap-fault', outcome: 'unknown', http: { status } });
    expect(isRetryable(error, Chat.getChatMessages)).toBe(false);
  });
});

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7000],
    [' 120 ', 120_000],
    ['999999999', 999_999_999_000],
  ])('of %j is seconds', async (value, retryAfterMs) => {
    expect(await errorUnder(503, { 'retry-after': value })).toMatchObject({ retryAfterMs });
  });

  test.each(['2.5', '-5', 'soon', '9'.repeat(20), '', '1e3', '+5', '5 s', '7, 8', '2100-01-01', '1 Jan 2100'])(
    'of %j is no wait that is known',
    async (value) => {
      const error = await errorUnder(503, { 'retry-after': value });
      expect(error).toMatchObject({ status: 503, retryAfterMs: undefined });
      expect(error.message).not.toContain('wait');
    },
  );

  const inAnHour = (): string => new Date(Date.now() + 3_600_000).toUTCString();

  test.each<[string, () => string]>([
    ['as HTTP has it', inAnHour],
    ['with the name of its day in full', () => inAnHour().replace(/^\w+/, 'Wednesday')],
  ])('of a date %s is the time until then', async (_, date) => {
    const { retryAfterMs } = await errorUnder(503, { 'retry-after': date() });
    expect(retryAfterMs).toBeGreaterThan(3_000_000);
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });
});

describe('the error of a redirect', () => {
  const redirectTo = (location: string, header?: Call['header']) => errorUnder(307, { location }, '', header);

  test('names the origin and the path to which it leads, and nothing else of it', async () => {
    const { code, message } = await redirectTo('https://u:pw@login.example.com:8443/adfs/ls?wa=x&y=hidden#part');
    expect(code).toBe('redirect');
    expect(message).toContain('https://login.example.com:8443/adfs/ls,');
    for (const rest of ['u:pw', 'wa=', 'hidden', 'part']) expect(message).not.toContain(rest);
  });

  test('shows no secret that is in the path', async () => {
    const ticket = '7T:ticket-that-is-secret';
    for (const path of [ticket, encodeURIComponent(ticket)]) {
      const error = await redirectTo(`https://login.example.com/for/${path}/x`, { credentials: { ticket } });
      // What stands beside it without a gap may go with it.
      expect(error.message).toMatch(/sent elsewhere, to \S*\[redacted\]/);
      expect(inspect(error)).not.toContain('ticket-that-is-secret');
    }
  });

  test.each(['', 'http://[', 'javascript:alert(1)'])(
    'names nothing where the Location is no URL: %j',
    async (location) => {
      const { message } = await redirectTo(location);
      expect(message).toContain('HTTP 307: the server wants the call sent elsewhere, which');
    },
  );

  test('names the whole of where a relative Location leads', async () => {
    const { message } = await redirectTo('/login?next=x');
    expect(message).toMatch(/elsewhere, to http:\/\/127\.0\.0\.1:\d+\/login, which/);
  });

  test('names no more than the beginning of a path that is long', async () => {
    const { message } = await redirectTo(`https://login.example.com/${'a'.repeat(5000)}`);
    expect(message.length).toBeLessThan(500);
  });
});
