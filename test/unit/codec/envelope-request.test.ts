import { DateTime } from '../../../lib/codec/date-time.js';
import type { InputOf } from '../../../lib/codec/operation.js';
import { decodeRequest, type EncodeRequestOptions, encodeRequest } from '../../../lib/codec.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';

const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const services = [Chat, SoPrincipal];

/** An envelope as it is expected, with the declarations that its content needs. */
function envelope(body: string, { header = '', declarations = '', soap = SOAP11 } = {}): string {
  const head = header === '' ? '' : `<s:Header>${header}</s:Header>`;
  return `<s:Envelope xmlns:s="${soap}" xmlns="${S88}"${declarations}>${head}<s:Body>${body}</s:Body></s:Envelope>`;
}

type Session = NonNullable<InputOf<typeof Chat.saveChatSessionEntity>['chatSessionEntity']>;
type Message = NonNullable<InputOf<typeof Chat.addChatMessage>['message']>;
type Topic = NonNullable<InputOf<typeof Chat.saveChatTopicEntity>['chatTopicEntity']>;

/** What stands inside the element of a session, a message or a topic that is sent. */
function sessionContent(session: Session): string {
  return between(encodeRequest(Chat.saveChatSessionEntity, { chatSessionEntity: session }), 'ChatSessionEntity');
}

function messageContent(message: Message): string {
  return between(encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message }), 'Message');
}

function topicContent(topic: Topic): string {
  return between(encodeRequest(Chat.saveChatTopicEntity, { chatTopicEntity: topic }), 'ChatTopicEntity');
}

function between(document: string, tag: string): string {
  return document.slice(document.indexOf(`<${tag}>`) + tag.length + 2, document.lastIndexOf(`</${tag}>`));
}

const sampleHeader = {
  applicationToken: '1234567-1234-9876',
  credentials: { ticket: '7T:1234abcxyzExample==' },
};

