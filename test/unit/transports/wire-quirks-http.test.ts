/**
 * How servers of different SOAP stacks answer over HTTP: faults of all shapes, answers that are no envelope, and bodies
 * framed in every way there is.
 */
import type { Socket } from 'node:net';
import { Chat, type ChatClientOptions, createChatClient, encodeReply } from '../../../lib/index.js';
import { answering, closedAfterEach, errorOf, httpServer, type TestServer, tcpServer } from './servers.js';

const keep = closedAfterEach();

/** A client that tries each call once and needs no login. */
const clientOf = ({ baseUrl }: Pick<TestServer, 'baseUrl'>, options: Partial<ChatClientOptions> = {}) =>
  keep(createChatClient({ baseUrl, credentials: { ticket: '7T:abc' }, attempts: 1, ...options }));

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const XML = { 'content-type': 'text/xml; charset=utf-8' };

const read = { chatSessionId: 42, after: 0 };

describe('a fault is read with its code and its reason', () => {
  const wcf = (fault: string, header = ''): string =>
    `<s:Envelope xmlns:s="${SOAP}">${header}<s:Body><s:Fault>${fault}</s:Fault></s:Body></s:Envelope>`;
  const dispatcher = 'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher';
  const addressing = 'http://schemas.microsoft.com/ws/2005/05/addressing/none';
  const gsoap = (fault: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:ns1="${S88}"><SOAP-ENV:Body><SOAP-ENV:Fault>${fault}</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

  test.each<[string, string, object]>([
    [
      'WCF of any exception',
      wcf(
        `<faultcode xmlns:a="${dispatcher}">a:InternalServiceFault</faultcode><faultstring xml:lang="">The server was unable to process the request.</faultstring>`,
      ),
      {
        outcome: 'unknown',
        faultCode: 'InternalServiceFault',
        reason: 'The server was unable to process the request.',
      },
    ],
    [
      'WCF that shows its exceptions',
      wcf(
        `<faultcode xmlns:a="${dispatcher}">a:InternalServiceFault</faultcode><faultstring xml:lang="en-US">Gone</faultstring><detail><ExceptionDetail xmlns="http://schemas.datacontract.org/2004/07/System.ServiceModel" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><HelpLink i:nil="true"/><InnerException i:nil="true"/><Message>Gone</Message><StackTrace>at A</StackTrace><Type>Demo.Gone</Type></ExceptionDetail></detail>`,
      ),
      { outcome: 'unknown', faultCode: 'InternalServiceFault', reason: 'Gone', exceptionType: 'Demo.Gone' },
    ],
    [
      'WCF with a detail of the contract',
      wcf(
        `<faultcode>s:Client</faultcode><faultstring xml:lang="en">Gone</faultstring><detail><SoExceptionInfo xmlns="${S88}"><Message>Gone</Message><FriendlyText>It is gone.</FriendlyText><ExceptionType>Demo.Gone</ExceptionType></SoExceptionInfo></detail>`,
      ),
      { outcome: 'refused', faultCode: 'Client', friendlyText: 'It is gone.', exceptionType: 'Demo.Gone' },
    ],
    [
      'WCF of an unknown action',
      wcf(
        `<faultcode xmlns:a="${addressing}">a:ActionNotSupported</faultcode><faultstring xml:lang="en">No such action</faultstring>`,
      ),
      { outcome: 'refused', faultCode: 'ActionNotSupported', reason: 'No such action' },
    ],
    [
      'WCF with a code of its own',
      wcf('<faultcode xmlns:a="urn:demo">a:SessionGone</faultcode><faultstring xml:lang="nb">Borte</faultstring>'),
      { outcome: 'unknown', faultCode: 'SessionGone', reason: 'Borte' },
    ],
    [
      'Mono with a code of SOAP 1.2',
      wcf('<faultcode>Sender</faultcode><faultstring>Bad</faultstring>'),
      { outcome: 'refused', faultCode: 'Client', reason: 'Bad' },
    ],
    [
      'Mono with the other code of SOAP 1.2',
      wcf('<faultcode>Receiver</faultcode><faultstring>Bad</faultstring>'),
      { outcome: 'unknown', faultCode: 'Server' },
    ],
    [
      'Mono with a header that is to be understood',
      wcf(
        `<faultcode xmlns:a="${dispatcher}">a:InternalServiceFault</faultcode><faultstring>Gone</faultstring>`,
        `<s:Header><Action s:mustUnderstand="1" xmlns="${addressing}">${dispatcher}/fault</Action></s:Header>`,
      ),
      { outcome: 'unknown', faultCode: 'InternalServiceFault', reason: 'Gone' },
    ],
    [
      'gSOAP',
      gsoap(
        `<faultcode>SOAP-ENV:Client</faultcode><faultstring>Method 'w:NoSuchOperation' not implemented: method name or namespace not recognized</faultstring>`,
      ),
      { outcome: 'refused', faultCode: 'Client', reason: expect.stringContaining('not implemented') },
    ],
    [
      'gSOAP of a header that it does not understand',
      gsoap(
        '<faultcode>SOAP-ENV:MustUnderstand</faultcode><faultstring>The data in element "wsa:Action" must be understood</faultstring>',
      ),
      { outcome: 'refused', faultCode: 'MustUnderstand' },
    ],
    [
      'PHP, whose detail is in no namespace',
      gsoap(
        '<faultcode>SOAP-ENV:Server</faultcode><faultstring>Gone</faultstring><detail><info><ExceptionType>Demo.Gone</ExceptionType></info></detail>',
      ),
      { outcome: 'unknown', faultCode: 'Server', exceptionType: 'Demo.Gone' },
    ],
    [
      'node soap, which has the shape of SOAP 1.2',
      wcf(
        '<s:Code><s:Value>SOAP-ENV:Server</s:Value><s:Subcode><s:Value>rpc:BadArguments</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">Error: gone</s:Text></s:Reason>',
      ),
      { outcome: 'unknown', faultCode: 'BadArguments', reason: 'Error: gone' },
    ],
  ])('of %s', async (_of, body, wanted) => {
    for (const status of [500, 200, 400]) {
      const server = keep(await answering(status, body, XML));
      const error = await errorOf(clientOf(server).getChatMessages(read));
      expect(error).toMatchObject({ kind: 'fault', code: 'soap-fault', ...wanted });
    }
  });

  test('and its detail as it is, in a namespace or in none', async () => {
    const fault = (detail: string): string =>
      wcf(`<faultcode>s:Server</faultcode><faultstring>r</faultstring><detail>${detail}</detail>`);
    for (const [markup, namespace] of [
      ['<x xmlns="urn:x">1</x>', 'urn:x'],
      ['<x>1</x>', ''],
    ] as const) {
      const server = keep(await answering(500, fault(markup), XML));
      expect(await errorOf(clientOf(server).getChatMessages(read))).toMatchObject({
        detail: { children: [{ name: 'x', namespace, children: ['1'] }] },
      });
    }
  });
});

describe('an answer that is no envelope is told by what it is', () => {
  const raw =
    (head: readonly string[], body = '') =>
    (socket: Socket): unknown =>
      socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);

  test.each<[string, (socket: Socket) => unknown, object]>([
    [
      'nothing under 200, as Mono answers what it cannot read',
      raw(['HTTP/1.1 200 OK', 'Content-Length: 0']),
      { code: 'content-type', status: 200 },
    ],
    [
      'nothing under 415, as Mono answers another type',
      raw(['HTTP/1.1 415 Unsupported Media Type', 'Content-Length: 0']),
      { code: 'http-status', status: 415, outcome: 'refused' },
    ],
    [
      'nothing under 500',
      raw(['HTTP/1.1 500 Internal Server Error', 'Content-Length: 0', 'Content-Type: text/xml']),
      { code: 'http-status', status: 500 },
    ],
    [
      'nothing under 200, said to be XML',
      raw(['HTTP/1.1 200 OK', 'Content-Length: 0', 'Content-Type: text/xml']),
      { code: 'content-type', status: 200 },
    ],
    [
      'an empty page of HTTP/1.0, as PHP answers an exception',
      raw(['HTTP/1.0 500 Internal Server Error', 'Content-Type: text/html; charset=UTF-8', 'Connection: close']),
      { code: 'http-status', status: 500 },
    ],
    [
      'a page under 200',
      raw(['HTTP/1.1 200 OK', 'Content-Type: text/html', 'Connection: close'], '<html>'),
      { code: 'content-type', status: 200 },
    ],
    [
      'a page under 500',
      raw(['HTTP/1.1 500 Oops', 'Content-Type: text/html', 'Connection: close'], '<html>'),
      { code: 'http-status', status: 500 },
    ],
    [
      'a closed connection, as gSOAP answers SOAP 1.2',
      (socket) => socket.end(),
      { code: 'connection', status: undefined },
    ],
    ['a broken connection', (socket) => socket.resetAndDestroy(), { code: 'connection', status: undefined }],
    [
      'half of a head',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'),
      { code: 'connection', status: undefined },
    ],
  ])('%s', async (_what, respond, wanted) => {
    const server = keep(await tcpServer(respond));
    // Of what changes something, nobody knows whether it was done, so that it is not sent again.
    const client = clientOf(server, { attempts: 3 });
    const error = await errorOf(client.addChatMessage({ chatSessionId: 42, message: { message: 'hi' } }));
    expect(error).toMatchObject({
      kind: 'transport',
      outcome: 'unknown',
      operation: 'Chat.AddChatMessage',
      attempts: 1,
      ...wanted,
    });
    expect(server.requests()).toBe(1);
  });
});

