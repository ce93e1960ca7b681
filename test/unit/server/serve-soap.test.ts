import { connect, type Socket } from 'node:net';
import { XMLParser } from 'fast-xml-parser';
import { Agent } from 'undici';
import {
  type Call,
  Chat,
  createClient,
  decodeReply,
  encodeRequest,
  Fault,
  InputError,
  intercept,
  isCallError,
  type Operation,
  type Reply,
  SoPrincipal,
  soapTransport,
  type Transport,
  TransportError,
  ticket,
} from '../../../lib/index.js';
import { type ServeSoapOptions, type SoapServer, serveSoap } from '../../../lib/server.js';

const open: { readonly close: () => unknown }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const services = [Chat, SoPrincipal] as const;

/** A server in front of a transport. */
async function serve(transport: Transport, options: ServeSoapOptions = {}): Promise<SoapServer> {
  const server = await serveSoap(services, transport, options);
  open.push(server);
  return server;
}

const answering =
  (output: unknown, calls: Call[] = []): Transport =>
  async (call) => {
    calls.push(call);
    return { output, header: { succeeded: true } };
  };

const failing =
  (error: unknown): Transport =>
  async () => {
    throw error;
  };

const aRequest = (version: '1.1' | '1.2' = '1.1'): string =>
  encodeRequest(Chat.getChatMessages, { chatSessionId: 42, after: 7 }, { version });