/** The first lines of a sample for the Chat service, up to the header blocks. */
const sampleHead = (soap: string, encoding: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope
 xmlns:SOAP-ENV="${soap}"
 xmlns:SOAP-ENC="${encoding}"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:NetServerServices882="http://schemas.microsoft.com/2003/10/Serialization/Arrays"
 xmlns:NetServerServices881="http://schemas.microsoft.com/2003/10/Serialization/"
 xmlns:Chat="http://www.superoffice.net/ws/crm/NetServer/Services88">
`;

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const each of Object.values(value)) deepFreeze(each);
    Object.freeze(value);
  }
  return value;
}

describe('a plain request', () => {
  test('is one SOAP 1.1 envelope without a declaration, white space or an empty Header', () => {
    expect(encodeRequest(Chat.getChatMessages, { chatSessionId: 42, after: 0 })).toBe(
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"' +
        ' xmlns="http://www.superoffice.net/ws/crm/NetServer/Services88">' +
        '<s:Body><GetChatMessages><ChatSessionId>42</ChatSessionId><After>0</After></GetChatMessages></s:Body>' +
        '</s:Envelope>',
    );
  });

  test('differs in SOAP 1.2 by the namespace alone', () => {
    const input = { chatSessionId: 42, after: 0 };
    const of11 = encodeRequest(Chat.getChatMessages, input, { version: '1.1', header: sampleHeader });
    const of12 = encodeRequest(Chat.getChatMessages, input, { version: '1.2', header: sampleHeader });
    expect(of12).toContain(`xmlns:s="${SOAP12}"`);
    expect(of12).toBe(of11.replace(SOAP11, SOAP12));
  });

  test('has its header parts in Header, in the order of the contract whatever order the caller used', () => {
    const header = {
      timeZone: { soTimeZoneLocationCode: 'NO', soTimeZoneId: 2 },
      credentials: { ticket: '7T:example==' },
      applicationToken: 'token',
    };
    expect(encodeRequest(Chat.getChatPresence, {}, { header })).toBe(
      envelope('<GetChatPresence></GetChatPresence>', {
        header:
          '<ApplicationToken>token</ApplicationToken>' +
          '<Credentials><Ticket>7T:example==</Ticket></Credentials>' +
          '<TimeZone><SoTimeZoneId>2</SoTimeZoneId><SoTimeZoneLocationCode>NO</SoTimeZoneLocationCode></TimeZone>',
      }),
    );
  });

  test('leaves out header parts that are undefined and writes nil for those that are null', () => {
    const header = { applicationToken: null };
    expect(encodeRequest(SoPrincipal.getSystemInfo, {}, { header })).toBe(
      envelope('<GetSystemInfo></GetSystemInfo>', {
        header: '<ApplicationToken i:nil="true"/>',
        declarations: ` xmlns:i="${XSI}"`,
      }),
    );
  });

  test('has the items of an array of ints in the namespace of arrays', () => {
    const input = { chatPresence: [{ userId: 7, present: true, chatTopics: [3, -4] }] };
    expect(encodeRequest(Chat.saveChatPresence, input)).toBe(
      envelope(
        '<SaveChatPresence><ChatPresence><ChatPresence><UserId>7</UserId><Present>true</Present>' +
          '<ChatTopics><a:int>3</a:int><a:int>-4</a:int></ChatTopics>' +
          '</ChatPresence></ChatPresence></SaveChatPresence>',
        { declarations: ` xmlns:a="${ARRAYS}"` },
      ),
    );
  });

  test('has the members of the base class first and all members in the order of the contract', () => {
    const session: Session = {
      rating: 5,
      topicId: 4,
      user: { name: 'ALICE', associateId: 9, fieldProperties: null },
      chatSessionId: 3,
      fieldProperties: {},
      tableRight: { reason: 'why', mask: ['Select'] },
    };
    expect(sessionContent(session)).toBe(
      '<TableRight><Mask>Select</Mask><Reason>why</Reason></TableRight><FieldProperties></FieldProperties>' +
        '<ChatSessionId>3</ChatSessionId><TopicId>4</TopicId>' +
        '<User><FieldProperties i:nil="true"/><AssociateId>9</AssociateId><Name>ALICE</Name></User>' +
        '<Rating>5</Rating>',
    );
  });

  test('has one parameter after the other as the contract has them', () => {
    const swapped = { password: 'secret', userName: 'ALICE' };
    expect(encodeRequest(SoPrincipal.authenticateUsernamePassword, swapped)).toContain(
      '<UserName>ALICE</UserName><Password>secret</Password>',
    );
  });
});

describe('nil, absent and empty are three different things', () => {
  const presence = (chatTopics: readonly number[] | null | undefined): string =>
    between(
      encodeRequest(Chat.saveChatPresence, { chatPresence: [chatTopics === undefined ? {} : { chatTopics }] }),
      'SaveChatPresence',
    );

  test.each<[string, string, string]>([
    ['a nil string', messageContent({ message: null }), '<Message i:nil="true"/>'],
    ['an absent string', messageContent({}), ''],
    ['an undefined string', messageContent({ message: undefined } as unknown as Message), ''],
    ['an empty string', messageContent({ message: '' }), '<Message></Message>'],
    [
      'a nil array',
      presence(null),
      '<ChatPresence><ChatPresence><ChatTopics i:nil="true"/></ChatPresence></ChatPresence>',
    ],
    ['an absent array', presence(undefined), '<ChatPresence><ChatPresence></ChatPresence></ChatPresence>'],
    [
      'an empty array',
      presence([]),
      '<ChatPresence><ChatPresence><ChatTopics></ChatTopics></ChatPresence></ChatPresence>',
    ],
    ['a nil dictionary', sessionContent({ fieldProperties: null }), '<FieldProperties i:nil="true"/>'],
    ['an absent dictionary', sessionContent({}), ''],
    ['an empty dictionary', sessionContent({ fieldProperties: {} }), '<FieldProperties></FieldProperties>'],
    ['a nil object', sessionContent({ user: null }), '<User i:nil="true"/>'],
    ['an absent object', sessionContent({}), ''],
    ['an empty object', sessionContent({ user: {} }), '<User></User>'],
  ])('%s', (_what, written, wanted) => {
    expect(written).toBe(wanted);
  });

  test('a nil item of a list is written as nil', () => {
    expect(encodeRequest(Chat.saveChatPresence, { chatPresence: [null, { userId: 1 }] })).toContain(
      '<ChatPresence><ChatPresence i:nil="true"/><ChatPresence><UserId>1</UserId></ChatPresence></ChatPresence>',
    );
  });

  test('a nil, an absent and an empty parameter', () => {
    const of = (input: InputOf<typeof Chat.saveChatPresence>): string => encodeRequest(Chat.saveChatPresence, input);
    expect(of({ chatPresence: null })).toContain('<SaveChatPresence><ChatPresence i:nil="true"/></SaveChatPresence>');
    expect(of({})).toContain('<SaveChatPresence></SaveChatPresence>');
    expect(of({ chatPresence: [] })).toContain('<SaveChatPresence><ChatPresence></ChatPresence></SaveChatPresence>');
  });
});

describe('text', () => {
  test.each<[string, string, string]>([
    ['markup', '<b>&amp;"\'</b>', '&lt;b&gt;&amp;amp;"\'&lt;/b&gt;'],
    ['the end of a CDATA section', 'a]]>b', 'a]]&gt;b'],
    ['a carriage return', 'a\r\nb\rc', 'a&#xD;\nb&#xD;c'],
    ['tabs, line feeds and blanks', ' \ta\n ', ' \ta\n '],
    ['an emoji, as it is', 'a😀b', 'a😀b'],
    ['an emoji beside what must be escaped', '😀&😀', '😀&amp;😀'],
    ['letters beyond ASCII, next line and line separator', 'Å\u0085\u2028', 'Å\u0085\u2028'],
    ['the last characters that XML has', '\ufffd\u{10ffff}', '\ufffd\u{10ffff}'],
  ])('%s', (_what, text, written) => {
    expect(messageContent({ message: text })).toBe(`<Message>${written}</Message>`);
  });

  test('is escaped in the keys and values of dictionaries and in header parts', () => {
    const input = { authenticationData: { 'a<b': 'c&d' } };
    const header = { applicationToken: '<t>' };
    expect(encodeRequest(SoPrincipal.authenticateGeneric, input, { header })).toBe(
      envelope(
        '<AuthenticateGeneric><AuthenticationData><AuthenticationGenericDataKeyValuePair>' +
          '<Key>a&lt;b</Key><Value>c&amp;d</Value>' +
          '</AuthenticationGenericDataKeyValuePair></AuthenticationData></AuthenticateGeneric>',
        { header: '<ApplicationToken>&lt;t&gt;</ApplicationToken>' },
      ),
    );
  });
});

describe('values', () => {
  test.each<[string, Date | null, string]>([
    ['a Date, in UTC', new Date(Date.UTC(2024, 1, 29, 23, 59, 58)), '2024-02-29T23:59:58Z'],
    ['a Date with milliseconds', new Date(1), '1970-01-01T00:00:00.001Z'],
    ['null as year 1', null, '0001-01-01T00:00:00'],
    [
      'seven digits and an offset unchanged',
      DateTime.from('2024-02-29T23:59:58.1234567+02:00'),
      '2024-02-29T23:59:58.1234567+02:00',
    ],
    ['no zone unchanged', DateTime.from('2024-02-29T23:59:58.10'), '2024-02-29T23:59:58.10'],
    ['the last instant', DateTime.from('9999-12-31T23:59:59.9999999'), '9999-12-31T23:59:59.9999999'],
  ])('dateTime: %s', (_what, whenPosted, written) => {
    expect(messageContent({ whenPosted: whenPosted as DateTime | null })).toBe(`<WhenPosted>${written}</WhenPosted>`);
  });

  test('a DateTime that was changed is written in the zone that it was read in', () => {
    const changed = DateTime.from('2024-02-29T23:59:58.1234567+02:00');
    changed.setUTCHours(0, 0, 0, 0);
    expect(messageContent({ whenPosted: changed })).toBe('<WhenPosted>2024-02-29T02:00:00+02:00</WhenPosted>');
  });

  test.each<[string, string, string]>([
    ['no flags', sessionContent({ flags: [] }), '<Flags></Flags>'],
    ['one flag', sessionContent({ flags: ['UserIsTyping'] }), '<Flags>UserIsTyping</Flags>'],
    [
      'several flags, with blanks between them',
      sessionContent({ tableRight: { mask: ['Select', 'Update', 'RestrictedUpdate'] } }),
      '<TableRight><Mask>Select Update RestrictedUpdate</Mask></TableRight>',
    ],
    ['an enum', messageContent({ type: 'ToUser' }), '<Type>ToUser</Type>'],
    ['the smallest short', messageContent({ readByCustomer: -32768 }), '<ReadByCustomer>-32768</ReadByCustomer>'],
    ['the largest short', messageContent({ readByCustomer: 32767 }), '<ReadByCustomer>32767</ReadByCustomer>'],
    ['the smallest int', messageContent({ chatMessageId: -2147483648 }), '<ChatMessageId>-2147483648</ChatMessageId>'],
    ['the largest int', messageContent({ chatMessageId: 2147483647 }), '<ChatMessageId>2147483647</ChatMessageId>'],
    ['minus zero', messageContent({ chatMessageId: -0 }), '<ChatMessageId>0</ChatMessageId>'],
    ['a double', sessionContent({ sale: { amount: 0.1 } }), '<Sale><Amount>0.1</Amount></Sale>'],
    ['an infinite double', sessionContent({ sale: { amount: -Infinity } }), '<Sale><Amount>-INF</Amount></Sale>'],
    [
      'a duration',
      topicContent({ openingHours: { monStart: 'PT8H30M', monEnabled: true } }),
      '<OpeningHours><MonEnabled>true</MonEnabled><MonStart>PT8H30M</MonStart></OpeningHours>',
    ],
    [
      'a dictionary with a nil value, and keys in the order of the caller',
      sessionContent({ user: { extraFields: { b: null, a: '' } } }),
      '<User><ExtraFields><StringKeyValuePair><Key>b</Key><Value i:nil="true"/></StringKeyValuePair>' +
        '<StringKeyValuePair><Key>a</Key><Value></Value></StringKeyValuePair></ExtraFields></User>',
    ],
    [
      'a dictionary of objects, with keys that JavaScript has of its own',
      sessionContent({ fieldProperties: JSON.parse('{"__proto__":{"fieldLength":3},"constructor":null}') }),
      '<FieldProperties><FieldPropertyDictionaryKeyValuePair><Key>__proto__</Key>' +
        '<Value><FieldLength>3</FieldLength></Value></FieldPropertyDictionaryKeyValuePair>' +
        '<FieldPropertyDictionaryKeyValuePair><Key>constructor</Key><Value i:nil="true"/>' +
        '</FieldPropertyDictionaryKeyValuePair></FieldProperties>',
    ],
    [
      'a dictionary whose keys are dateTimes',
      topicContent({
        openingHours: { tzLocation: { timeZoneSTDRules: { '2024-01-01T00:00:00': { tZOffset: 60 } } } },
      }),
      '<OpeningHours><TzLocation><TimeZoneSTDRules><TimeZoneRuleKeyValuePair><Key>2024-01-01T00:00:00</Key>' +
        '<Value><TZOffset>60</TZOffset></Value></TimeZoneRuleKeyValuePair></TimeZoneSTDRules></TzLocation>' +
        '</OpeningHours>',
    ],
  ])('%s', (_what, written, wanted) => {
    expect(written).toBe(wanted);
  });
});

describe('the style of the published samples', () => {
  const SOAP12_ENCODING = 'http://www.w3.org/2003/05/soap-encoding';

  test('is what the sample shows, to the byte', () => {
    const options: EncodeRequestOptions = { style: 'sample', header: sampleHeader };
    expect(encodeRequest(Chat.getChatMessages, { after: 0, chatSessionId: 0 }, options)).toBe(
      `${sampleHead(SOAP12, SOAP12_ENCODING)}  <Chat:ApplicationToken>1234567-1234-9876</Chat:ApplicationToken>
  <Chat:Credentials>
    <Chat:Ticket>7T:1234abcxyzExample==</Chat:Ticket>
  </Chat:Credentials>
 <SOAP-ENV:Body>
   <Chat:GetChatMessages>
    <Chat:ChatSessionId xsi:type="xsd:int">0</Chat:ChatSessionId>
    <Chat:After xsi:type="xsd:int">0</Chat:After>
   </Chat:GetChatMessages>

 </SOAP-ENV:Body>
</SOAP-ENV:Envelope>
`,
    );
  });

  test('says the type of every element, in the namespace that it is of', () => {
    const input = { chatPresence: [{ tableRight: null, userId: 7, present: true, chatTopics: [3] }, null] };
    expect(encodeRequest(Chat.saveChatPresence, input, { style: 'sample' })).toBe(
      `${sampleHead(SOAP12, SOAP12_ENCODING)} <SOAP-ENV:Body>
   <Chat:SaveChatPresence>
    <Chat:ChatPresence xsi:type="Chat:ArrayOfChatPresence">
     <Chat:ChatPresence xsi:type="Chat:ChatPresence">
      <Chat:TableRight xsi:type="Chat:TableRight" xsi:nil="true"/>
      <Chat:UserId xsi:type="xsd:int">7</Chat:UserId>
      <Chat:Present xsi:type="xsd:boolean">true</Chat:Present>
      <Chat:ChatTopics xsi:type="NetServerServices882:ArrayOfint">
       <NetServerServices882:int xsi:type="xsd:int">3</NetServerServices882:int>
      </Chat:ChatTopics>
     </Chat:ChatPresence>
     <Chat:ChatPresence xsi:type="Chat:ChatPresence" xsi:nil="true"/>
    </Chat:ChatPresence>
   </Chat:SaveChatPresence>

 </SOAP-ENV:Body>
</SOAP-ENV:Envelope>
`,
    );
  });

  test('names the type of a duration in the namespace of serialization', () => {
    const input = { chatTopicEntity: { openingHours: { monStart: 'PT8H' } } };
    expect(encodeRequest(Chat.saveChatTopicEntity, input, { style: 'sample' })).toContain(
      '<Chat:MonStart xsi:type="NetServerServices881:duration">PT8H</Chat:MonStart>',
    );
  });

  test('numbers the namespaces of SoPrincipal with Cryptography before Arrays', () => {
    const input = { userName: 'ALICE', password: '' };
    const document = encodeRequest(SoPrincipal.authenticateUsernamePassword, input, { style: 'sample' });
    expect(document).toContain(`
 xmlns:NetServerServices883="http://schemas.microsoft.com/2003/10/Serialization/Arrays"
 xmlns:NetServerServices882="http://schemas.datacontract.org/2004/07/System.Security.Cryptography"
 xmlns:NetServerServices881="http://schemas.microsoft.com/2003/10/Serialization/"
 xmlns:SoPrincipal="http://www.superoffice.net/ws/crm/NetServer/Services88">
 <SOAP-ENV:Body>
   <SoPrincipal:AuthenticateUsernamePassword>
    <SoPrincipal:UserName xsi:type="xsd:string">ALICE</SoPrincipal:UserName>
    <SoPrincipal:Password xsi:type="xsd:string"></SoPrincipal:Password>
   </SoPrincipal:AuthenticateUsernamePassword>
`);
  });

  test('has the namespaces of SOAP 1.1 where that is asked for', () => {
    const options: EncodeRequestOptions = { style: 'sample', version: '1.1' };
    expect(encodeRequest(Chat.getChatPresence, {}, options)).toBe(
      `${sampleHead(SOAP11, 'http://schemas.xmlsoap.org/soap/encoding/')} <SOAP-ENV:Body>
   <Chat:GetChatPresence></Chat:GetChatPresence>

 </SOAP-ENV:Body>
</SOAP-ENV:Envelope>
`,
    );
  });
});

describe('reading a request back', () => {
  const header = { ...sampleHeader, timeZone: { soTimeZoneId: 2, soTimeZoneLocationCode: 'NO' } };
  const session: Session = {
    tableRight: { mask: ['Select', 'Update'], reason: null },
    fieldProperties: { Name: null, Other: { fieldLength: 20, fieldType: '' } },
    chatSessionId: 3,
    topicId: 4,
    customerName: ' A & B\r\n<😀>]]> ',
    customerEmail: null,
    customerHost: '',
    customerConsented: true,
    status: 'InQueue',
    whenRequested: DateTime.from('2024-02-29T23:59:58.1234567'),
    whenEnded: null,
    flags: [],
    transferTo: null,
  };
  const styles: readonly EncodeRequestOptions[] = [
    {},
    { version: '1.2' },
    { style: 'sample' },
    { style: 'sample', version: '1.1' },
  ];

  test.each(styles)('gives the operation, the input, the header and the version: %j', (style) => {
    const input = { chatSessionEntity: session };
    const read = decodeRequest(services, encodeRequest(Chat.saveChatSessionEntity, input, { ...style, header }));
    expect(read.operation).toBe(Chat.saveChatSessionEntity);
    expect(read.input).toEqual(input);
    expect(read.header).toEqual(header);
    expect(read.version).toBe(style.version ?? (style.style === 'sample' ? '1.2' : '1.1'));
    const { chatSessionEntity } = read.input as { chatSessionEntity: { whenRequested: DateTime } };
    expect(chatSessionEntity.whenRequested.lexical).toBe('2024-02-29T23:59:58.1234567');
  });

  test.each(styles)('tells the operations of both services apart: %j', (style) => {
    for (const operation of [...Object.values(Chat), ...Object.values(SoPrincipal)]) {
      const stated = operation.request.fields.filter(({ nillable }) => !nillable);
      const input = Object.fromEntries(stated.map(({ key, type }) => [key, type.kind === 'boolean' ? true : 1]));
      const read = decodeRequest(services, encodeRequest(operation, input as never, style));
      expect(read.operation).toBe(operation);
      expect(read.input).toEqual(input);
    }
  });

  test.each(styles)('keeps a list whose items have its own name: %j', (style) => {
    const input = { chatPresence: [{ userId: 7, chatTopics: [3] }, null, { chatTopics: null }, { chatTopics: [] }] };
    expect(decodeRequest(services, encodeRequest(Chat.saveChatPresence, input, style)).input).toEqual(input);
  });

  test.each(styles)('keeps a member that has the name of its parameter: %j', (style) => {
    const input = { chatSessionId: 1, message: { message: 'text' } };
    expect(decodeRequest(services, encodeRequest(Chat.addChatMessage, input, style)).input).toEqual(input);
  });

  test.each([
    ['in the order of the contract', '<GetChatMessages/><IsWithinOpeningHours/>'],
    ['in another order', '<IsWithinOpeningHours/><GetChatMessages/>'],
    ['of one name', '<GetChatMessages/><GetChatMessages/>'],
  ])('refuses two requests in one Body: %s', (_what, body) => {
    expect(() => decodeRequest(services, envelope(body))).toThrow(expect.objectContaining({ code: 'envelope' }));
  });

  test.each([
    ['an empty Body', ''],
    ['an operation that no service has', '<NoSuchOperation/>'],
    ['a Fault', '<s:Fault/>'],
    ['a reply', '<GetChatMessagesResponse/>'],
  ])('refuses %s', (_what, body) => {
    expect(() => decodeRequest(services, envelope(body))).toThrow(
      expect.objectContaining({ kind: 'protocol', code: 'envelope' }),
    );
  });
});

describe('what the caller passes in', () => {
  test('is never changed', () => {
    const whenPosted = DateTime.from('2024-02-29T23:59:58.5+02:00');
    const input = deepFreeze({
      chatSessionId: 1,
      message: { whenPosted, message: 'a\rb', chatMessageId: 2 },
    });
    const options = deepFreeze({ header: { credentials: { ticket: 't' }, timeZone: null } });
    const before = JSON.stringify([input, options]);
    for (const style of ['wsdl', 'sample'] as const) encodeRequest(Chat.addChatMessage, input, { ...options, style });
    expect(JSON.stringify([input, options])).toBe(before);
    expect(Object.keys(input.message)).toEqual(['whenPosted', 'message', 'chatMessageId']);
    expect(whenPosted.lexical).toBe('2024-02-29T23:59:58.5+02:00');
  });

  test('gives the same text each time', () => {
    const input = deepFreeze({ chatPresence: [{ userId: 7, chatTopics: [1, 2] }] });
    expect(encodeRequest(Chat.saveChatPresence, input)).toBe(encodeRequest(Chat.saveChatPresence, input));
  });
});
