import type { Outcome } from '../../../lib/errors.js';
import {
  type Call,
  Chat,
  encodeFault,
  encodeReply,
  type Operation,
  type RequestHeader,
  type SoapTransportOptions,
  SoPrincipal,
  soapTransport,
} from '../../../lib/index.js';
import { answering, closedAfterEach, errorOf, httpServer, type TestServer } from './servers.js';

const keep = closedAfterEach();

const transportTo = ({ baseUrl }: Pick<TestServer, 'baseUrl'>, options: Partial<SoapTransportOptions> = {}) =>
  keep(soapTransport({ baseUrl, ...options }));

const callOf = (operation: Operation, input: unknown = {}, header: RequestHeader = {}): Call => ({
  operation,
  input,
  header,
});

const aCall = (header: RequestHeader = {}): Call =>
  callOf(Chat.getChatMessages, { chatSessionId: 42, after: 7 }, header);

const aReply = (message = 'hello', version: '1.1' | '1.2' = '1.1'): string =>
  encodeReply(Chat.getChatMessages, [{ chatMessageId: 1, message }], { version });

const aLogin = (): string =>
  encodeReply(SoPrincipal.authenticateImplicit, { authenticationSucceeded: true, credentials: { ticket: 't' } });

const htmlPage = { 'content-type': 'text/html; charset=utf-8' };

/** The text of the first element of that name, whatever its prefix. */
const textOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1];

