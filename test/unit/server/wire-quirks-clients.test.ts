/**
 * What clients of different SOAP stacks send to a service, as they send it: whoever stands in for the service must read
 * all of it.
 */
import { connect } from 'node:net';
import { Chat, decodeReply, SoPrincipal } from '../../../lib/index.js';
import { createSimulator, serveSoap } from '../../../lib/server.js';
import { closedAfterEach } from '../transports/servers.js';

const keep = closedAfterEach();

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

const simulator = async () => keep(await serveSoap([Chat, SoPrincipal], createSimulator()));

type Headers = Readonly<Record<string, string>>;

/** Posts as the stacks do, with a SOAPAction that names the operation. */
async function post(
  url: string,
  operation: string,
  body: string,
  headers: Headers = {},
): Promise<{ status: number; body: string }> {
  const service = url.includes('SoPrincipal') ? 'SoPrincipal' : 'Chat';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${S88}/${service}/${operation}"`, ...headers },
    body,
  });
  return { status: response.status, body: await response.text() };
}

async function ticketFrom(baseUrl: string): Promise<string> {
  const { body } = await post(`${baseUrl}/SoPrincipal.svc`, 'AuthenticateUsernamePassword', mono(MONO_LOGIN));
  const { output } = decodeReply(SoPrincipal.authenticateUsernamePassword, body);
  return output.credentials?.ticket ?? 'none';
}

const mono = (body: string, header = ''): string =>
  `<s:Envelope xmlns:s="${SOAP}">${header && `<s:Header>${header}</s:Header>`}<s:Body>${body}</s:Body></s:Envelope>`;

const MONO_LOGIN = `<AuthenticateUsernamePassword xmlns="${S88}"><UserName>anna</UserName><Password>demo</Password></AuthenticateUsernamePassword>`;

/** Who sends it and what is special about it, the envelope, and headers of HTTP where they matter. */
type StackRequest = readonly [string, (ticket: string) => string, Headers];

