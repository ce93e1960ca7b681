import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DateTime } from '../../../lib/codec/date-time.js';
import { decodeReply, decodeRequest, encodeReply } from '../../../lib/codec.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';

const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** A reply with our own prefixes. */
function reply(body: string, { header = '', soap = SOAP11, beside = '' } = {}): string {
  return `<s:Envelope xmlns:s="${soap}" xmlns="${S88}" xmlns:i="${XSI}" xmlns:a="${ARRAYS}">${beside}${
    header && `<s:Header>${header}</s:Header>`
  }<s:Body>${body}</s:Body></s:Envelope>`;
}

/** A reply to GetChatMessages with these list items. */
const messages = (items: string, options = {}): string =>
  reply(`<GetChatMessagesResponse><Response>${items}</Response></GetChatMessagesResponse>`, options);

const outputOf = (items: string): unknown => decodeReply(Chat.getChatMessages, messages(items)).output;

/** What GetChatSessionEntity gives for a session with this content. */
const session = (content: string): unknown =>
  decodeReply(
    Chat.getChatSessionEntity,
    reply(`<GetChatSessionEntityResponse><Response>${content}</Response></GetChatSessionEntityResponse>`),
  ).output;

const presence = (content: string): unknown =>
  decodeReply(
    Chat.getChatPresence,
    reply(
      `<GetChatPresenceResponse><Response><ChatPresence>${content}</ChatPresence></Response></GetChatPresenceResponse>`,
    ),
  ).output;

/** The layout of WCF: default namespaces declared again and again, `i` declared after it is used. */
function wcfReply(): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<s:Envelope xmlns:s="${SOAP11}"><s:Header>` +
    `<ExceptionInfo i:nil="true" xmlns:i="${XSI}" xmlns="${S88}" />` +
    `<ExtraInfo xmlns="${S88}"><ExtraInfoNameValuePair><Key>a</Key><Value i:nil="true" xmlns:i="${XSI}"/>` +
    '</ExtraInfoNameValuePair></ExtraInfo>' +
    `<Succeeded xmlns="${S88}">true</Succeeded>` +
    `<TimeZone xmlns="${S88}"><SoTimeZoneId>2</SoTimeZoneId><SoTimeZoneLocationCode>NO</SoTimeZoneLocationCode>` +
    '</TimeZone></s:Header><s:Body>' +
    `<GetChatPresenceResponse xmlns="${S88}"><Response xmlns:i="${XSI}">` +
    '<ChatPresence><TableRight i:nil="true" /><FieldProperties /><UserId>7</UserId><DisplayName></DisplayName>' +
    '<OngoingChats>1</OngoingChats><Present>true</Present>' +
    `<ChatTopics xmlns:d5p1="${ARRAYS}"><d5p1:int>3</d5p1:int><d5p1:int>4</d5p1:int></ChatTopics></ChatPresence>` +
    '<ChatPresence i:nil="true" />' +
    '</Response></GetChatPresenceResponse></s:Body></s:Envelope>'
  );
}

/** The layout of gSOAP with types: all prefixes on the envelope, pretty-printed, null members left out. */
function gsoapReply(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope
 xmlns:SOAP-ENV="${SOAP11}"
 xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:xsi="${XSI}"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:arr="${ARRAYS}"
 xmlns:ns1="${S88}">
 <SOAP-ENV:Header>
  <ns1:Succeeded xsi:type="xsd:boolean">true</ns1:Succeeded>
 </SOAP-ENV:Header>
 <SOAP-ENV:Body>
  <ns1:GetChatPresenceResponse>
   <ns1:Response xsi:type="ns1:ArrayOfChatPresence">
    <ns1:ChatPresence xsi:type="ns1:ChatPresence">
     <ns1:FieldProperties xsi:type="ns1:FieldPropertyDictionary"></ns1:FieldProperties>
     <ns1:UserId xsi:type="xsd:int">7</ns1:UserId>
     <ns1:DisplayName xsi:type="xsd:string"/>
     <ns1:OngoingChats xsi:type="xsd:int">1</ns1:OngoingChats>
     <ns1:Present xsi:type="xsd:boolean">true</ns1:Present>
     <ns1:ChatTopics xsi:type="arr:ArrayOfint">
      <arr:int xsi:type="xsd:int">3</arr:int>
      <arr:int xsi:type="xsd:int">4</arr:int>
     </ns1:ChatTopics>
    </ns1:ChatPresence>
   </ns1:Response>
  </ns1:GetChatPresenceResponse>
 </SOAP-ENV:Body>
</SOAP-ENV:Envelope>
`;
}