describe('a body is the same however it is framed', () => {
  const text = ' æ 東 🚲 ';
  const body = Buffer.from(encodeReply(Chat.getChatMessages, [{ message: text }]));
  const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n';

  const chunk = (bytes: Buffer, extension = ''): Buffer =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${extension}\r\n`), bytes, Buffer.from('\r\n')]);
  const chunked = (size: number, extension = '', trailer = ''): Buffer => {
    const chunks: Buffer[] = [];
    for (let at = 0; at < body.length; at += size) chunks.push(chunk(body.subarray(at, at + size), extension));
    return Buffer.concat([...chunks, Buffer.from(`0\r\n${trailer}\r\n`)]);
  };
  const whole = (head: string, content: Buffer) => (socket: Socket) =>
    socket.write(Buffer.concat([Buffer.from(`${head}\r\n`), content]));

  /** Writes it a few bytes at a time, each in a packet of its own. */
  const drop = (head: string, content: Buffer) => (socket: Socket) => {
    const bytes = Buffer.concat([Buffer.from(`${head}\r\n`), content]);
    socket.setNoDelay(true);
    const next = (at: number): void => {
      if (at >= bytes.length || socket.destroyed) return;
      socket.write(bytes.subarray(at, at + 37), () => setImmediate(next, at + 37));
    };
    next(0);
  };

  const withLength = `${OK}Content-Length: ${body.length}\r\n`;
  const inChunks = `${OK}Transfer-Encoding: chunked\r\n`;

  test.each<[string, (socket: Socket) => unknown]>([
    ['with its length', whole(withLength, body)],
    [
      'with its length and a connection that stays',
      whole(`${withLength}Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n`, body),
    ],
    [
      'with its length and a connection that does not',
      (socket) => socket.end(Buffer.concat([Buffer.from(`${withLength}Connection: close\r\n\r\n`), body])),
    ],
    [
      'by the end of the connection',
      (socket) => socket.end(Buffer.concat([Buffer.from(`${OK}Connection: close\r\n\r\n`), body])),
    ],
    [
      'by the end of the connection in HTTP/1.0',
      (socket) => socket.end(Buffer.concat([Buffer.from(`${OK.replace('1.1', '1.0')}\r\n`), body])),
    ],
    ['in one chunk', whole(inChunks, chunked(body.length))],
    ['in chunks that end within a character', whole(inChunks, chunked(1))],
    ['in chunks with extensions and a trailer', whole(inChunks, chunked(100, ';a=b', 'X-Sum: 1\r\n'))],
    ['in packets that end anywhere', drop(withLength, body)],
    ['in chunks and packets that end anywhere', drop(inChunks, chunked(61))],
    [
      'after a hint',
      (socket) =>
        socket.write(
          Buffer.concat([Buffer.from(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${withLength}\r\n`), body]),
        ),
    ],
    [
      'with names of headers in other letters',
      whole(withLength.replace('Content-Type', 'CONTENT-TYPE').replace('Content-Length', 'content-length'), body),
    ],
  ])('%s', async (_how, respond) => {
    const server = keep(await tcpServer(respond));
    const client = clientOf(server);
    // More than once, so that what is left of a connection is used again or not at all.
    for (let call = 0; call < 3; call++) expect(await client.getChatMessages(read)).toEqual([{ message: text }]);
    expect(server.requests()).toBe(3);
  });

  // undici takes it for a bad response, since the request asks for no such thing.
  // undici's reader takes it for a mistake of the server, since nothing was asked for that it could allow.
  test('after a "100 Continue" that was not asked for it is an error of the connection', async () => {
    const early = Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n${withLength}\r\n`);
    const server = keep(await tcpServer((socket) => socket.write(Buffer.concat([early, body]))));
    expect(await errorOf(clientOf(server).getChatMessages(read))).toMatchObject({ code: 'connection', attempts: 1 });
  });

  test.each<[string, string]>([
    ['a charset in quotes', 'text/xml; charset="utf-8"'],
    ['a charset in capitals', 'text/xml; charset=UTF-8'],
    ['a charset that is named in capitals', 'TEXT/XML;CHARSET=utf-8'],
    ['no charset', 'text/xml'],
    ['other parameters', 'text/xml; action="urn:a"; charset=utf-8; boundary=b'],
    ['the general type of XML', 'application/xml; charset=utf-8'],
    ['the type of SOAP 1.2', 'application/soap+xml; charset=utf-8'],
  ])('with %s in its Content-Type', async (_what, type) => {
    const server = keep(await answering(200, body, { 'content-type': type }));
    expect(await clientOf(server).getChatMessages(read)).toEqual([{ message: text }]);
  });

  test.each<[string, (body: string) => string | Buffer]>([
    ['a byte order mark', (one) => `\ufeff${one}`],
    ['a byte order mark and a declaration', (one) => `\ufeff<?xml version="1.0" encoding="utf-8"?>${one}`],
    ['a declaration and a line end', (one) => `<?xml version="1.0" encoding="UTF-8"?>\n${one}`],
    [
      'a declaration that says what is clear',
      (one) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n${one}\r\n`,
    ],
    ['line ends before and after', (one) => `\r\n\n${one}\n\n`],
    ['white space between its elements, which is no text', (one) => one.replace(/>(?=<[^/]|<\/[^M])/g, '>\r\n\t  ')],
  ])('with %s', async (_what, around) => {
    const server = keep(await answering(200, around(body.toString('utf8')), XML));
    expect(await clientOf(server).getChatMessages(read)).toEqual([{ message: text }]);
  });

  test('but for a declaration that does not begin it', async () => {
    const server = keep(await answering(200, `\n<?xml version="1.0"?>${body}`, XML));
    expect(await errorOf(clientOf(server).getChatMessages(read))).toMatchObject({
      kind: 'protocol',
      code: 'xml-syntax',
    });
  });

  test.each<[string, (socket: Socket) => unknown]>([
    ['its length', (socket) => socket.end(Buffer.concat([Buffer.from(`${withLength}\r\n`), body.subarray(0, -1)]))],
    [
      'its last chunk',
      (socket) => socket.end(Buffer.concat([Buffer.from(`${inChunks}\r\n`), chunked(50).subarray(0, -5)])),
    ],
  ])('but for one that is cut short of %s', async (_of, respond) => {
    const server = keep(await tcpServer(respond));
    expect(await errorOf(clientOf(server).getChatMessages(read))).toMatchObject({
      kind: 'transport',
      code: 'connection',
    });
  });
});

