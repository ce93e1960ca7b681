import type { FaultContent } from '../../../lib/codec/fault.js';
import type { SoapVersion } from '../../../lib/codec/versions.js';
import { findElement, parseXml, textOf, type XmlElement } from '../../../lib/codec/xml.js';
import { decodeReply, encodeFault } from '../../../lib/codec.js';
import { Fault, ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';

const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const WCF = 'http://schemas.datacontract.org/2004/07/System.ServiceModel';

/** An envelope with a Fault of this content, and with header blocks. */
const faultReply = (content: string, { soap = SOAP11, header = '' } = {}): string =>
  `<s:Envelope xmlns:s="${soap}" xmlns:i="${XSI}">${header && `<s:Header>${header}</s:Header>`}<s:Body><s:Fault>${content}</s:Fault></s:Body></s:Envelope>`;

/** A reply to GetChatMessages with these header parts. */
const failedReply = (header: string, body = '<GetChatMessagesResponse/>'): string =>
  `<s:Envelope xmlns:s="${SOAP11}" xmlns="${S88}" xmlns:i="${XSI}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

function faultOf(document: string): Fault {
  try {
    decodeReply(Chat.getChatMessages, document);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no Fault was read');
}

const reason = '<faultstring>It broke</faultstring>';
const exceptionDetail = (members: string): string =>
  `<detail><ExceptionDetail xmlns="${WCF}">${members}</ExceptionDetail></detail>`;

describe('a Fault element', () => {
  test.each<[string, string, Partial<Fault>]>([
    [
      'of SOAP 1.1',
      faultReply(`<faultcode>s:Server</faultcode>${reason}`),
      { faultCode: 'Server', reason: 'It broke' },
    ],
    [
      'of SOAP 1.2',
      faultReply(
        '<s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="en">It broke</s:Text><s:Text xml:lang="no">Ødelagt</s:Text></s:Reason><s:Node>urn:n</s:Node><s:Role>urn:r</s:Role>',
        { soap: SOAP12 },
      ),
      { faultCode: 'Server', reason: 'It broke' },
    ],
    [
      'of SOAP 1.2 with subcodes',
      faultReply(
        '<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:a="urn:a">a:Outer</s:Value><s:Subcode><s:Value>SessionGone</s:Value></s:Subcode></s:Subcode></s:Code><s:Reason><s:Text xml:lang="">It broke</s:Text></s:Reason>',
        { soap: SOAP12 },
      ),
      { faultCode: 'SessionGone', reason: 'It broke' },
    ],
    [
      'of SOAP 1.2 in an envelope of 1.1',
      faultReply('<s:Code><s:Value>SOAP-ENV:Server</s:Value></s:Code><s:Reason><s:Text>It broke</s:Text></s:Reason>'),
      { faultCode: 'Server', reason: 'It broke' },
    ],
    [
      'of SOAP 1.1 in an envelope of 1.2',
      faultReply(`<faultcode>s:Client</faultcode>${reason}`, { soap: SOAP12 }),
      { faultCode: 'Client', reason: 'It broke' },
    ],
    ['with a code without a prefix', faultReply(`<faultcode>Client</faultcode>${reason}`), { faultCode: 'Client' }],
    ['with a code of 1.2 in 1.1', faultReply(`<faultcode>Sender</faultcode>${reason}`), { faultCode: 'Client' }],
    [
      'with a code whose prefix is declared on it',
      faultReply(`<faultcode xmlns:a="urn:a">a:InternalServiceFault</faultcode>${reason}`),
      { faultCode: 'InternalServiceFault' },
    ],
    [
      'with white space around the code',
      faultReply(`<faultcode>\n s:Server \n</faultcode>${reason}`),
      { faultCode: 'Server' },
    ],
    [
      'with the children in another order',
      faultReply(`${reason}<faultcode>s:Server</faultcode>`),
      { faultCode: 'Server', reason: 'It broke' },
    ],
    [
      'with the language of its reason',
      faultReply('<faultcode>s:Server</faultcode><faultstring xml:lang="">It broke</faultstring>'),
      { reason: 'It broke' },
    ],
    [
      'with a reason in pieces',
      faultReply('<faultstring>It <![CDATA[<broke>]]> &amp; &#x1F;</faultstring>'),
      { reason: 'It <broke> & \u001f' },
    ],
    [
      'without a reason',
      faultReply('<faultcode>s:Server</faultcode>'),
      { faultCode: 'Server', reason: 'the Fault gives no reason' },
    ],
    ['with an empty reason', faultReply('<faultstring/>'), { faultCode: '', reason: 'the Fault gives no reason' }],
    ['with a nil reason', faultReply('<faultstring i:nil="true"/>'), { reason: 'the Fault gives no reason' }],
    ['that is empty', faultReply(''), { faultCode: '', reason: 'the Fault gives no reason' }],
    ['with an empty code', faultReply(`<faultcode/>${reason}`), { faultCode: '', reason: 'It broke' }],
    [
      'behind a header block that must be understood',
      faultReply(`<faultcode>s:Server</faultcode>${reason}`, {
        header:
          '<Action s:mustUnderstand="1" xmlns="http://schemas.microsoft.com/ws/2005/05/addressing/none">urn:a</Action>',
      }),
      { faultCode: 'Server', reason: 'It broke' },
    ],
    [
      'of the exceptions that WCF shows',
      faultReply(
        `<faultcode>s:Server</faultcode>${reason}${exceptionDetail('<Message>It broke</Message><StackTrace/><Type>System.Exception</Type>')}`,
      ),
      { exceptionType: 'System.Exception', friendlyText: undefined },
    ],
    [
      'of the exceptions that WCF shows, with another one inside',
      faultReply(
        `${reason}${exceptionDetail('<HelpLink i:nil="true"/><InnerException><HelpLink i:nil="true"/><InnerException i:nil="true"/><Message>inner</Message><Type>System.InnerException</Type></InnerException><Message>outer</Message><Type>System.OuterException</Type>')}`,
      ),
      { exceptionType: 'System.OuterException' },
    ],
    [
      "with the service's own type in its detail",
      faultReply(
        `${reason}<detail><SoExceptionInfo xmlns="${S88}"><FriendlyText>Sorry</FriendlyText><ExceptionType>Some.Exception</ExceptionType></SoExceptionInfo></detail>`,
      ),
      { exceptionType: 'Some.Exception', friendlyText: 'Sorry', code: 'soap-fault' },
    ],
    [
      'with a detail in no namespace',
      faultReply(`${reason}<detail><ExceptionType>Some.Exception</ExceptionType></detail>`),
      { exceptionType: 'Some.Exception' },
    ],
  ])('%s', (_what, document, wanted) => {
    const fault = faultOf(document);
    expect(fault).toMatchObject(wanted);
    expect(fault).toMatchObject({
      name: 'Fault',
      kind: 'fault',
      code: 'soap-fault',
      operation: 'Chat.GetChatMessages',
      attempts: 1,
    });
    expect(fault.message.startsWith(`fault: ${fault.reason}`)).toBe(true);
  });

  test.each(['Client', 'Sender', 'VersionMismatch', 'MustUnderstand', 'ActionNotSupported'])(
    'that finds fault with the request proves that nothing was done: %s',
    (code) => {
      expect(faultOf(faultReply(`<faultcode>s:${code}</faultcode>${reason}`)).outcome).toBe('refused');
      expect(faultOf(encodeFault({ faultCode: code, reason: 'r' }, { version: '1.2' })).outcome).toBe('refused');
    },
  );

  test.each(['Server', 'Receiver', 'InternalServiceFault', 'SessionGone', 'client', 'constructor'])(
    'of the server leaves unknown how far it had come: %s',
    (code) => {
      expect(faultOf(faultReply(`<faultcode>s:${code}</faultcode>${reason}`)).outcome).toBe('unknown');
      expect(faultOf(encodeFault({ faultCode: code, reason: 'r' }, { version: '1.2' })).outcome).toBe('unknown');
    },
  );

  test.each(['', '<faultcode/>', '<faultcode>s:</faultcode>'])('without a code leaves it unknown too: %j', (code) => {
    expect(faultOf(faultReply(`${code}${reason}`)).outcome).toBe('unknown');
  });

  test('gives its detail as a tree', () => {
    const { detail } = faultOf(
      faultReply(`${reason}<detail xmlns:d="urn:d" d:a="1"><d:code>7</d:code>text<x xmlns="urn:x"/></detail>`),
    );
    expect(detail).toEqual({
      name: 'detail',
      namespace: '',
      attributes: [{ name: 'a', namespace: 'urn:d', value: '1' }],
      children: [
        { name: 'code', namespace: 'urn:d', attributes: [], children: ['7'] },
        'text',
        { name: 'x', namespace: 'urn:x', attributes: [], children: [] },
      ],
    });
  });

  test('of SOAP 1.2 gives its Detail too', () => {
    const content = '<s:Detail><a xmlns="urn:a">b</a></s:Detail>';
    const { detail } = faultOf(faultReply(content, { soap: SOAP12 }));
    expect(textOf(findElement(detail as XmlElement, 'a') as XmlElement)).toBe('b');
  });

  test('names the exception in its message', () => {
    const fault = faultOf(faultReply(`${reason}${exceptionDetail('<Type>System.Exception</Type>')}`));
    expect(fault.message).toBe('fault: It broke (System.Exception)');
  });

  test('is one of every operation', () => {
    for (const operation of [...Object.values(Chat), ...Object.values(SoPrincipal)]) {
      const read = () => decodeReply(operation, faultReply(reason));
      expect(read).toThrow(expect.objectContaining({ operation: `${operation.service.name}.${operation.name}` }));
    }
  });

  test.each<[string, string]>([
    ['a tag that is not closed in the detail', faultReply(`${reason}<detail><a></detail>`)],
    ['an undeclared prefix in the detail', faultReply(`${reason}<detail><x:a/></detail>`)],
    ['an entity in the reason', faultReply('<faultstring>&nbsp;</faultstring>')],
    ['text after the envelope', `${faultReply(reason)}x`],
    ['a cut', faultReply(reason).slice(0, -1)],
    ['a wrong end tag of the Body', faultReply(reason).replace('</s:Body>', '</s:body>')],
  ])('counts only in a document that is well-formed: %s', (_what, document) => {
    expect(() => faultOf(document)).toThrow(ProtocolError);
    expect(() => faultOf(document)).toThrow(expect.objectContaining({ code: 'xml-syntax' }));
  });
});

describe('an ExceptionInfo in the header', () => {
  const exception = (members: string): string =>
    `<ExceptionInfo>${members}</ExceptionInfo><Succeeded>false</Succeeded>`;

  test('is a fault with all that it says', () => {
    const parameter = (key: string, value: string): string =>
      `<SoExceptionInfoParametersKeyValuePair><Key>${key}</Key>${value}</SoExceptionInfoParametersKeyValuePair>`;
    const fault = faultOf(
      failedReply(
        exception(
          '<Message>outer</Message><StackTrace>at a</StackTrace><FriendlyText>Sorry</FriendlyText>' +
            '<ExceptionType>Some.OuterException</ExceptionType><Source>s</Source>' +
            '<InnerException><Message>middle</Message><InnerException><Message>inner</Message><ExceptionType>Some.InnerException</ExceptionType></InnerException></InnerException>' +
            `<Parameters>${parameter('Id', '<Value>7</Value>')}${parameter('__proto__', '<Value i:nil="true"/>')}</Parameters>`,
        ),
      ),
    );
    expect(fault).toMatchObject({
      code: 'service',
      outcome: 'refused',
      operation: 'Chat.GetChatMessages',
      faultCode: '',
      reason: 'outer',
      friendlyText: 'Sorry',
      exceptionType: 'Some.OuterException',
    });
    expect(Object.entries(fault.parameters)).toEqual([
      ['Id', '7'],
      ['__proto__', null],
    ]);
    const middle = fault.cause as Fault;
    expect(middle).toBeInstanceOf(Fault);
    expect(middle.reason).toBe('middle');
    expect(middle.cause).toMatchObject({ reason: 'inner', exceptionType: 'Some.InnerException' });
    expect((middle.cause as Fault).cause).toBe(undefined);
  });

  test.each<[string, string, string]>([
    ['the friendly text where there is no message', '<Message/><FriendlyText>Sorry</FriendlyText>', 'Sorry'],
    ['that there is no reason', '', 'the service gave no reason'],
    [
      'that there is no reason where all is nil',
      '<Message i:nil="true"/><InnerException i:nil="true"/>',
      'the service gave no reason',
    ],
  ])('says %s', (_what, members, wanted) => {
    const fault = faultOf(failedReply(exception(members)));
    expect(fault.reason).toBe(wanted);
    expect(fault.cause).toBe(undefined);
  });

  test.each<[string, string]>([
    ['Succeeded is true', '<ExceptionInfo><Message>m</Message></ExceptionInfo><Succeeded>true</Succeeded>'],
    ['there is no Succeeded', '<ExceptionInfo><Message>m</Message></ExceptionInfo>'],
  ])('counts where %s', (_what, header) => {
    expect(faultOf(failedReply(header))).toMatchObject({ code: 'service', reason: 'm' });
  });

  test('counts where it stands beside the Header', () => {
    const document = failedReply('').replace(
      '<s:Header></s:Header>',
      '<ExceptionInfo><Message>m</Message></ExceptionInfo>',
    );
    expect(faultOf(document)).toMatchObject({ code: 'service', reason: 'm' });
  });

  test.each([
    '',
    '<GetChatMessagesResponse/>',
    '<GetChatMessagesResponse><Response i:nil="true"/></GetChatMessagesResponse>',
  ])('counts whatever the Body holds: %s', (body) => {
    expect(faultOf(failedReply(exception('<Message>m</Message>'), body)).reason).toBe('m');
  });

  test('that is nil is none', () => {
    const document = failedReply('<ExceptionInfo i:nil="true"/><Succeeded>true</Succeeded>');
    expect(decodeReply(Chat.getChatMessages, document).output).toBe(null);
  });

  test('that is missing where Succeeded is false leaves a fault without a reason', () => {
    expect(faultOf(failedReply('<Succeeded>false</Succeeded>'))).toMatchObject({
      code: 'service',
      outcome: 'refused',
      reason: 'the service says that it did not succeed, and gives no reason',
    });
    expect(faultOf(failedReply('<ExceptionInfo i:nil="true"/><Succeeded>0</Succeeded>')).code).toBe('service');
  });

  test('is behind a Fault element that stands in the same document', () => {
    const document = failedReply(exception('<Message>m</Message>'), `<s:Fault xmlns="">${reason}</s:Fault>`);
    expect(faultOf(document)).toMatchObject({ code: 'soap-fault', reason: 'It broke' });
  });
});

describe('a refused ticket has the code login', () => {
  const info = (type: string): string =>
    failedReply(`<ExceptionInfo><Message>m</Message><ExceptionType>${type}</ExceptionType></ExceptionInfo>`);

  test.each<[string, string]>([
    ['a session exception in the header', info('SuperOffice.Exceptions.SoSessionException')],
    ['a session exception without its namespace', info('SoSessionException')],
    [
      'a session exception in the detail',
      faultReply(`${reason}${exceptionDetail('<Type>SuperOffice.Exceptions.SoSessionException</Type>')}`),
    ],
    [
      'a fault code of WS-Security',
      faultReply(`<faultcode xmlns:w="urn:w">w:FailedAuthentication</faultcode>${reason}`),
    ],
    [
      'a subcode of WS-Security',
      faultReply(
        '<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:w="urn:w">w:FailedAuthentication</s:Value></s:Subcode></s:Code>',
        { soap: SOAP12 },
      ),
    ],
  ])('%s', (_what, document) => {
    expect(faultOf(document)).toMatchObject({ code: 'login', outcome: 'refused' });
  });

  test.each<[string, string]>([
    ['another exception', info('SuperOffice.Exceptions.SoNotFoundException')],
    ['a name that only ends alike', info('Some.MySoSessionException')],
    [
      'an exception that only mentions it',
      failedReply('<ExceptionInfo><Message>SoSessionException</Message></ExceptionInfo>'),
    ],
    ['a fault of the client', faultReply(`<faultcode>s:Client</faultcode>${reason}`)],
  ])('but not %s', (_what, document) => {
    expect(faultOf(document).code).not.toBe('login');
  });
});

describe('a Fault that is written', () => {
  const written: readonly FaultContent[] = [
    { faultCode: 'Client', reason: 'You are wrong' },
    { faultCode: 'Server', reason: 'I am <wrong> & ]]> \r\n' },
    { faultCode: 'VersionMismatch', reason: 'Another SOAP' },
    { faultCode: 'MustUnderstand', reason: 'What is this?' },
    { faultCode: 'SessionGone', reason: 'Gone 😀', exceptionType: 'Some.Exception' },
    { faultCode: 'Server', reason: 'Shown', exceptionType: 'A<B>' },
  ];
  const rows = written.flatMap((fault) => (['1.1', '1.2'] as const).map((version) => [version, fault] as const));

  test.each(rows)('is read as the same: SOAP %s, %j', (version, fault) => {
    const document = encodeFault(fault, { version });
    expect(faultOf(document)).toMatchObject({ code: 'soap-fault', exceptionType: undefined, ...fault });
    expect(parseXml(document).namespace).toBe(version === '1.1' ? SOAP11 : SOAP12);
  });

  test.each<[SoapVersion | undefined, string]>([
    [
      undefined,
      `<s:Envelope xmlns:s="${SOAP11}"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang="en">a&lt;b</faultstring></s:Fault></s:Body></s:Envelope>`,
    ],
    [
      '1.2',
      `<s:Envelope xmlns:s="${SOAP12}"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="en">a&lt;b</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`,
    ],
  ])('has the form of its version: %s', (version, document) => {
    expect(encodeFault({ faultCode: 'Client', reason: 'a<b' }, version === undefined ? {} : { version })).toBe(
      document,
    );
  });

  test.each(['1.1', '1.2'] as const)('is a fault of the server where no code is given: SOAP %s', (version) => {
    for (const faultCode of [undefined, '']) {
      expect(faultOf(encodeFault({ faultCode, reason: 'r' }, { version })).faultCode).toBe('Server');
    }
  });

  test.each(['1.1', '1.2'] as const)('may have a code that objects have of their own: SOAP %s', (version) => {
    expect(faultOf(encodeFault({ faultCode: 'constructor', reason: 'r' }, { version })).faultCode).toBe('constructor');
  });

  test('may be a Fault that was read', () => {
    const read = faultOf(
      faultReply(`<faultcode>s:Client</faultcode>${reason}${exceptionDetail('<Type>Some.Exception</Type>')}`),
    );
    expect(faultOf(encodeFault(read, { version: '1.2' }))).toMatchObject({
      faultCode: 'Client',
      reason: 'It broke',
      exceptionType: 'Some.Exception',
    });
  });

  test('may be a Fault that was read with a control character in its reason', () => {
    const read = faultOf(faultReply('<faultstring>a&#x1F;b</faultstring>'));
    expect(() => encodeFault(read)).not.toThrow();
  });
});

test('a reason with markup in it is a reason all the same', () => {
  const fault = '<s:Fault><faultcode>s:Server</faultcode><faultstring>not <b>now</b></faultstring></s:Fault>';
  const document = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${fault}</s:Body></s:Envelope>`;
  expect(() => decodeReply(Chat.getChatMessages, document)).toThrow(expect.objectContaining({ reason: 'not now' }));
});

test('a refusal in the header counts, whatever there is in the Body', () => {
  const services = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
  const document = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${services}"><s:Header><Succeeded>false</Succeeded></s:Header><s:Body><GetChatMessagesResponse><Other/></GetChatMessagesResponse></s:Body></s:Envelope>`;
  expect(() => decodeReply(Chat.getChatMessages, document)).toThrow(expect.objectContaining({ code: 'service' }));
  expect(() => decodeReply(Chat.getChatMessages, document.replace('false', 'true'))).toThrow(/unknown element/);
});