const somebody = {
  fieldProperties: {},
  userId: 7,
  displayName: '',
  ongoingChats: 1,
  present: true,
  chatTopics: [3, 4],
};

describe('a reply as WCF writes it', () => {
  test('is read with its header parts, nil items and nil members', () => {
    const { output, header, version } = decodeReply(Chat.getChatPresence, wcfReply());
    expect(output).toEqual([{ tableRight: null, ...somebody }, null]);
    expect(header).toEqual({
      exceptionInfo: null,
      extraInfo: { a: null },
      succeeded: true,
      timeZone: { soTimeZoneId: 2, soTimeZoneLocationCode: 'NO' },
    });
    expect(version).toBe('1.1');
  });

  test('is read from bytes as from text, with a byte order mark and without', () => {
    const fromText = decodeReply(Chat.getChatPresence, wcfReply());
    const bytes = Buffer.from(wcfReply());
    expect(decodeReply(Chat.getChatPresence, bytes)).toEqual(fromText);
    expect(decodeReply(Chat.getChatPresence, new Uint8Array(bytes))).toEqual(fromText);
    expect(decodeReply(Chat.getChatPresence, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))).toEqual(
      fromText,
    );
  });
});

describe('a reply as gSOAP writes it', () => {
  test('is read with a type on every element and white space between them', () => {
    const { output, header } = decodeReply(Chat.getChatPresence, gsoapReply());
    expect(output).toEqual([somebody]);
    expect(header).toEqual({ succeeded: true });
  });

  test('has no result where the wrapper is empty', () => {
    expect(decodeReply(Chat.getChatMessages, reply('<GetChatMessagesResponse></GetChatMessagesResponse>')).output).toBe(
      null,
    );
  });
});

describe('the header', () => {
  const succeeded = '<Succeeded>true</Succeeded>';

  test.each<[string, string, object]>([
    ['missing', messages(''), {}],
    ['empty', messages('').replace('<s:Body>', '<s:Header/><s:Body>'), {}],
    ['Succeeded alone', messages('', { header: succeeded }), { succeeded: true }],
    ['beside the Body', messages('', { beside: succeeded }), { succeeded: true }],
    [
      'in part beside the Body',
      messages('', { header: '<TimeZone/>', beside: succeeded }),
      { succeeded: true, timeZone: {} },
    ],
    ['nil', messages('', { header: '<TimeZone i:nil="1"/>' }), { timeZone: null }],
    [
      'blocks that nobody knows, with content',
      messages('', {
        header: `<x:Action xmlns:x="urn:x" s:mustUnderstand="1"><x:a><x:a>t</x:a><!-- c --><Succeeded>false</Succeeded></x:a></x:Action>${succeeded}<o:Security xmlns:o="urn:o"/>`,
      }),
      { succeeded: true },
    ],
    [
      'a part of that name in another namespace',
      messages('', { header: '<Succeeded xmlns="urn:x">no</Succeeded>' }),
      {},
    ],
    ['parts in another order', messages('', { header: `<TimeZone/>${succeeded}` }), { succeeded: true, timeZone: {} }],
  ])('may be: %s', (_what, document, header) => {
    const read = decodeReply(Chat.getChatMessages, document);
    expect(read.header).toEqual(header);
    expect(read.output).toEqual([]);
  });
});