/** A request for the messages of session 41 by each stack, with a ticket. */
const requests: readonly StackRequest[] = [
  [
    'Mono WCF: null as nil, parts in the default namespace',
    (ticket) =>
      mono(
        `<GetChatMessages xmlns="${S88}"><ChatSessionId>41</ChatSessionId><After>0</After></GetChatMessages>`,
        `<ApplicationToken i:nil="true" xmlns:i="${XSI}" xmlns="${S88}" /><Credentials xmlns:i="${XSI}" xmlns="${S88}"><Ticket>${ticket}</Ticket></Credentials><TimeZone i:nil="true" xmlns:i="${XSI}" xmlns="${S88}" />`,
      ),
    {},
  ],
  [
    '.NET WCF: prefixes on the parts of the header',
    (ticket) =>
      mono(
        `<GetChatMessages xmlns="${S88}"><ChatSessionId>41</ChatSessionId><After>0</After></GetChatMessages>`,
        `<h:ApplicationToken xmlns:h="${S88}">app</h:ApplicationToken><h:Credentials xmlns:h="${S88}" xmlns="${S88}" xmlns:i="${XSI}"><Ticket>${ticket}</Ticket></h:Credentials>`,
      ),
    {},
  ],
  [
    'gSOAP: header parts that are to be understood',
    (ticket) => `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="${XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:arr="${ARRAYS}" xmlns:ns1="${S88}"><SOAP-ENV:Header><ns1:ApplicationToken SOAP-ENV:mustUnderstand="1">app</ns1:ApplicationToken><ns1:Credentials SOAP-ENV:mustUnderstand="1"><ns1:Ticket>${ticket}</ns1:Ticket></ns1:Credentials><ns1:TimeZone SOAP-ENV:mustUnderstand="1"><ns1:SoTimeZoneId>0</ns1:SoTimeZoneId></ns1:TimeZone></SOAP-ENV:Header><SOAP-ENV:Body><ns1:GetChatMessages><ns1:ChatSessionId>41</ns1:ChatSessionId><ns1:After>0</ns1:After></ns1:GetChatMessages></SOAP-ENV:Body></SOAP-ENV:Envelope>`,
    { connection: 'close' },
  ],
  [
    'PHP: prefixes on the envelope and a line end behind it',
    (ticket) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:ns1="${S88}"><SOAP-ENV:Header><ns1:Credentials><ns1:Ticket>${ticket}</ns1:Ticket></ns1:Credentials></SOAP-ENV:Header><SOAP-ENV:Body><ns1:GetChatMessages><ns1:ChatSessionId>41</ns1:ChatSessionId><ns1:After>0</ns1:After></ns1:GetChatMessages></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`,
    {},
  ],
  [
    'zeep: headers of WS-Addressing, a prefix on each element anew',
    (ticket) =>
      `<?xml version='1.0' encoding='utf-8'?>\n<soap-env:Envelope xmlns:soap-env="${SOAP}"><soap-env:Header xmlns:wsa="http://www.w3.org/2005/08/addressing"><ns0:Credentials xmlns:ns0="${S88}"><ns0:Ticket>${ticket}</ns0:Ticket></ns0:Credentials><wsa:Action>${S88}/Chat/GetChatMessages</wsa:Action><wsa:MessageID>urn:uuid:00000000-0000-4000-8000-000000000000</wsa:MessageID><wsa:To>http://127.0.0.1/Chat.svc</wsa:To></soap-env:Header><soap-env:Body><ns0:GetChatMessages xmlns:ns0="${S88}"><ns0:ChatSessionId>41</ns0:ChatSessionId><ns0:After>0</ns0:After></ns0:GetChatMessages></soap-env:Body></soap-env:Envelope>`,
    {},
  ],
  [
    'node soap: ten kilobytes of declarations, quotes as references',
    (ticket) => {
      const unused = Array.from(
        { length: 143 },
        (_, n) => ` xmlns:q${n}="http://schemas.example.com/one/of/very/many/namespaces/${n}"`,
      ).join('');
      return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP}"  xmlns:xsi="${XSI}" xmlns:tns="${S88}"${unused}><soap:Header><q200:Credentials xmlns:q200="${S88}" xmlns="${S88}"><Ticket>${ticket.replaceAll('"', '&quot;')}</Ticket></q200:Credentials></soap:Header><soap:Body><GetChatMessages xmlns="${S88}"><q201:ChatSessionId xmlns:q201="${S88}">41</q201:ChatSessionId><After>0</After></GetChatMessages></soap:Body></soap:Envelope>`;
    },
    { connection: 'close', accept: 'text/html,application/xhtml+xml,application/xml,text/xml;q=0.9,*/*;q=0.8' },
  ],
  [
    'strong-soap: a line for each element',
    (ticket) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<soap:Envelope xmlns:soap="${SOAP}">
  <soap:Header>
    <ns1:Credentials xmlns:ns1="${S88}">
      <ns1:Ticket>${ticket}</ns1:Ticket>
    </ns1:Credentials>
  </soap:Header>
  <soap:Body>
    <ns1:GetChatMessages xmlns:ns1="${S88}">
      <ns1:ChatSessionId>41</ns1:ChatSessionId>
      <ns1:After>0</ns1:After>
    </ns1:GetChatMessages>
  </soap:Body>
</soap:Envelope>`,
    {},
  ],
  [
    'ASMX: the zone of the last reply sent back, a value of 0 left out',
    (ticket) =>
      `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP}" xmlns:xsi="${XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Header><Credentials xmlns="${S88}"><Ticket>${ticket}</Ticket></Credentials><TimeZone xmlns="${S88}"><SoTimeZoneId>0</SoTimeZoneId><SoTimeZoneLocationCode /></TimeZone></soap:Header><soap:Body><GetChatMessages xmlns="${S88}"><ChatSessionId>41</ChatSessionId></GetChatMessages></soap:Body></soap:Envelope>`,
    {},
  ],
  [
    'the published samples: a type on every parameter',
    (ticket) =>
      `<e:Envelope xmlns:e="${SOAP}" xmlns:xsi="${XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:Chat="${S88}"><Chat:ApplicationToken>1234567-1234-9876</Chat:ApplicationToken><Chat:Credentials><Chat:Ticket>${ticket}</Chat:Ticket></Chat:Credentials><e:Body><Chat:GetChatMessages><Chat:ChatSessionId xsi:type="xsd:int">41</Chat:ChatSessionId><Chat:After xsi:type="xsd:int">0</Chat:After></Chat:GetChatMessages></e:Body></e:Envelope>`,
    {},
  ],
];