interface Posted {
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Each request on a connection of its own, so that none is left over. */
async function send({ baseUrl }: SoapServer, { path = '/Chat.svc', body, headers, method = 'POST' }: Posted = {}) {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { 'content-type': 'text/xml; charset=utf-8', connection: 'close', ...headers },
    ...(method === 'POST' && { body: (body ?? aRequest()) as string }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The Fault in a document, as the codec reads it. */
function faultIn(text: string, operation: Operation = Chat.getChatMessages): Fault {
  try {
    decodeReply(operation, text);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`there is no Fault in ${text}`);
}

/** All that comes back for bytes that no HTTP client would send. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

const within = <T>(ms: number, promise: Promise<T>): Promise<T | 'it took too long'> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'it took too long'>((resolve) => {
    timer = setTimeout(resolve, ms, 'it took too long');
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

describe('a SOAP server', () => {
  test('answers a client', async () => {
    const { baseUrl } = await serve(answering([{ chatMessageId: 1, message: 'blåbær' }]));
    const transport = soapTransport({ baseUrl });
    open.push(transport);
    const messages = await createClient(Chat, transport).getChatMessages({ chatSessionId: 42, after: 7 });
    expect(messages).toMatchObject([{ chatMessageId: 1, message: 'blåbær' }]);
  });

  test('gives the transport the operation, the input and the header parts', async () => {
    const calls: Call[] = [];
    const { baseUrl } = await serve(answering([], calls));
    const transport = soapTransport({ baseUrl });
    open.push(transport);
    const header = { credentials: { ticket: 't' }, applicationToken: 'app', timeZone: { soTimeZoneId: 7 } };
    await createClient(Chat, transport).getChatMessages({ chatSessionId: 42, after: 7 }, { header });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.operation).toBe(Chat.getChatMessages);
    expect(calls[0]).toMatchObject({ input: { chatSessionId: 42, after: 7 }, header });
  });

  test('answers SOAP 1.1 as text/xml with the length stated', async () => {
    const { status, headers, text } = await send(await serve(answering([])));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(decodeReply(Chat.getChatMessages, text)).toMatchObject({ output: [], header: { succeeded: true } });
  });

  test.each(['/Chat.svc', '/chat.svc', '/CHAT.SVC', '/Chat.SVC'])('answers at %s', async (path) => {
    expect(await send(await serve(answering([])), { path })).toMatchObject({ status: 200 });
  });

  test('answers in any case of the folder too', async () => {
    const { baseUrl, ...rest } = await serve(answering([]));
    expect(await send({ ...rest, baseUrl: baseUrl.replace('/Remote', '/REMOTE') })).toMatchObject({ status: 200 });
  });

  test.each(['/SoPrincipal.svc', '/soprincipal.svc'])('answers SoPrincipal at %s', async (path) => {
    const body = encodeRequest(SoPrincipal.getSystemInfo, {});
    const { status, text } = await send(await serve(answering(null)), { path, body });
    expect(status).toBe(200);
    expect(decodeReply(SoPrincipal.getSystemInfo, text).output).toBeNull();
  });

  test('is below the path that it is given', async () => {
    const server = await serve(answering([]), { path: '/somewhere/else' });
    expect(server.baseUrl).toBe(`http://127.0.0.1:${server.port}/somewhere/else`);
    expect(await send(server)).toMatchObject({ status: 200 });
  });

  test('rejects where the port is taken', async () => {
    const { port } = await serve(answering([]));
    await expect(serveSoap(services, answering([]), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('answers many calls at the same time', async () => {
    const slow: Transport = async ({ input }) => {
      const { after } = input as { after: number };
      await new Promise((resolve) => setTimeout(resolve, after % 7));
      return { output: [{ chatMessageId: after }], header: {} };
    };
    const { baseUrl } = await serve(slow);
    const transport = soapTransport({ baseUrl });
    open.push(transport);
    const chat = createClient(Chat, transport);
    const ids = Array.from({ length: 60 }, (_, index) => index);
    const replies = await Promise.all(ids.map((after) => chat.getChatMessages({ chatSessionId: 1, after })));
    expect(replies.map((reply) => reply?.[0]?.chatMessageId)).toEqual(ids);
  });
});

describe('a request that is no call', () => {
  test.each(['/', '/Other.svc', '/Chat.svc/', '/Chat.svc/x', '/../Chat.svc'])('gives 404 at %s', async (path) => {
    expect(await send(await serve(answering([])), { path })).toMatchObject({ status: 404 });
  });

  test('gives 404 outside the folder', async () => {
    const { port } = await serve(answering([]));
    expect((await fetch(`http://127.0.0.1:${port}/Chat.svc`, { headers: { connection: 'close' } })).status).toBe(404);
  });

  test.each(['//', '//x', '///Chat.svc', '/%', '/%00', '/%ff', 'http://[', '*'])(
    'gives an answer and no more for the target %s',
    async (target) => {
      const { port } = await serve(answering([]));
      const reply = await exchange(port, `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
      expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /);
    },
  );

  test.each(['PUT', 'DELETE', 'HEAD', 'OPTIONS'])(
    'gives 405 for %s, with the methods that there are',
    async (method) => {
      const { status, headers } = await send(await serve(answering([])), { method });
      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('GET, POST');
    },
  );

  test.each(['text/plain', 'application/json', 'application/xml', 'application/soap+xml', 'text/xmlx', ''])(
    'gives 415 for the Content-Type "%s"',
    async (type) => {
      const calls: Call[] = [];
      const { status, text } = await send(await serve(answering([], calls)), { headers: { 'content-type': type } });
      expect(status).toBe(415);
      expect(text).toContain('text/xml');
      expect(calls).toHaveLength(0);
    },
  );

  test('gives 413 for more than the limit, stated', async () => {
    const calls: Call[] = [];
    const server = await serve(answering([], calls), { requestBytes: 100 });
    expect(await send(server)).toMatchObject({ status: 413 });
    expect(calls).toHaveLength(0);
  });

  test('gives 413 for more than the limit, not stated', async () => {
    const { port } = await serve(answering([]), { requestBytes: 100 });
    const chunk = `${(1000).toString(16)}\r\n${'x'.repeat(1000)}\r\n`;
    const reply = await exchange(
      port,
      `POST /Remote/Services88/Chat.svc HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`,
    );
    expect(reply).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('does not end the server when it breaks off', async () => {
    const server = await serve(answering([]));
    const socket = connect(server.port, '127.0.0.1');
    await new Promise<void>((resolve) => {
      const text =
        'POST /Remote/Services88/Chat.svc HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 99\r\n\r\n<';
      socket.write(text, () => resolve());
    });
    socket.resetAndDestroy();
    expect(await send(server)).toMatchObject({ status: 200 });
  });
});

describe('the description of a service', () => {
  interface Wsdl {
    readonly 'wsdl:definitions': {
      readonly 'wsdl:portType': { readonly 'wsdl:operation': readonly unknown[] };
      readonly 'wsdl:service': {
        readonly 'wsdl:port': { readonly 'soap:address': { readonly '@location': string } };
      };
    };
  }

  const parse = (text: string): Wsdl => {
    const array = ['wsdl:operation'];
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      isArray: (name) => array.includes(name),
    });
    return parser.parse(text, true);
  };

  test.each(['?wsdl', '?WSDL', '?singleWsdl', '?singlewsdl'])('is the WSDL at %s, with its address', async (query) => {
    const server = await serve(answering([]));
    const { status, headers, text } = await send(server, { method: 'GET', path: `/Chat.svc${query}` });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const { 'wsdl:definitions': definitions } = parse(text);
    expect(definitions['wsdl:portType']['wsdl:operation']).toHaveLength(31);
    expect(definitions['wsdl:service']['wsdl:port']['soap:address']['@location']).toBe(`${server.baseUrl}/Chat.svc`);
  });

  test('of SoPrincipal has its five operations', async () => {
    const { text } = await send(await serve(answering([])), { method: 'GET', path: '/SoPrincipal.svc?wsdl' });
    expect(parse(text)['wsdl:definitions']['wsdl:portType']['wsdl:operation']).toHaveLength(5);
  });

  test('has the address that it was asked for at', async () => {
    const { port } = await serve(answering([]));
    const reply = await exchange(
      port,
      'GET /Remote/Services88/Chat.svc?wsdl HTTP/1.1\r\nHost: chat.example.com:8080\r\nConnection: close\r\n\r\n',
    );
    expect(reply).toContain('"http://chat.example.com:8080/Remote/Services88/Chat.svc"');
  });

  test('is well-formed whatever the Host is', async () => {
    const { port } = await serve(answering([]));
    const reply = await exchange(
      port,
      'GET /Remote/Services88/Chat.svc?wsdl HTTP/1.1\r\nHost: a"&<b>\r\nConnection: close\r\n\r\n',
    );
    expect(reply).not.toContain('a"&<b>');
  });

  test('without ?wsdl is a line that says where it is', async () => {
    const { status, text } = await send(await serve(answering([])), { method: 'GET' });
    expect(status).toBe(200);
    expect(text).toContain('?wsdl');
  });
});

describe('a refused call', () => {
  const refusal = () =>
    new Fault('service', 'Chat session 42 was not found', {
      exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
      friendlyText: 'It may have been deleted',
      parameters: { id: '42' },
    });

  test('is answered by an ExceptionInfo under 200', async () => {
    const { status, text } = await send(await serve(failing(refusal())));
    expect(status).toBe(200);
    expect(text).not.toContain('faultstring');
    expect(faultIn(text)).toMatchObject({
      code: 'service',
      reason: 'Chat session 42 was not found',
      friendlyText: 'It may have been deleted',
      exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
      parameters: { id: '42' },
    });
  });

  test('is answered by a Fault under 500 where errors are soap-fault', async () => {
    const { status, text } = await send(await serve(failing(refusal()), { errors: 'soap-fault' }));
    expect(status).toBe(500);
    expect(text).toContain('faultstring');
    expect(faultIn(text)).toMatchObject({
      code: 'soap-fault',
      reason: 'Chat session 42 was not found',
      exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
    });
  });

  test.each(['exception-info', 'soap-fault'] as const)(
    'because of its ticket is a refused login for the client, with errors as %s',
    async (errors) => {
      const refused = new Fault('login', 'expired', { exceptionType: 'SuperOffice.Exceptions.SoSessionException' });
      const { text } = await send(await serve(failing(refused), { errors }));
      expect(faultIn(text)).toMatchObject({ code: 'login', reason: 'expired' });
    },
  );

  test('by a Fault is answered by that Fault in either mode', async () => {
    const fault = new Fault('soap-fault', 'busy', { faultCode: 'Server' });
    const { status, text } = await send(await serve(failing(fault)));
    expect(status).toBe(500);
    expect(faultIn(text)).toMatchObject({ code: 'soap-fault', faultCode: 'Server', reason: 'busy' });
  });

  test.each(['Client', 'VersionMismatch', 'MustUnderstand', 'ActionNotSupported'])(
    'by a Fault %s that may be executed all the same is a fault of the server',
    async (faultCode) => {
      const server = await serve(failing(new Fault('soap-fault', 'odd', { faultCode, outcome: 'unknown' })), {
        versions: ['1.1', '1.2'],
      });
      const { text } = await send(server);
      expect(faultIn(text)).toMatchObject({ faultCode: 'Server', outcome: 'unknown', reason: 'odd' });
      const type12 = { 'content-type': 'application/soap+xml; charset=utf-8' };
      const young = await send(server, { body: aRequest('1.2'), headers: type12 });
      expect(young.status).toBe(500);
      expect(faultIn(young.text)).toMatchObject({ faultCode: 'Server', outcome: 'unknown' });
      const refused = await send(await serve(failing(new Fault('soap-fault', 'odd', { faultCode }))));
      expect(faultIn(refused.text)).toMatchObject({ faultCode, outcome: 'refused' });
    },
  );

  test('with characters that XML cannot carry in its reason is answered all the same', async () => {
    for (const errors of ['exception-info', 'soap-fault'] as const) {
      const server = await serve(failing(new Fault('service', 'odd \u0000 reason')), { errors });
      expect([200, 500]).toContain((await send(server)).status);
    }
  });
});

describe('an unexpected error', () => {
  const canary = 'canary at /home/anna/secret.ts';

  test.each([
    ['an Error', new Error(canary)],
    ['a string', canary],
    ['nothing', undefined],
    ['a TransportError', new TransportError('connect', canary)],
  ])('that is %s is told without its particulars', async (_, error) => {
    const { status, text } = await send(await serve(failing(error)));
    expect(status).toBe(500);
    expect(faultIn(text)).toMatchObject({ code: 'soap-fault', faultCode: 'InternalServiceFault' });
    expect(text).not.toContain('canary');
    expect(text).not.toContain('.ts');
  });

  test.each(['after', 'after.type', 'after[2].type'])(
    'is not what an InputError for the input is, which is a Client fault that names the path: %s',
    async (path) => {
      const error = new InputError(path, 'no such name', { operation: 'Chat.GetChatMessages' });
      const { status, text } = await send(await serve(failing(error)));
      expect(status).toBe(500);
      expect(faultIn(text)).toMatchObject({ faultCode: 'Client', reason: `input: ${path}: no such name` });
    },
  );

  test('is what an InputError for the store of tickets of a bridge is', async () => {
    const broken = async (): Promise<never> => {
      throw new Error(canary);
    };
    const store = { get: broken, set: broken, delete: broken, exclusively: broken };
    const credentials = { userName: 'anna', password: 'demo' };
    const bridge = intercept(answering([]), ticket(credentials, { store, endpoint: 'http://127.0.0.1' }));
    const told: unknown[] = [];
    const server = await serve(bridge, { onError: (error) => told.push(error) });
    const { text } = await send(server);
    expect(faultIn(text)).toMatchObject({ faultCode: 'InternalServiceFault', outcome: 'unknown' });
    expect(text).not.toContain('canary');
    expect(told).toMatchObject([{ kind: 'input', path: 'ticketStore' }]);
  });

  test('of an output that is not what the contract says is told without its particulars', async () => {
    const { status, text } = await send(await serve(answering([{ chatMessageId: canary }])));
    expect(status).toBe(500);
    expect(text).not.toContain('canary');
  });

  test('of a transport that throws at once is told too', async () => {
    const throwing: Transport = () => {
      throw new Error(canary);
    };
    expect(await send(await serve(throwing))).toMatchObject({ status: 500 });
  });

  test('does not end the server', async () => {
    let count = 0;
    const server = await serve(async (): Promise<Reply> => {
      if (++count === 1) throw new Error(canary);
      return { output: [], header: {} };
    });
    expect(await send(server)).toMatchObject({ status: 500 });
    expect(await send(server)).toMatchObject({ status: 200 });
  });
});

describe('the versions of SOAP', () => {
  const type12 = { 'content-type': 'application/soap+xml; charset=utf-8' };

  test('are 1.1 only by default: another media type gives 415', async () => {
    const { status } = await send(await serve(answering([])), { body: aRequest('1.2'), headers: type12 });
    expect(status).toBe(415);
  });

  test('are 1.1 only by default: an envelope of 1.2 is a VersionMismatch', async () => {
    const calls: Call[] = [];
    const { status, text } = await send(await serve(answering([], calls)), { body: aRequest('1.2') });
    expect(status).toBe(500);
    expect(faultIn(text)).toMatchObject({ faultCode: 'VersionMismatch' });
    expect(text).toContain('http://schemas.xmlsoap.org/soap/envelope/');
    expect(calls).toHaveLength(0);
  });

  test('are both where both are allowed, and each is answered in its own', async () => {
    const server = await serve(answering([]), { versions: ['1.1', '1.2'] });
    const old = await send(server);
    const young = await send(server, { body: aRequest('1.2'), headers: type12 });
    expect(decodeReply(Chat.getChatMessages, old.text).version).toBe('1.1');
    expect(young.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    expect(decodeReply(Chat.getChatMessages, young.text).version).toBe('1.2');
  });

  test('have Faults of their own: a Client fault of 1.2 is under 400', async () => {
    const server = await serve(answering([]), { versions: ['1.2'] });
    const { status, headers, text } = await send(server, { body: '<a>', headers: type12 });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    expect(faultIn(text)).toMatchObject({ faultCode: 'Client' });
    expect(text).toContain('Sender');
  });

  test('that there is none of is a VersionMismatch', async () => {
    const body = aRequest().replace('http://schemas.xmlsoap.org/soap/envelope/', 'urn:soap-of-the-future');
    const { status, text } = await send(await serve(answering([])), { body });
    expect(status).toBe(500);
    expect(faultIn(text)).toMatchObject({ faultCode: 'VersionMismatch' });
  });
});

describe('the SOAPAction', () => {
  const action = Chat.getChatMessages.soapAction;

  test.each([
    ['quoted', `"${action}"`],
    ['not quoted', action],
    ['empty', '""'],
  ])('may be %s', async (_, soapaction) => {
    expect(await send(await serve(answering([])), { headers: { soapaction } })).toMatchObject({ status: 200 });
  });

  test('may be left out', async () => {
    expect(await send(await serve(answering([])))).toMatchObject({ status: 200 });
  });

  test('of another operation than that in the Body is refused', async () => {
    const calls: Call[] = [];
    const headers = { soapaction: `"${Chat.addChatMessage.soapAction}"` };
    const { status, text } = await send(await serve(answering([], calls)), { headers });
    expect(status).toBe(500);
    expect(faultIn(text)).toMatchObject({ faultCode: 'ActionNotSupported' });
    expect(calls).toHaveLength(0);
  });

  test('of SOAP 1.2 stands in the Content-Type, and is checked as well', async () => {
    const server = await serve(answering([]), { versions: ['1.2'] });
    const withAction = (value: string) =>
      send(server, {
        body: aRequest('1.2'),
        headers: { 'content-type': `application/soap+xml; charset=utf-8; action="${value}"` },
      });
    expect(await withAction(action)).toMatchObject({ status: 200 });
    expect(await withAction(Chat.addChatMessage.soapAction)).toMatchObject({ status: 400 });
  });
});

describe('a document that is no request', () => {
  const inBody = (content: string): string =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${content}</s:Body></s:Envelope>`;
  const namespace = Chat.getChatMessages.service.namespace;

  test.each<[string, string]>([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['XML that is cut short', aRequest().slice(0, -10)],
    ['XML with a tag that does not match', aRequest().replace(/<\/[^>]*Body>/, '</x>')],
    ['XML with a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "b">]>${aRequest().replace(/^<\?xml[^>]*\?>/, '')}`],
    ['XML with an entity that there is not', inBody('&nbsp;')],
    ['XML that is too deep', inBody('<a>'.repeat(10_000) + '</a>'.repeat(10_000))],
    ['another document', '<html/>'],
    ['an Envelope without a Body', '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>'],
    ['an empty Body', inBody('')],
    ['an operation that there is not', inBody(`<x:NoSuchThing xmlns:x="${namespace}"/>`)],
    ['an operation named __proto__', inBody(`<x:__proto__ xmlns:x="${namespace}"/>`)],
    ['an operation named constructor', inBody(`<x:constructor xmlns:x="${namespace}"/>`)],
    ['an operation in another namespace', inBody('<x:GetChatMessages xmlns:x="urn:x"/>')],
    ['an operation of another service', encodeRequest(SoPrincipal.getSystemInfo, {})],
    ['a value of the wrong type', aRequest().replace('>42<', '>forty-two<')],
    ['two operations', inBody(`<x:ChatSessionsForUser xmlns:x="${namespace}"/>`.repeat(2))],
  ])('is a Client fault: %s', async (_, body) => {
    const calls: Call[] = [];
    const { status, text } = await send(await serve(answering([], calls)), { body });
    expect(status).toBe(500);
    expect(['Client', 'VersionMismatch', 'ActionNotSupported']).toContain(faultIn(text).faultCode);
    expect(calls).toHaveLength(0);
  });

  test('is one in another charset than it states', async () => {
    const body = Buffer.from(
      encodeRequest(Chat.deleteChatTopicUserAgent, { chatTopicId: 1, username: 'pål' }),
      'latin1',
    );
    const { text } = await send(await serve(answering([])), { body });
    expect(faultIn(text)).toMatchObject({ faultCode: 'Client' });
  });

  test('is not one in the charset that its Content-Type states', async () => {
    const calls: Call[] = [];
    const body = Buffer.from(
      encodeRequest(Chat.deleteChatTopicUserAgent, { chatTopicId: 1, username: 'pål' }).replace(/^<\?xml[^>]*\?>/, ''),
      'latin1',
    );
    const headers = { 'content-type': 'text/xml; charset=ISO-8859-1' };
    expect(await send(await serve(answering(undefined, calls)), { body, headers })).toMatchObject({ status: 200 });
    expect(calls[0]?.input).toMatchObject({ username: 'pål' });
  });
});

describe('close', () => {
  test('ends the listening', async () => {
    const server = await serveSoap(services, answering([]));
    await server.close();
    await expect(fetch(server.baseUrl)).rejects.toThrow();
  });

  test('does not wait for connections that are kept open by clients', async () => {
    const server = await serveSoap(services, answering([]));
    const agent = new Agent({ keepAliveTimeout: 60_000 });
    open.push(agent);
    const transport = soapTransport({ baseUrl: server.baseUrl, dispatcher: agent });
    await createClient(Chat, transport).getChatMessages({ chatSessionId: 1, after: 0 });
    expect(await within(2000, server.close())).toBeUndefined();
  });

  test('does not wait for connections on which nothing was ever sent', async () => {
    const server = await serveSoap(services, answering([]));
    const socket: Socket = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    await send(server);
    const closed = await within(2000, server.close());
    socket.destroy();
    expect(closed).toBeUndefined();
  });

  test('waits for the call that is being answered, and then not for its connection', async () => {
    let release = (): void => {};
    let begun = (): void => {};
    const begins = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serveSoap(services, async () => {
      begun();
      await held;
      return { output: [{ chatMessageId: 1 }], header: {} };
    });
    const agent = new Agent({ keepAliveTimeout: 60_000 });
    open.push(agent);
    const transport = soapTransport({ baseUrl: server.baseUrl, dispatcher: agent });
    const reply = createClient(Chat, transport).getChatMessages({ chatSessionId: 1, after: 0 });
    await begins;
    const closed = server.close();
    expect(await within(50, closed)).toBe('it took too long');
    release();
    expect(await reply).toMatchObject([{ chatMessageId: 1 }]);
    expect(await within(2000, closed)).toBeUndefined();
  });

  test('makes calls fail as errors of the transport', async () => {
    const server = await serveSoap(services, answering([]));
    await server.close();
    const transport = soapTransport({ baseUrl: server.baseUrl });
    open.push(transport);
    const error = await createClient(Chat, transport)
      .getChatMessages({ chatSessionId: 1, after: 0 })
      .catch((reason: unknown) => reason);
    expect(isCallError(error) && error.code).toBe('connect');
  });
});