describe('nil, absent and empty are three different things', () => {
  test.each<[string, unknown, unknown]>([
    ['a nil string', session('<CustomerName i:nil="true"/>'), { customerName: null }],
    ['an absent string', session(''), {}],
    ['an empty string', session('<CustomerName/>'), { customerName: '' }],
    ['an empty string with two tags', session('<CustomerName></CustomerName>'), { customerName: '' }],
    ['a nil array', presence('<ChatTopics i:nil="true"/>'), [{ chatTopics: null }]],
    ['an absent array', presence(''), [{}]],
    ['an empty array', presence('<ChatTopics/>'), [{ chatTopics: [] }]],
    ['a nil dictionary', session('<FieldProperties i:nil="true"/>'), { fieldProperties: null }],
    ['an empty dictionary', session('<FieldProperties></FieldProperties>'), { fieldProperties: {} }],
    ['a nil object', session('<User i:nil="true"/>'), { user: null }],
    ['an empty object', session('<User/>'), { user: {} }],
    ['empty flags', session('<Flags/>'), { flags: [] }],
    ['nil that is written as 1', session('<CustomerName i:nil="1"/>'), { customerName: null }],
    ['nil with white space around', session('<CustomerName i:nil=" true "/>'), { customerName: null }],
    ['nil with two tags', session('<CustomerName i:nil="true"> </CustomerName>'), { customerName: null }],
    ['nil that is false', session('<CustomerName i:nil="false">A</CustomerName>'), { customerName: 'A' }],
    ['nil that is 0', session('<CustomerName i:nil="0"/>'), { customerName: '' }],
    [
      'nil that is not of the schema instance',
      session('<CustomerName nil="true">A</CustomerName>'),
      { customerName: 'A' },
    ],
    ['nil on an int that cannot be nil', session('<Rank i:nil="true"/><Rating>1</Rating>'), { rating: 1 }],
    ['nil on flags that cannot be nil', session('<Flags i:nil="true"/>'), {}],
  ])('%s', (_what, read, wanted) => {
    expect(read).toEqual(wanted);
    expect(Object.keys(read as object)).toEqual(Object.keys(wanted as object));
  });

  test('a dictionary has no prototype', () => {
    const { extraFields } = (session('<User><ExtraFields/></User>') as { user: { extraFields: object } }).user;
    expect(Object.getPrototypeOf(extraFields)).toBe(null);
  });
});

describe('lists', () => {
  const message = (id: number): string => `<ChatMessage><ChatMessageId>${id}</ChatMessageId></ChatMessage>`;

  test.each<[string, string, unknown]>([
    ['no item', '', []],
    ['one item', message(1), [{ chatMessageId: 1 }]],
    ['many items', message(1) + message(2) + message(3), [1, 2, 3].map((chatMessageId) => ({ chatMessageId }))],
    ['an empty item', '<ChatMessage/>', [{}]],
    [
      'nil items',
      `<ChatMessage i:nil="true"/>${message(2)}<ChatMessage i:nil="true"/>`,
      [null, { chatMessageId: 2 }, null],
    ],
    [
      'items with comments between them',
      `<!-- a -->${message(1)} <!-- b -->\n${message(2)}<!---->`,
      [{ chatMessageId: 1 }, { chatMessageId: 2 }],
    ],
  ])('with %s are arrays', (_what, items, wanted) => {
    expect(outputOf(items)).toEqual(wanted);
  });

  test('inside lists of the same kind are read', () => {
    const item = (id: number, inner = ''): string => `<MDOListItem><Id>${id}</Id>${inner}</MDOListItem>`;
    const list = item(1, `<ChildItems>${item(2, `<ChildItems>${item(3)}</ChildItems>`)}${item(4)}</ChildItems>`);
    const document = reply(`<GetUserAgentListResponse><Response>${list}</Response></GetUserAgentListResponse>`);
    expect(decodeReply(Chat.getUserAgentList, document).output).toEqual([
      { id: 1, childItems: [{ id: 2, childItems: [{ id: 3 }] }, { id: 4 }] },
    ]);
  });

  test('of lists are read', () => {
    const inner = '<ArrayOfLocalizedField><LocalizedField><Name>n</Name></LocalizedField></ArrayOfLocalizedField>';
    const content = `<Contact><Address><LocalizedAddress>${inner}<ArrayOfLocalizedField i:nil="true"/><ArrayOfLocalizedField/></LocalizedAddress></Address></Contact>`;
    expect(session(content)).toEqual({ contact: { address: { localizedAddress: [[{ name: 'n' }], null, []] } } });
  });
});