describe('the simulator', () => {
  test.each(requests)('answers %s', async (_of, request, headers) => {
    const { baseUrl } = await simulator();
    const ticket = await ticketFrom(baseUrl);
    const { status, body } = await post(`${baseUrl}/Chat.svc`, 'GetChatMessages', request(ticket), headers);
    expect(status).toBe(200);
    const { output, header } = decodeReply(Chat.getChatMessages, body);
    expect(header.succeeded).toBe(true);
    expect(output?.length).toBeGreaterThan(0);
    expect(output?.every((message) => message?.chatSessionId === 41)).toBe(true);
  });

  test('does not take any of these for a login', async () => {
    const { baseUrl } = await simulator();
    for (const [, request] of requests) {
      const { body } = await post(`${baseUrl}/Chat.svc`, 'GetChatMessages', request('7T:wrong'));
      expect(() => decodeReply(Chat.getChatMessages, body)).toThrow(
        expect.objectContaining({ kind: 'fault', code: 'login' }),
      );
    }
  });

  test('reads the values that stacks write in their own way', async () => {
    const { baseUrl } = await simulator();
    const ticket = await ticketFrom(baseUrl);
    const credentials = `<Credentials xmlns="${S88}"><Ticket>${ticket}</Ticket></Credentials>`;
    const message = `<Message><ChatMessageId>0</ChatMessageId><Type> ToCustomer </Type><Message>a&#13;&#xA;&#x9;b &quot;&apos; ]]&gt; </Message><Author/><ReadByCustomer>+0</ReadByCustomer><Unknown>1</Unknown></Message>`;
    const added = await post(
      `${baseUrl}/Chat.svc`,
      'AddChatMessage',
      mono(`<AddChatMessage xmlns="${S88}"><ChatSessionId>41</ChatSessionId>${message}</AddChatMessage>`, credentials),
    );
    expect(decodeReply(Chat.addChatMessage, added.body).output).toMatchObject({
      type: 'ToCustomer',
      message: `a\r\n\tb "' ]]> `,
    });
    const transcript = await post(
      `${baseUrl}/Chat.svc`,
      'GetChatTranscript',
      mono(
        `<GetChatTranscript xmlns="${S88}"><ChatSessionId>41</ChatSessionId><Html>1</Html></GetChatTranscript>`,
        credentials,
      ),
    );
    expect(decodeReply(Chat.getChatTranscript, transcript.body).output).toContain('&quot;&#39; ]]&gt;');
  });

  test('answers a request that is announced and waits for "100 Continue", as Mono sends it', async () => {
    const { port } = await simulator();
    const answer = await announced(port, mono(MONO_LOGIN));
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('<AuthenticationSucceeded>true</AuthenticationSucceeded>');
  });
});

/** Sends the head alone, the body once the server wants it, and gives all that comes back. */
function announced(port: number, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let sent = false;
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
      if (sent || !answer.startsWith('HTTP/1.1 100')) return;
      sent = true;
      socket.write(body);
    });
    socket.write(
      `POST /Remote/Services88/SoPrincipal.svc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: "${S88}/SoPrincipal/AuthenticateUsernamePassword"\r\nContent-Length: ${Buffer.byteLength(body)}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
    );
  });
}