describe('the request of the SOAP transport', () => {
  test('is a POST to the file of the service below the base URL', async () => {
    const server = keep(await answering(200, aReply()));
    await transportTo(server)(aCall());
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/Remote/Services88/Chat.svc' });
  });

  test('of SoPrincipal goes to the file of SoPrincipal', async () => {
    const server = keep(await answering(200, aLogin()));
    await transportTo(server)(callOf(SoPrincipal.authenticateImplicit));
    expect(server.seen[0]?.url).toBe('/Remote/Services88/SoPrincipal.svc');
  });

  test('of SOAP 1.1 has a quoted SOAPAction and the type text/xml', async () => {
    const server = keep(await answering(200, aReply()));
    await transportTo(server)(aCall());
    expect(server.seen[0]?.headers).toMatchObject({
      soapaction: `"${Chat.getChatMessages.soapAction}"`,
      'content-type': 'text/xml; charset=utf-8',
    });
  });

  test('of SOAP 1.2 has the action in its type and no SOAPAction', async () => {
    const server = keep(
      await answering(200, aReply('hello', '1.2'), { 'content-type': 'application/soap+xml; charset=utf-8' }),
    );
    const { output } = await transportTo(server, { version: '1.2' })(aCall());
    expect(output).toMatchObject([{ message: 'hello' }]);
    expect(server.seen[0]?.headers['content-type']).toBe(
      `application/soap+xml; charset=utf-8; action="${Chat.getChatMessages.soapAction}"`,
    );
    expect(server.seen[0]?.headers).not.toHaveProperty('soapaction');
    expect(server.seen[0]?.body).toContain('http://www.w3.org/2003/05/soap-envelope');
  });

  test('states its length, and what compression it takes', async () => {
    const server = keep(await answering(200, aReply()));
    await transportTo(server)(aCall());
    const { headers, body } = server.seen[0] ?? { headers: {}, body: '' };
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(headers['accept-encoding']).toBe('gzip, deflate');
  });

  test('holds the input', async () => {
    const server = keep(await answering(200, aReply()));
    await transportTo(server)(aCall());
    const body = server.seen[0]?.body ?? '';
    expect(textOf(body, 'ChatSessionID') ?? textOf(body, 'ChatSessionId')).toBe('42');
    expect(textOf(body, 'After')).toBe('7');
  });

  test('is UTF-8', async () => {
    const server = keep(await answering(200, encodeReply(Chat.addChatMessage, { chatMessageId: 1 })));
    const message = { chatSessionId: 1, message: 'blåbær 😀' };
    await transportTo(server)(callOf(Chat.addChatMessage, { chatSessionId: 1, message }));
    expect(server.seen[0]?.body).toContain('blåbær 😀');
  });

  test('has the default header parts', async () => {
    const server = keep(await answering(200, aReply()));
    const header = { applicationToken: 'app', timeZone: { soTimeZoneLocationCode: 'NO' } };
    await transportTo(server, { header })(aCall({ credentials: { ticket: 'a ticket' } }));
    const body = server.seen[0]?.body ?? '';
    expect(textOf(body, 'ApplicationToken')).toBe('app');
    expect(textOf(body, 'SoTimeZoneLocationCode')).toBe('NO');
    expect(textOf(body, 'Ticket')).toBe('a ticket');
  });

  test('has a default header part only where the operation has it', async () => {
    const server = keep(await answering(200, aLogin()));
    const header = {
      applicationToken: 'app',
      timeZone: { soTimeZoneLocationCode: 'NO' },
      credentials: { ticket: 't' },
    };
    await transportTo(server, { header })(callOf(SoPrincipal.authenticateImplicit));
    const body = server.seen[0]?.body ?? '';
    expect(textOf(body, 'ApplicationToken')).toBe('app');
    expect(body).not.toContain('TimeZone');
    expect(body).not.toContain('Credentials');
  });

  test('has the header part of the call instead of the default', async () => {
    const server = keep(await answering(200, aReply()));
    const header = { applicationToken: 'the default' };
    await transportTo(server, { header })(aCall({ applicationToken: 'its own' }));
    expect(textOf(server.seen[0]?.body ?? '', 'ApplicationToken')).toBe('its own');
    expect(server.seen[0]?.body).not.toContain('the default');
  });

  test('is not sent where a header part of the call is none of the operation', async () => {
    const server = keep(await answering(200, aLogin()));
    const call = callOf(SoPrincipal.authenticateImplicit, {}, { timeZone: { soTimeZoneId: 1 } });
    expect(await errorOf(transportTo(server)(call))).toMatchObject({ kind: 'input', path: 'header.timeZone' });
    expect(server.seen).toHaveLength(0);
  });

  test('is not sent where the input is not what the contract allows', async () => {
    const server = keep(await answering(200, aReply()));
    const error = await errorOf(transportTo(server)(callOf(Chat.getChatMessages, { chatSessionId: 'x', after: 0 })));
    expect(error).toMatchObject({
      kind: 'input',
      path: 'chatSessionId',
      operation: 'Chat.GetChatMessages',
      outcome: 'not-sent',
      attempts: 0,
    });
    expect(server.seen).toHaveLength(0);
  });

  test('leaves the call as it was', async () => {
    const server = keep(await answering(200, aReply()));
    const call = Object.freeze({ ...aCall(), header: Object.freeze({ applicationToken: 'its own' }) });
    await transportTo(server, { header: Object.freeze({ applicationToken: 'the default' }) })(call);
    expect(call.header).toEqual({ applicationToken: 'its own' });
  });

  test('uses the connections of those before', async () => {
    const ports = new Set<number | undefined>();
    const server = keep(
      await httpServer((response) => {
        ports.add(response.socket?.remotePort);
        response.writeHead(200, { 'content-type': 'text/xml' }).end(aReply());
      }),
    );
    const transport = transportTo(server);
    for (let i = 0; i < 10; i++) await transport(aCall());
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe('the reply of the SOAP transport', () => {
  test('has the output and the header', async () => {
    const body = encodeReply(Chat.getChatMessages, [{ chatMessageId: 1 }], {
      header: { succeeded: true, timeZone: { soTimeZoneLocationCode: 'NO' } },
    });
    const server = keep(await answering(200, body));
    const { output, header } = await transportTo(server)(aCall());
    expect(output).toMatchObject([{ chatMessageId: 1 }]);
    expect(header).toMatchObject({ succeeded: true, timeZone: { soTimeZoneLocationCode: 'NO' } });
  });

  test.each([
    'text/xml',
    'text/xml; charset=utf-8',
    'TEXT/XML;Charset="UTF-8"',
    'application/soap+xml; charset=utf-8; action="x"',
    'application/xml',
  ])('is read under the type %s', async (type) => {
    const server = keep(await answering(200, aReply('blåbær'), { 'content-type': type }));
    expect((await transportTo(server)(aCall())).output).toMatchObject([{ message: 'blåbær' }]);
  });

  test('is read in the charset of its Content-Type', async () => {
    const body = Buffer.from(aReply('blåbær'), 'latin1');
    const server = keep(await answering(200, body, { 'content-type': 'text/xml; charset=ISO-8859-1' }));
    expect((await transportTo(server)(aCall())).output).toMatchObject([{ message: 'blåbær' }]);
  });

  test('that is not in the charset it states is refused', async () => {
    const body = Buffer.from(aReply('blåbær'), 'latin1');
    const server = keep(await answering(200, body, { 'content-type': 'text/xml; charset=utf-8' }));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ kind: 'protocol', code: 'encoding' });
  });

  test('in a charset that nobody knows is refused', async () => {
    const server = keep(await answering(200, aReply(), { 'content-type': 'text/xml; charset=x-klingon' }));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ kind: 'protocol', code: 'encoding' });
  });

  test('in many pieces, cut within a character, is put together', async () => {
    const server = keep(
      await httpServer((response) => {
        response.writeHead(200, { 'content-type': 'text/xml' });
        const bytes = Buffer.from(aReply('😀æ'));
        const at = bytes.indexOf(0xf0) + 2;
        response.write(bytes.subarray(0, at));
        setTimeout(() => response.end(bytes.subarray(at)), 20);
      }),
    );
    expect((await transportTo(server)(aCall())).output).toMatchObject([{ message: '😀æ' }]);
  });

  test('under 500 with a Fault is that Fault', async () => {
    const body = encodeFault({ faultCode: 'Client', reason: 'no such session' });
    const server = keep(await answering(500, body));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      kind: 'fault',
      code: 'soap-fault',
      faultCode: 'Client',
      reason: 'no such session',
      operation: 'Chat.GetChatMessages',
      outcome: 'refused',
    });
  });

  test('under 400 with a Fault of SOAP 1.2 is that Fault under its 1.1 name', async () => {
    const body = encodeFault({ faultCode: 'Client', reason: 'no such session' }, { version: '1.2' });
    const server = keep(await answering(400, body, { 'content-type': 'application/soap+xml; charset=utf-8' }));
    expect(await errorOf(transportTo(server, { version: '1.2' })(aCall()))).toMatchObject({
      code: 'soap-fault',
      faultCode: 'Client',
    });
  });

  test('under 200 with a Fault is that Fault', async () => {
    const server = keep(await answering(200, encodeFault({ reason: 'out of order' })));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ code: 'soap-fault', reason: 'out of order' });
  });

  test('under 200 with an ExceptionInfo is a refusal of the service', async () => {
    const body = encodeReply(Chat.getChatMessages, null, {
      header: {
        succeeded: false,
        exceptionInfo: {
          message: 'Chat session 42 was not found',
          friendlyText: 'The record does not exist',
          exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
          parameters: { id: '42' },
        },
      },
    });
    const server = keep(await answering(200, body));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      kind: 'fault',
      code: 'service',
      reason: 'Chat session 42 was not found',
      friendlyText: 'The record does not exist',
      exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
      parameters: { id: '42' },
      operation: 'Chat.GetChatMessages',
      outcome: 'refused',
    });
  });

  test('under 500 with an ExceptionInfo is a refusal of the service', async () => {
    const header = { exceptionInfo: { message: 'not found' } };
    const server = keep(await answering(500, encodeReply(Chat.getChatMessages, null, { header })));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ code: 'service', reason: 'not found' });
  });

  test('with Succeeded=false and nothing more is a refusal of the service', async () => {
    const body = encodeReply(Chat.getChatMessages, [], { header: { succeeded: false } });
    const server = keep(await answering(200, body));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ kind: 'fault', code: 'service' });
  });

  test('that names a session exception is a refused ticket', async () => {
    const header = {
      exceptionInfo: { message: 'expired', exceptionType: 'SuperOffice.Exceptions.SoSessionException' },
    };
    const server = keep(await answering(200, encodeReply(Chat.getChatMessages, null, { header })));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ kind: 'fault', code: 'login' });
  });

  test('to another operation is refused', async () => {
    const server = keep(await answering(200, encodeReply(Chat.isWithinOpeningHours, true)));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      kind: 'protocol',
      operation: 'Chat.GetChatMessages',
      outcome: 'unknown',
    });
  });

  test('under 500 that is a success all the same is not taken for one', async () => {
    const server = keep(await answering(500, aReply()));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ code: 'http-status', status: 500 });
  });

  test('under 200 that is HTML has the wrong content-type', async () => {
    const server = keep(await answering(200, '<html>Sign in</html>', htmlPage));
    const error = await errorOf(transportTo(server)(aCall()));
    expect(error).toMatchObject({ kind: 'transport', code: 'content-type', status: 200, outcome: 'unknown' });
    expect(error.message).toContain('text/html');
  });

  test('under 200 that says nothing of its type, or is empty, has the wrong content-type', async () => {
    const untyped = keep(await answering(200, aReply(), {}));
    const empty = keep(await answering(200, ''));
    expect(await errorOf(transportTo(untyped)(aCall()))).toMatchObject({ code: 'content-type', status: 200 });
    expect(await errorOf(transportTo(empty)(aCall()))).toMatchObject({ code: 'content-type', status: 200 });
  });

  test('under 202 that is empty is no answer', async () => {
    const server = keep(await answering(202, '', {}));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      code: 'http-status',
      status: 202,
      outcome: 'unknown',
    });
  });

  test.each([301, 302, 303, 307, 308])('under %d is an error, and the other server sees nothing', async (status) => {
    const other = keep(await answering(200, aReply()));
    const server = keep(await answering(status, '', { location: `${other.baseUrl}/Chat.svc` }));
    const error = await errorOf(transportTo(server)(aCall({ credentials: { ticket: 'a ticket' } })));
    expect(error).toMatchObject({ kind: 'transport', code: 'redirect', status });
    expect(server.seen).toHaveLength(1);
    expect(other.seen).toHaveLength(0);
  });

  test('under 401 is a refused login', async () => {
    const server = keep(await answering(401, 'no', { ...htmlPage, 'www-authenticate': 'Negotiate' }));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      kind: 'fault',
      code: 'login',
      outcome: 'refused',
      operation: 'Chat.GetChatMessages',
    });
  });

  test.each<[number, Outcome]>([
    [400, 'unknown'],
    [403, 'unknown'],
    [404, 'unknown'],
    [405, 'refused'],
    [413, 'refused'],
    [415, 'refused'],
    [429, 'refused'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unknown'],
    [504, 'unknown'],
  ])('under %d with HTML is that status, and leaves the call %s', async (status, outcome) => {
    const server = keep(await answering(status, '<html>no</html>', htmlPage));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      kind: 'transport',
      code: 'http-status',
      status,
      outcome,
      retryAfterMs: undefined,
    });
  });

  test('with a Retry-After in seconds tells the wait', async () => {
    const server = keep(await answering(503, '', { 'retry-after': '7' }));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ status: 503, retryAfterMs: 7000 });
  });

  test('with a date in Retry-After tells the wait from now on', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const server = keep(await answering(503, '', { 'retry-after': date }));
    const error = await errorOf(transportTo(server)(aCall()));
    const wait = error.kind === 'transport' ? error.retryAfterMs : undefined;
    expect(wait).toBeGreaterThan(3_000_000);
    expect(wait).toBeLessThanOrEqual(3_600_000);
  });

  test('with a Retry-After that has passed tells no wait', async () => {
    const server = keep(await answering(503, '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ retryAfterMs: 0 });
  });

  test('with a Retry-After that is neither tells nothing', async () => {
    const server = keep(await answering(503, '', { 'retry-after': 'soon' }));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ status: 503, retryAfterMs: undefined });
  });

  test('after a failure, another call may succeed', async () => {
    let count = 0;
    const server = keep(
      await httpServer((response) =>
        ++count === 1
          ? response.writeHead(503).end('x'.repeat(200_000))
          : response.writeHead(200, { 'content-type': 'text/xml' }).end(aReply()),
      ),
    );
    const transport = transportTo(server);
    expect(await errorOf(transport(aCall()))).toMatchObject({ status: 503 });
    expect((await transport(aCall())).output).toMatchObject([{ message: 'hello' }]);
  });

  test('deeper than allowed is refused', async () => {
    const server = keep(await answering(200, aReply()));
    expect(await errorOf(transportTo(server, { limits: { depth: 3 } })(aCall()))).toMatchObject({ code: 'xml-limit' });
  });
});