describe('what may differ without a difference', () => {
  const wanted = [{ chatMessageId: 1, message: 'a', author: 'b' }];

  test.each<[string, string]>([
    ['members in order', '<ChatMessageId>1</ChatMessageId><Message>a</Message><Author>b</Author>'],
    ['members out of order', '<Author>b</Author><Message>a</Message><ChatMessageId>1</ChatMessageId>'],
    ['members in a third order', '<Message>a</Message><ChatMessageId>1</ChatMessageId><Author>b</Author>'],
    [
      'unknown members with nested content',
      '<New><ChatMessageId>9</ChatMessageId><New i:nil="true"/>text<x:y xmlns:x="urn:x">&amp;<![CDATA[<]]></x:y></New>' +
        '<ChatMessageId>1</ChatMessageId><Message>a</Message><Newer/><Author>b</Author><New/>',
    ],
    [
      'a member of the same name in another namespace',
      '<ChatMessageId xmlns="urn:x">z</ChatMessageId><ChatMessageId>1</ChatMessageId><Message>a</Message><Author>b</Author>',
    ],
    [
      'prefixes declared again',
      `<x:ChatMessageId xmlns:x="${S88}">1</x:ChatMessageId><i:Message xmlns:i="${S88}">a</i:Message><Author xmlns:i="urn:x">b</Author>`,
    ],
    [
      'a default namespace taken back',
      `<t:ChatMessageId xmlns:t="${S88}" xmlns="">1</t:ChatMessageId><Message>a</Message><Author xmlns="${S88}">b</Author>`,
    ],
    [
      'white space and comments',
      '\r\n\t<!-- c --><ChatMessageId> 1\n</ChatMessageId  >  <Message >a</Message><Author\n>b</Author>\n',
    ],
    ['numbers in other forms', '<ChatMessageId>+001</ChatMessageId><Message>a</Message><Author>b</Author>'],
    [
      'comments and CDATA in text',
      '<ChatMessageId><!--0-->1</ChatMessageId><Message><![CDATA[a]]></Message><Author>b<!-- c --></Author>',
    ],
    ['references', '<ChatMessageId>&#49;</ChatMessageId><Message>&#x61;</Message><Author>&#98;</Author>'],
    ['types', '<ChatMessageId i:type="x">1</ChatMessageId><Message i:type="y">a</Message><Author id="1">b</Author>'],
  ])('%s', (_what, content) => {
    expect(outputOf(`<ChatMessage>${content}</ChatMessage>`)).toEqual(wanted);
  });

  test('SOAP 1.1 or 1.2', () => {
    const of = (soap: string) => decodeReply(Chat.getChatMessages, messages('<ChatMessage/>', { soap }));
    expect(of(SOAP11)).toEqual({ output: [{}], header: {}, version: '1.1' });
    expect(of(SOAP12)).toEqual({ output: [{}], header: {}, version: '1.2' });
  });

  test('an unknown element after the Body', () => {
    const document = messages('').replace('</s:Body>', '</s:Body><x:More xmlns:x="urn:x"><x:a/></x:More>');
    expect(decodeReply(Chat.getChatMessages, document).output).toEqual([]);
  });
});