describe('a connection', () => {
  /** How many connections were opened for so many calls, one after the other. */
  async function connectionsFor(calls: number, closing: boolean): Promise<number> {
    const sockets = new Set<unknown>();
    const body = encodeReply(Chat.getChatMessages, []);
    const server = keep(
      await httpServer((response) => {
        sockets.add(response.socket);
        response.writeHead(200, { ...XML, ...(closing && { connection: 'close' }) }).end(body);
      }),
    );
    const client = clientOf(server);
    for (let call = 0; call < calls; call++) await client.getChatMessages(read);
    return sockets.size;
  }

  test('is used again where the server keeps it', async () => {
    // A call may begin before the connection of the one before it is free again.
    expect(await connectionsFor(20, false)).toBeLessThan(5);
  });

  test('is opened anew for each call where the server closes it, as gSOAP does', async () => {
    expect(await connectionsFor(5, true)).toBe(5);
  });
});

describe('a request', () => {
  const answerToSave = encodeReply(Chat.saveChatSessionEntity, null);

  test('is what WCF routes by: SOAP 1.1, text/xml in UTF-8, a quoted SOAPAction', async () => {
    const server = keep(await answering(200, answerToSave));
    await clientOf(server).saveChatSessionEntity({ chatSessionEntity: { chatSessionId: 3 } });
    const [{ method, url, headers, body } = { method: '', url: '', headers: {}, body: '' }] = server.seen;
    expect([method, url]).toEqual(['POST', '/Remote/Services88/Chat.svc']);
    expect(headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/SaveChatSessionEntity"',
      'content-length': String(Buffer.byteLength(body)),
    });
    expect(headers).not.toHaveProperty('expect');
    expect(headers).not.toHaveProperty('transfer-encoding');
    expect(body).toContain('http://schemas.xmlsoap.org/soap/envelope/');
  });

  test('has its members in the order of the contract, the base class first, since WCF drops what comes late', async () => {
    const server = keep(await answering(200, answerToSave));
    const session = {
      flags: [],
      topicId: 4,
      chatSessionId: 3,
      fieldProperties: {},
      tableRight: null,
      rating: 1,
      user: null,
    } as const;
    await clientOf(server).saveChatSessionEntity({ chatSessionEntity: session });
    const members = server.seen[0]?.body.match(
      /(?<=<)(?:TableRight|FieldProperties|ChatSessionId|TopicId|User|Flags|Rating)\b/g,
    );
    expect(members).toEqual(['TableRight', 'FieldProperties', 'ChatSessionId', 'TopicId', 'User', 'Flags', 'Rating']);
  });

  test('has the items of an array in the namespace of arrays', async () => {
    const server = keep(await answering(200, encodeReply(Chat.saveChatPresence, undefined)));
    await clientOf(server).saveChatPresence({ chatPresence: [{ chatTopics: [3, 4] }] });
    const { body } = server.seen[0] ?? { body: '' };
    const prefix = /xmlns:(\w+)="http:\/\/schemas\.microsoft\.com\/2003\/10\/Serialization\/Arrays"/.exec(body)?.[1];
    expect(body).toContain(`<ChatTopics><${prefix}:int>3</${prefix}:int><${prefix}:int>4</${prefix}:int></ChatTopics>`);
  });
});