describe('text', () => {
  const textOf = (content: string): unknown =>
    (outputOf(`<ChatMessage><Message>${content}</Message></ChatMessage>`) as { message: unknown }[])[0]?.message;

  test.each<[string, string, string]>([
    ['blanks at both ends', '  a b  ', '  a b  '],
    ['blanks alone', ' ', ' '],
    ['line ends, which become line feeds', '\r\na\rb\n\r\n', '\na\nb\n\n'],
    ['a carriage return by reference', 'a&#xD;&#13;\n', 'a\r\r\n'],
    ['markup', '&lt;b&gt;&amp;amp;&quot;&apos;]]&gt;', '<b>&amp;"\']]>'],
    ['CDATA in pieces', 'a<![CDATA[<&]]]]><![CDATA[>]]>b', 'a<&]]>b'],
    ['an empty CDATA section', '<![CDATA[]]>', ''],
    ['a comment in between', 'a<!-- <b> & - -->b', 'ab'],
    ['an emoji, raw and by reference', '😀&#x1F600;&#128512;', '😀😀😀'],
    ['control characters by reference, as .NET writes them', 'a&#x1F;&#x1;b', 'a\u001f\u0001b'],
    ['single brackets', 'a]b]]c] ]>', 'a]b]]c] ]>'],
    ['letters of two and three bytes', 'Ålesund – 東京', 'Ålesund – 東京'],
  ])('%s', (_what, content, wanted) => {
    expect(textOf(content)).toBe(wanted);
  });

  test('of any length and alignment is kept', () => {
    for (let length = 0; length < 40; length++) {
      for (const [raw, text] of [
        ['&lt;', '<'],
        ['é', 'é'],
        [']', ']'],
        ['\r', '\n'],
      ] as const) {
        const pad = 'x'.repeat(length);
        expect(textOf(`${pad}${raw}${pad}`)).toBe(`${pad}${text}${pad}`);
      }
    }
  });

  test('with a reference to a control character is refused in a request', () => {
    const body = '<AddChatMessage><Message><Message>a&#x1F;b</Message></Message></AddChatMessage>';
    expect(() => decodeRequest([Chat], reply(body))).toThrow(expect.objectContaining({ code: 'xml-syntax' }));
    const good = body.replace('&#x1F;', '&#x20;');
    expect(decodeRequest([Chat], reply(good)).input).toEqual({ message: { message: 'a b' } });
  });
});

describe('values', () => {
  test.each<[string, unknown, unknown]>([
    ['true', session('<CustomerConsented>true</CustomerConsented>'), { customerConsented: true }],
    ['1', session('<CustomerConsented> 1 </CustomerConsented>'), { customerConsented: true }],
    ['false', session('<CustomerConsented>false</CustomerConsented>'), { customerConsented: false }],
    ['0', session('<CustomerConsented>0</CustomerConsented>'), { customerConsented: false }],
    ['an enum', session('<Status>InQueue</Status>'), { status: 'InQueue' }],
    ['an enum name that a newer server added', session('<Status>Dreaming</Status>'), { status: 'Dreaming' }],
    ['the number of an enum', session('<Status>77</Status>'), { status: '77' }],
    [
      'flags',
      session('<TableRight><Mask> Select\n Update </Mask></TableRight>'),
      { tableRight: { mask: ['Select', 'Update'] } },
    ],
    [
      'a flag that a newer server added',
      session('<Flags>UserIsTyping New</Flags>'),
      { flags: ['UserIsTyping', 'New'] },
    ],
    [
      'doubles',
      session('<Sale><Amount>1.2345E-06</Amount><Earning>-INF</Earning></Sale>'),
      { sale: { amount: 1.2345e-6, earning: -Infinity } },
    ],
    ['minus zero', session('<Sale><Amount>-0</Amount></Sale>'), { sale: { amount: -0 } }],
    ['not a number', session('<Sale><Amount>NaN</Amount></Sale>'), { sale: { amount: Number.NaN } }],
    ['the smallest int', session('<Rank>-2147483648</Rank>'), { rank: -2147483648 }],
    ['the largest int', session('<Rank>2147483647</Rank>'), { rank: 2147483647 }],
    ['a short', session('<Ticket><AlertLevel>-32768</AlertLevel></Ticket>'), { ticket: { alertLevel: -32768 } }],
    ['year 1', session('<WhenEnded>0001-01-01T00:00:00</WhenEnded>'), { whenEnded: null }],
    ['year 1 in UTC', session('<WhenEnded>0001-01-01T00:00:00Z</WhenEnded>'), { whenEnded: null }],
  ])('%s', (_what, read, wanted) => {
    expect(read).toStrictEqual(wanted);
  });

  test('dateTimes keep their text, and a text without a zone is read as UTC', () => {
    const read = session('<WhenRequested> 2024-02-29T23:59:58.1234567 </WhenRequested>') as { whenRequested: DateTime };
    expect(read.whenRequested.lexical).toBe('2024-02-29T23:59:58.1234567');
    expect(read.whenRequested.zone).toBe(undefined);
    expect(read.whenRequested.getTime()).toBe(Date.UTC(2024, 1, 29, 23, 59, 58, 123));
  });

  test('dictionaries keep nil values, empty values and empty keys', () => {
    const pair = (content: string): string => `<StringKeyValuePair>${content}</StringKeyValuePair>`;
    const pairs =
      pair('<Key>a</Key><Value i:nil="true"/>') +
      pair('<Key>b</Key><Value/>') +
      pair('<Value>early</Value><Key> c </Key>') +
      pair('<Key/><Value>no name</Value>') +
      pair('<Key>d</Key>');
    expect(session(`<User><ExtraFields>${pairs}</ExtraFields></User>`)).toEqual({
      user: { extraFields: { a: null, b: '', ' c ': 'early', '': 'no name', d: null } },
    });
  });

  test('dictionaries of dateTimes are keyed by the text', () => {
    const pair =
      '<TimeZoneRuleKeyValuePair><Key>2024-01-01T00:00:00</Key><Value><TZOffset>60</TZOffset><StartDay i:nil="true"/></Value></TimeZoneRuleKeyValuePair>' +
      '<TimeZoneRuleKeyValuePair><Key>2025-01-01T00:00:00.000Z</Key><Value i:nil="true"/></TimeZoneRuleKeyValuePair>';
    const document = reply(
      `<GetChatTopicEntityResponse><Response><OpeningHours><TzLocation><TimeZoneSTDRules>${pair}</TimeZoneSTDRules></TzLocation><MonStart>-PT1H30M</MonStart></OpeningHours></Response></GetChatTopicEntityResponse>`,
    );
    expect(decodeReply(Chat.getChatTopicEntity, document).output).toEqual({
      openingHours: {
        tzLocation: {
          timeZoneSTDRules: { '2024-01-01T00:00:00': { tZOffset: 60 }, '2025-01-01T00:00:00.000Z': null },
        },
        monStart: '-PT1H30M',
      },
    });
  });
});

describe('the output', () => {
  test.each([
    '<DeleteChatSessionEntityResponse/>',
    '<DeleteChatSessionEntityResponse> </DeleteChatSessionEntityResponse>',
  ])('of an operation without a result is undefined: %s', (body) => {
    expect(decodeReply(Chat.deleteChatSessionEntity, reply(body)).output).toBe(undefined);
  });

  test('of several members is an object of them', () => {
    const body =
      '<AuthenticateResponse><Response><AssociateId>5</AssociateId>' +
      '<FunctionRights><a:string>x</a:string><a:string i:nil="true"/><a:string/></FunctionRights>' +
      '<SecondaryGroups><a:int>1</a:int></SecondaryGroups></Response>' +
      '<Credentials><Ticket>7T:example==</Ticket></Credentials>' +
      '<AuthenticationSucceeded>true</AuthenticationSucceeded></AuthenticateResponse>';
    const wanted = {
      response: { associateId: 5, functionRights: ['x', null, ''], secondaryGroups: [1] },
      credentials: { ticket: '7T:example==' },
      authenticationSucceeded: true,
    };
    expect(decodeReply(SoPrincipal.authenticateImplicit, reply(body)).output).toEqual(wanted);
    expect(decodeReply(SoPrincipal.authenticateUsernamePassword, reply(body)).output).toEqual(wanted);
    expect(decodeReply(SoPrincipal.authenticateGeneric, reply(body)).output).toEqual(wanted);
    expect(decodeReply(SoPrincipal.authenticateWithAccessToken, reply(body)).output).toEqual(wanted);
  });

  test('of a refused password is no error', () => {
    const body =
      '<AuthenticateResponse><Response i:nil="true"/><Credentials i:nil="true"/>' +
      '<AuthenticationSucceeded>false</AuthenticationSucceeded></AuthenticateResponse>';
    const document = reply(body, { header: '<Succeeded>true</Succeeded>' });
    expect(decodeReply(SoPrincipal.authenticateUsernamePassword, document).output).toEqual({
      response: null,
      credentials: null,
      authenticationSucceeded: false,
    });
  });

  test('of GetSystemInfo stands in SystemInfo', () => {
    const body =
      '<GetSystemInfoResponse><SystemInfo><License><PublicKey><Key>' +
      '<c:Counter xmlns:c="http://schemas.datacontract.org/2004/07/System.Security.Cryptography">1</c:Counter>' +
      '<c:G xmlns:c="http://schemas.datacontract.org/2004/07/System.Security.Cryptography">AQID</c:G>' +
      '</Key></PublicKey></License><IsUnicode>true</IsUnicode></SystemInfo></GetSystemInfoResponse>';
    expect(decodeReply(SoPrincipal.getSystemInfo, reply(body)).output).toEqual({
      license: { publicKey: { key: { counter: 1, g: new Uint8Array([1, 2, 3]) } } },
      isUnicode: true,
    });
  });

  test('may be a boolean', () => {
    const body = '<IsWithinOpeningHoursResponse><Response>false</Response></IsWithinOpeningHoursResponse>';
    expect(decodeReply(Chat.isWithinOpeningHours, reply(body)).output).toBe(false);
  });

  test('may be a text, whose white space is kept', () => {
    const body = '<GetChatTranscriptResponse><Response> a\n </Response></GetChatTranscriptResponse>';
    expect(decodeReply(Chat.getChatTranscript, reply(body)).output).toBe(' a\n ');
  });

  test.each([
    ['under another name', '<GetChatMessagesResponse><Result/></GetChatMessagesResponse>'],
    ['in no namespace', '<GetChatMessagesResponse><Response xmlns=""/></GetChatMessagesResponse>'],
  ])('that is there %s is not taken for nothing', (_how, body) => {
    const read = () => decodeReply(Chat.getChatMessages, reply(body));
    const path = 'Envelope/Body/GetChatMessagesResponse';
    expect(read).toThrow(expect.objectContaining({ code: 'schema', path: expect.stringContaining(path) }));
  });

  test('may have elements beside it that are not known', () => {
    const body = '<GetChatMessagesResponse><New/><Response/><Newer>1</Newer></GetChatMessagesResponse>';
    expect(decodeReply(Chat.getChatMessages, reply(body)).output).toEqual([]);
    expect(
      decodeReply(
        Chat.deleteChatSessionEntity,
        reply('<DeleteChatSessionEntityResponse><New/></DeleteChatSessionEntityResponse>'),
      ).output,
    ).toBe(undefined);
  });

  test.each([
    '<GetChatMessagesResponse/>',
    '<GetChatMessagesResponse><Response i:nil="true"/></GetChatMessagesResponse>',
  ])('that is nil or absent is null: %s', (body) => {
    expect(decodeReply(Chat.getChatMessages, reply(body)).output).toBe(null);
  });

  test.each(['1.1', '1.2'] as const)('of every operation is what a server wrote: SOAP %s', (version) => {
    const header = { timeZone: null, extraInfo: { a: null } };
    for (const operation of [...Object.values(Chat), ...Object.values(SoPrincipal)]) {
      const [only, more] = operation.reply.fields;
      const output = !only ? undefined : more ? {} : only.nillable ? null : true;
      const document = encodeReply(operation, output as never, { version, header });
      expect(decodeReply(operation, document)).toEqual({ output, version, header: { succeeded: true, ...header } });
    }
  });
});

describe('what was learned from earlier documents makes no difference', () => {
  const ourReply = (): string =>
    reply(
      '<GetChatPresenceResponse><Response><ChatPresence><TableRight i:nil="true"/><FieldProperties/><UserId>7</UserId><DisplayName/><OngoingChats>1</OngoingChats><Present>true</Present><ChatTopics><a:int>3</a:int><a:int>4</a:int></ChatTopics></ChatPresence><ChatPresence i:nil="true"/></Response></GetChatPresenceResponse>',
    );

  test('a document that is read twice gives the same', () => {
    const first = decodeReply(Chat.getChatPresence, wcfReply());
    expect(decodeReply(Chat.getChatPresence, wcfReply())).toEqual(first);
    expect(decodeReply(Chat.getChatPresence, wcfReply()).output).not.toBe(first.output);
  });

  test('documents with different prefixes that are read by turns give what each gives alone', () => {
    for (let round = 0; round < 5; round++) {
      expect(decodeReply(Chat.getChatPresence, wcfReply()).output).toEqual([{ tableRight: null, ...somebody }, null]);
      expect(decodeReply(Chat.getChatPresence, gsoapReply()).output).toEqual([somebody]);
      expect(decodeReply(Chat.getChatPresence, ourReply()).output).toEqual([{ tableRight: null, ...somebody }, null]);
    }
  });

  test('the same prefix may stand for another namespace in the next document', () => {
    const body = (p: string, other: string): string =>
      `<s:Envelope xmlns:s="${SOAP11}" xmlns:${p}="${S88}" xmlns:${other}="urn:x"><s:Body><${p}:GetChatMessagesResponse><${p}:Response><${p}:ChatMessage><a:Author>of a</a:Author><b:Author>of b</b:Author></${p}:ChatMessage></${p}:Response></${p}:GetChatMessagesResponse></s:Body></s:Envelope>`;
    for (let round = 0; round < 3; round++) {
      expect(decodeReply(Chat.getChatMessages, body('a', 'b')).output).toEqual([{ author: 'of a' }]);
      expect(decodeReply(Chat.getChatMessages, body('b', 'a')).output).toEqual([{ author: 'of b' }]);
    }
  });

  test('a tag that is the beginning of another is not taken for it', () => {
    const item = (tag: string): string => `<ChatMessage><${tag}>7</${tag}></ChatMessage>`;
    for (let round = 0; round < 3; round++) {
      expect(outputOf(item('ChatMessageId'))).toEqual([{ chatMessageId: 7 }]);
      expect(outputOf(item('ChatMessageIdentity'))).toEqual([{}]);
      expect(outputOf('<ChatMessage><Message/></ChatMessage><ChatMessage><Message>a</Message></ChatMessage>')).toEqual([
        { message: '' },
        { message: 'a' },
      ]);
    }
  });

  test('a document after one that was refused is read', () => {
    const good = decodeReply(Chat.getChatPresence, wcfReply());
    for (let cut = 0; cut < wcfReply().length; cut += 7) {
      expect(() => decodeReply(Chat.getChatPresence, wcfReply().slice(0, cut))).toThrow();
      expect(decodeReply(Chat.getChatPresence, wcfReply())).toEqual(good);
    }
  });

  test('more tags than are remembered are read all the same', () => {
    const item = (index: number): string =>
      `<ChatMessage><New${index}>x</New${index}><ChatMessageId>${index}</ChatMessageId></ChatMessage>`;
    const items = Array.from({ length: 300 }, (_, index) => index);
    expect(outputOf(items.map(item).join(''))).toEqual(items.map((chatMessageId) => ({ chatMessageId })));
    expect(outputOf(item(5))).toEqual([{ chatMessageId: 5 }]);
  });

  test.each<[string, (round: number) => string]>([
    [
      'an envelope of many declarations',
      () => {
        const unused = Array.from({ length: 140 }, (_, index) => ` xmlns:q${index}="urn:example:${index}"`).join('');
        return messages('<ChatMessage/>').replace('<s:Envelope', `<s:Envelope${unused}`);
      },
    ],
    [
      'an id and a declaration on every element',
      (round) => messages('').replace(/<[\w:]+/g, `$& id="${round}" xmlns:n="urn:n"`),
    ],
    [
      'prefixes that are others each time',
      (round) =>
        messages('')
          .replace('xmlns:s=', `xmlns:s${round}=`)
          .replace(/(<\/?)s:/g, `$1s${round}:`),
    ],
  ])('the memory that documents take has a bound: %s', (_what, document) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapAfter = (from: number, to: number): number => {
      for (let round = from; round < to; round++) decodeReply(Chat.getChatMessages, document(round));
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = heapAfter(0, 1000);
    expect(heapAfter(1000, 9000) - before).toBeLessThan(5_000_000);
  });
});

test('an unknown element is passed over whatever it says of itself', () => {
  const xsi = 'xmlns:x="http://www.w3.org/2001/XMLSchema-instance"';
  const strange = `<New ${xsi} x:nil="true">text</New><Newer ${xsi} x:nil="perhaps" x:type="y"/>`;
  const body = `<GetChatMessagesResponse><Response><ChatMessage>${strange}<Author>a</Author></ChatMessage></Response></GetChatMessagesResponse>`;
  expect(decodeReply(Chat.getChatMessages, reply(body)).output).toEqual([{ author: 'a' }]);
});
