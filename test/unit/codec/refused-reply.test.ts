import type { XmlLimits } from '../../../lib/codec/lexer.js';
import type { Operation } from '../../../lib/codec/operation.js';
import { decodeReply } from '../../../lib/codec.js';
import { isCallError, ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';

const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** An envelope of any namespace around header and body, which are elements of their own. */
const envelope = (content: string, soap = SOAP11): string =>
  `<s:Envelope xmlns:s="${soap}" xmlns="${S88}" xmlns:i="${XSI}">${content}</s:Envelope>`;

const reply = (body: string): string => envelope(`<s:Body>${body}</s:Body>`);

/** A reply to GetChatMessages with these list items. */
const messages = (items: string): string =>
  reply(`<GetChatMessagesResponse><Response>${items}</Response></GetChatMessagesResponse>`);

const message = (content: string): string => messages(`<ChatMessage>${content}</ChatMessage>`);

const session = (content: string): string =>
  reply(`<GetChatSessionEntityResponse><Response>${content}</Response></GetChatSessionEntityResponse>`);

/** A reply with all that a document may have, so that each kind of place is cut somewhere. */
function richReply(): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- c --><s:Envelope xmlns:s="${SOAP11}"><s:Header><ExceptionInfo b:nil="true" xmlns="${S88}" xmlns:b="${XSI}"/>
<x:New xmlns:x='urn:x' x:a="1"><x:y>&lt;<![CDATA[<]]></x:y><!-- - --></x:New></s:Header><s:Body >
<GetChatMessagesResponse xmlns="${S88}"><Response><ChatMessage><ChatMessageId>1</ChatMessageId>
<Message>a &amp; ]]&gt; <![CDATA[ <b> ]]> 😀&#x1F600;</Message><Author/><WhenPosted>2024-02-29T23:59:58Z</WhenPosted>
</ChatMessage><ChatMessage/></Response></GetChatMessagesResponse></s:Body></s:Envelope>`;
}

function refusal(
  document: Uint8Array | string,
  operation: Operation = Chat.getChatMessages,
  limits?: Partial<XmlLimits>,
): ProtocolError {
  let output: unknown;
  try {
    output = decodeReply(operation, document, { limits }).output;
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error(`the document was read as ${JSON.stringify(output)}`);
}

describe('a truncated reply', () => {
  test('is read when it is whole', () => {
    expect(decodeReply(Chat.getChatMessages, richReply()).output).toHaveLength(2);
  });

  test.each([
    ['as bytes', (bytes: Buffer) => bytes],
    [
      'as a part of a larger buffer',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('</s:Body></s:Envelope>')]).subarray(0, bytes.length),
    ],
  ])('is never a value, wherever it is cut: %s', (_what, given) => {
    const whole = Buffer.from(richReply());
    for (let cut = 0; cut < whole.length; cut++) {
      expect(refusal(given(whole.subarray(0, cut))).kind).toBe('protocol');
    }
  });

  test('is no value either where any one byte is no character', () => {
    const whole = Buffer.from(richReply());
    for (let at = 0; at < whole.length; at++) {
      const broken = Buffer.from(whole);
      broken[at] = 0;
      expect(refusal(broken).kind).toBe('protocol');
    }
  });

  test('is refused as such where a Fault or a failure began', () => {
    const fault = reply('<s:Fault><faultcode>s:Server</faultcode><faultstring>broken</faultstring></s:Fault>');
    const failed = envelope(
      '<s:Header><Succeeded>false</Succeeded></s:Header><s:Body><GetChatMessagesResponse/></s:Body>',
    );
    for (const whole of [fault, failed]) {
      for (let cut = 0; cut < whole.length; cut++) expect(refusal(whole.slice(0, cut)).kind).toBe('protocol');
    }
  });
});

describe('what is not the reply', () => {
  test.each<[string, string, string, string]>([
    [
      'two Bodies',
      envelope('<s:Body><GetChatMessagesResponse/></s:Body><s:Body/>'),
      'envelope',
      'Body stands there twice at Envelope/Body[2]',
    ],
    [
      'two Headers',
      envelope('<s:Header/><s:Header/><s:Body><GetChatMessagesResponse/></s:Body>'),
      'envelope',
      'Header stands there twice at Envelope/Header[2]',
    ],
    [
      'a Header after the Body',
      envelope('<s:Body><GetChatMessagesResponse/></s:Body><s:Header/>'),
      'envelope',
      'Header after Body at Envelope/Header',
    ],
    [
      'a header part after the Body',
      envelope('<s:Body><GetChatMessagesResponse/></s:Body><Succeeded>true</Succeeded>'),
      'envelope',
      'Succeeded after Body at Envelope/Succeeded',
    ],
    ['no Body', envelope('<s:Header/>'), 'envelope', 'the Envelope has no Body'],
    ['an empty Envelope', `<s:Envelope xmlns:s="${SOAP11}"/>`, 'envelope', 'the Envelope has no Body'],
    [
      'a Body of another namespace',
      envelope('<Body><GetChatMessagesResponse/></Body>'),
      'envelope',
      'the Envelope has no Body',
    ],
    [
      'a Body of the other version',
      envelope(`<t:Body xmlns:t="${SOAP12}"><GetChatMessagesResponse/></t:Body>`),
      'envelope',
      'the Envelope has no Body',
    ],
    ['an empty Body', reply(''), 'envelope', 'the Body is empty where GetChatMessagesResponse should stand'],
    [
      'the reply of another operation',
      reply('<GetChatPresenceResponse/>'),
      'envelope',
      `{${S88}}GetChatPresenceResponse where GetChatMessagesResponse or Fault should stand at Envelope/Body/GetChatPresenceResponse`,
    ],
    ['the request', reply('<GetChatMessages/>'), 'envelope', `{${S88}}GetChatMessages where`],
    [
      'the reply in another namespace',
      reply('<GetChatMessagesResponse xmlns="urn:x"/>'),
      'envelope',
      '{urn:x}GetChatMessagesResponse where',
    ],
    [
      'the reply in no namespace',
      reply('<GetChatMessagesResponse xmlns=""/>'),
      'envelope',
      '<GetChatMessagesResponse> in no namespace where',
    ],
    ['two children in the Body', reply('<GetChatMessagesResponse/><Other/>'), 'envelope', `{${S88}}Other where`],
    [
      'two replies in the Body',
      reply('<GetChatMessagesResponse/><GetChatMessagesResponse/>'),
      'envelope',
      'twice at Envelope/Body/GetChatMessagesResponse[2]',
    ],
    [
      'a reply after a Fault',
      reply('<s:Fault/><GetChatMessagesResponse/>'),
      'envelope',
      'GetChatMessagesResponse after Fault',
    ],
    ['a Fault after a reply', reply('<GetChatMessagesResponse/><s:Fault/>'), 'envelope', 'Fault'],
    ['text in the Body', reply('Hello'), 'envelope', 'text between the elements of s:Body'],
    ['text in the Envelope', envelope('x<s:Body/>'), 'envelope', 'text between the elements of s:Envelope'],
    ['CDATA in the Body', reply('<![CDATA[x]]>'), 'envelope', 'text between the elements'],
    [
      'text in the Header',
      envelope('<s:Header>x</s:Header><s:Body/>'),
      'schema',
      'text between the elements of s:Header',
    ],
    [
      'an unknown version of SOAP',
      envelope('<s:Body/>', 'http://schemas.example.com/soap/2'),
      'version',
      'the root element is <s:Envelope>, not an Envelope of SOAP 1.1 or 1.2',
    ],
    ['an Envelope in no namespace', '<Envelope><Body/></Envelope>', 'version', 'the root element is <Envelope>'],
    [
      'an HTML page',
      '<html><head><title>404</title></head><body>Not found</body></html>',
      'envelope',
      'the root element is <html>',
    ],
    [
      'a reply without an envelope',
      `<GetChatMessagesResponse xmlns="${S88}"/>`,
      'envelope',
      'the root element is <GetChatMessagesResponse>',
    ],
  ])('%s is refused', (_what, document, code, words) => {
    const error = refusal(document);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test('an HTML page with a DOCTYPE is refused', () => {
    expect(refusal('<!DOCTYPE html><html><body><br></body></html>')).toMatchObject({ code: 'xml-forbidden' });
    expect(refusal('<!doctype html><html><body><br></body></html>')).toMatchObject({ code: 'xml-syntax' });
  });

  test('the error names the operation and leaves the outcome open', () => {
    const error = refusal(reply('<x/>'), SoPrincipal.getSystemInfo);
    expect(error).toMatchObject({
      name: 'ProtocolError',
      kind: 'protocol',
      operation: 'SoPrincipal.GetSystemInfo',
      outcome: 'unknown',
      path: 'Envelope/Body/x',
    });
    expect(error.message.startsWith('protocol: ')).toBe(true);
    expect(isCallError(error)).toBe(true);
  });

  test('a result that cannot be nil is not made up', () => {
    for (const content of ['', '<Response i:nil="true"/>', '<Result>true</Result>']) {
      const document = reply(`<IsWithinOpeningHoursResponse>${content}</IsWithinOpeningHoursResponse>`);
      expect(refusal(document, Chat.isWithinOpeningHours)).toMatchObject({ code: 'schema' });
    }
  });
});

const MESSAGE = 'Envelope/Body/GetChatMessagesResponse/Response/ChatMessage';
const SESSION = 'Envelope/Body/GetChatSessionEntityResponse/Response';

test.each<[string, string, Operation, string, string]>([
  // what, document, operation, path, words
  [
    'text between list items',
    messages('<ChatMessage/>x<ChatMessage/>'),
    Chat.getChatMessages,
    'Envelope/Body/GetChatMessagesResponse/Response',
    'text between the elements of Response',
  ],
  [
    'a reference between list items',
    messages('<ChatMessage/>&amp;'),
    Chat.getChatMessages,
    'Envelope/Body/GetChatMessagesResponse/Response',
    'text between',
  ],
  [
    'text between members',
    message('<Author/>x'),
    Chat.getChatMessages,
    MESSAGE,
    'text between the elements of ChatMessage',
  ],
  [
    'text in the wrapper',
    reply('<GetChatMessagesResponse>x</GetChatMessagesResponse>'),
    Chat.getChatMessages,
    'Envelope/Body/GetChatMessagesResponse',
    'text between the elements',
  ],
  [
    'something else in a list',
    messages('<ChatMessage/><ChatPresence/>'),
    Chat.getChatMessages,
    'Envelope/Body/GetChatMessagesResponse/Response/ChatPresence',
    `{${S88}}ChatPresence in a list of ChatMessage`,
  ],
  [
    'an item of another namespace',
    messages('<ChatMessage xmlns="urn:x"/>'),
    Chat.getChatMessages,
    MESSAGE,
    '{urn:x}ChatMessage in a list of ChatMessage',
  ],
  [
    'a duplicate member',
    message('<Author/><Message/><Author/>'),
    Chat.getChatMessages,
    `${MESSAGE}/Author[2]`,
    'Author stands there twice',
  ],
  [
    'a duplicate member beside the first',
    message('<Author>a</Author><Author>b</Author>'),
    Chat.getChatMessages,
    `${MESSAGE}/Author[2]`,
    'Author stands there twice',
  ],
  [
    'a duplicate nil member',
    message('<Author i:nil="true"/><Author/>'),
    Chat.getChatMessages,
    `${MESSAGE}/Author[2]`,
    'Author stands there twice',
  ],
  [
    'a duplicate year 1',
    message('<WhenPosted>0001-01-01T00:00:00</WhenPosted><WhenPosted>2024-01-01T00:00:00</WhenPosted>'),
    Chat.getChatMessages,
    `${MESSAGE}/WhenPosted[2]`,
    'WhenPosted stands there twice',
  ],
  [
    'a duplicate of a nil that has no value',
    message('<ChatMessageId i:nil="true"/><ChatMessageId>1</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId[2]`,
    'ChatMessageId stands there twice',
  ],
  [
    'a duplicate result',
    reply('<GetChatMessagesResponse><Response/><Response/></GetChatMessagesResponse>'),
    Chat.getChatMessages,
    'Envelope/Body/GetChatMessagesResponse/Response[2]',
    'Response stands there twice',
  ],
  [
    'an int with letters',
    message('<ChatMessageId>12x</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId`,
    '"12x" is not an int',
  ],
  ['an empty int', message('<ChatMessageId/>'), Chat.getChatMessages, `${MESSAGE}/ChatMessageId`, '"" is not an int'],
  [
    'an int with a fraction',
    message('<ChatMessageId>1.0</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId`,
    '"1.0" is not an int',
  ],
  [
    'an int in hexadecimal',
    message('<ChatMessageId>0x1</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId`,
    '"0x1" is not an int',
  ],
  [
    'an int that is too large',
    message('<ChatMessageId>2147483648</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId`,
    '"2147483648" is not an int',
  ],
  [
    'an int that is too small',
    message('<ChatMessageId>-2147483649</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId`,
    '"-2147483649" is not an int',
  ],
  [
    'an int with a blank inside',
    message('<ChatMessageId>1 2</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId`,
    '"1 2" is not an int',
  ],
  [
    'an int with a no-break space',
    message('<ChatMessageId>\u00a01</ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId`,
    'is not an int',
  ],
  [
    'a short that is too large',
    message('<ReadByCustomer>32768</ReadByCustomer>'),
    Chat.getChatMessages,
    `${MESSAGE}/ReadByCustomer`,
    '"32768" is not a short',
  ],
  [
    'a short that is too small',
    message('<ReadByCustomer>-32769</ReadByCustomer>'),
    Chat.getChatMessages,
    `${MESSAGE}/ReadByCustomer`,
    '"-32769" is not a short',
  ],
  [
    'a boolean in capitals',
    session('<CustomerConsented>True</CustomerConsented>'),
    Chat.getChatSessionEntity,
    `${SESSION}/CustomerConsented`,
    '"True" is not a boolean',
  ],
  [
    'an empty boolean',
    session('<CustomerConsented></CustomerConsented>'),
    Chat.getChatSessionEntity,
    `${SESSION}/CustomerConsented`,
    '"" is not a boolean',
  ],
  [
    '30 February',
    message('<WhenPosted>2024-02-30T00:00:00Z</WhenPosted>'),
    Chat.getChatMessages,
    `${MESSAGE}/WhenPosted`,
    '"2024-02-30T00:00:00Z" is not a dateTime',
  ],
  [
    '29 February of a common year',
    message('<WhenPosted>2023-02-29T00:00:00Z</WhenPosted>'),
    Chat.getChatMessages,
    `${MESSAGE}/WhenPosted`,
    'is not a dateTime',
  ],
  [
    '24:00:00',
    message('<WhenPosted>2024-02-28T24:00:00Z</WhenPosted>'),
    Chat.getChatMessages,
    `${MESSAGE}/WhenPosted`,
    'is not a dateTime',
  ],
  [
    'month 13',
    message('<WhenPosted>2024-13-01T00:00:00Z</WhenPosted>'),
    Chat.getChatMessages,
    `${MESSAGE}/WhenPosted`,
    'is not a dateTime',
  ],
  [
    'the year 2 with one digit',
    message('<WhenPosted>2-01-01T00:00:00.000000Z</WhenPosted>'),
    Chat.getChatMessages,
    `${MESSAGE}/WhenPosted`,
    'is not a dateTime',
  ],
  [
    'an empty dateTime',
    message('<WhenPosted/>'),
    Chat.getChatMessages,
    `${MESSAGE}/WhenPosted`,
    '"" is not a dateTime',
  ],
  ['an empty enum', message('<Type/>'), Chat.getChatMessages, `${MESSAGE}/Type`, '"" is not a ChatMessageType'],
  [
    'two names for an enum',
    message('<Type>ToUser ToCustomer</Type>'),
    Chat.getChatMessages,
    `${MESSAGE}/Type`,
    '"ToUser ToCustomer" is not a ChatMessageType',
  ],
  [
    'a double with a comma',
    session('<Sale><Amount>1,5</Amount></Sale>'),
    Chat.getChatSessionEntity,
    `${SESSION}/Sale/Amount`,
    '"1,5" is not a double',
  ],
  [
    'a double of PHP',
    session('<Sale><Amount>NAN</Amount></Sale>'),
    Chat.getChatSessionEntity,
    `${SESSION}/Sale/Amount`,
    '"NAN" is not a double',
  ],
  [
    'a double that objects have of their own',
    session('<Sale><Amount>constructor</Amount></Sale>'),
    Chat.getChatSessionEntity,
    `${SESSION}/Sale/Amount`,
    '"constructor" is not a double',
  ],
  [
    'text in what is nil',
    message('<Author i:nil="true">x</Author>'),
    Chat.getChatMessages,
    `${MESSAGE}/Author`,
    'content in an element that is nil',
  ],
  [
    'an element in what is nil',
    session('<User i:nil="true"><Name/></User>'),
    Chat.getChatSessionEntity,
    `${SESSION}/User/Name`,
    'content in an element that is nil',
  ],
  [
    'nil that is neither true nor false',
    message('<Author i:nil="yes"/>'),
    Chat.getChatMessages,
    `${MESSAGE}/Author`,
    'xsi:nil="yes"',
  ],
  [
    'an element in a string',
    message('<Author>a<b/></Author>'),
    Chat.getChatMessages,
    `${MESSAGE}/Author/b`,
    'an element inside string',
  ],
  [
    'an element in an int',
    message('<ChatMessageId>1<b/></ChatMessageId>'),
    Chat.getChatMessages,
    `${MESSAGE}/ChatMessageId/b`,
    'an element inside int',
  ],
  [
    'a duplicate dictionary key',
    session(
      '<User><ExtraFields><StringKeyValuePair><Key>a</Key><Value/></StringKeyValuePair><StringKeyValuePair><Key>a</Key><Value/></StringKeyValuePair></ExtraFields></User>',
    ),
    Chat.getChatSessionEntity,
    `${SESSION}/User/ExtraFields/StringKeyValuePair[2]`,
    'the key "a" stands there twice',
  ],
  [
    'a pair without a key',
    session('<User><ExtraFields><StringKeyValuePair><Value/></StringKeyValuePair></ExtraFields></User>'),
    Chat.getChatSessionEntity,
    `${SESSION}/User/ExtraFields/StringKeyValuePair`,
    'a StringKeyValuePair without a Key',
  ],
  [
    'a pair with a nil key',
    session('<User><ExtraFields><StringKeyValuePair><Key i:nil="true"/></StringKeyValuePair></ExtraFields></User>'),
    Chat.getChatSessionEntity,
    `${SESSION}/User/ExtraFields/StringKeyValuePair`,
    'without a Key',
  ],
  [
    'a nil item among ints',
    reply(
      `<GetChatPresenceResponse><Response><ChatPresence><ChatTopics><a:int xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays" i:nil="true"/></ChatTopics></ChatPresence></Response></GetChatPresenceResponse>`,
    ),
    Chat.getChatPresence,
    'Envelope/Body/GetChatPresenceResponse/Response/ChatPresence/ChatTopics/int',
    'a nil item among values of the type int',
  ],
  [
    'an int of another namespace in an array',
    reply(
      '<GetChatPresenceResponse><Response><ChatPresence><ChatTopics><int>1</int></ChatTopics></ChatPresence></Response></GetChatPresenceResponse>',
    ),
    Chat.getChatPresence,
    'Envelope/Body/GetChatPresenceResponse/Response/ChatPresence/ChatTopics/int',
    'in a list of int',
  ],
  [
    'Succeeded that is neither true nor false',
    envelope('<s:Header><Succeeded>yes</Succeeded></s:Header><s:Body><GetChatMessagesResponse/></s:Body>'),
    Chat.getChatMessages,
    'Envelope/Header/Succeeded',
    '"yes" is not a boolean',
  ],
  [
    'a duplicate header part',
    envelope(
      '<s:Header><Succeeded>true</Succeeded><Succeeded>false</Succeeded></s:Header><s:Body><GetChatMessagesResponse/></s:Body>',
    ),
    Chat.getChatMessages,
    'Envelope/Header/Succeeded[2]',
    'Succeeded stands there twice',
  ],
  [
    'the third of several messages',
    messages(
      '<ChatMessage/><ChatMessage i:nil="true"/><ChatMessage><New/><Message>&lt;</Message><WhenPosted>now</WhenPosted></ChatMessage>',
    ),
    Chat.getChatMessages,
    `${MESSAGE}[3]/WhenPosted`,
    '"now" is not a dateTime',
  ],
  [
    'a value after nested lists',
    reply(
      '<GetUserAgentListResponse><Response><MDOListItem/><MDOListItem><ChildItems><MDOListItem/><MDOListItem><Id>x</Id></MDOListItem></ChildItems></MDOListItem></Response></GetUserAgentListResponse>',
    ),
    Chat.getUserAgentList,
    'Envelope/Body/GetUserAgentListResponse/Response/MDOListItem[2]/ChildItems/MDOListItem[2]/Id',
    '"x" is not an int',
  ],
])('%s is refused with its path', (_what, document, operation, path, words) => {
  for (const pretty of [document, document.replaceAll('><', '>\n  <!-- < --><'), `\n${document}\n`]) {
    const error = refusal(pretty, operation);
    expect(error.code).toBe('schema');
    expect(error.path).toBe(path);
    expect(error.message).toContain(words);
    expect(error.message.endsWith(` at ${path}`)).toBe(true);
  }
});

test('a ticket is not repeated in the error, wherever it stands', () => {
  const body = '<AuthenticateResponse><Credentials>7T:hunter2==</Credentials></AuthenticateResponse>';
  const error = refusal(reply(body), SoPrincipal.authenticateImplicit);
  expect(error).toMatchObject({ code: 'schema', path: 'Envelope/Body/AuthenticateResponse/Credentials' });
  expect(error.message).not.toContain('hunter2');
});

test('a long value is not quoted in full', () => {
  const { message: text } = refusal(message(`<ChatMessageId>${'9'.repeat(5000)}</ChatMessageId>`));
  expect(text.length).toBeLessThan(300);
});

describe('XML that is broken', () => {
  test.each<[string, string]>([
    ['mismatched tags', message('<Author>a</Message>')],
    ['an end tag too many', message('</Author>')],
    ['an end tag of another prefix', message('<x:New xmlns:x="urn:x"></New>')],
    ['an end tag in other letters', message('<Author></author>')],
    ['an end tag that goes on', message('<Author></Author1>')],
    ['overlapping elements', message('<New><Newer></New></Newer>')],
    ['mismatched tags in what is skipped', message('<New><a></b></New>')],
    ['an undeclared prefix', message('<x:Author/>')],
    ['an undeclared prefix in what is skipped', message('<New><x:a/></New>')],
    ['an undeclared prefix of an attribute', message('<Author x:a="1"/>')],
    ['an undeclared xsi', messages('').replace('<Response>', '<Response xsi:nil="true">')],
    ['an attribute twice', message('<Author a="1" a="2"/>')],
    ['a bare ampersand', message('<Author>a & b</Author>')],
    ['an entity', message('<Author>&nbsp;</Author>')],
    ['a reference to U+0000', message('<Author>&#0;</Author>')],
    ['half of a surrogate pair by reference', message('<Author>&#xD83D;</Author>')],
    ['a raw control character', message('<Author>\u001f</Author>')],
    ['"]]>" in text', message('<Author>]]></Author>')],
    ['"--" in a comment', message('<!-- -- -->')],
    ['text before the root', `x${message('')}`],
    ['text after the root', `${message('')}x`],
    ['a second root', message('') + message('')],
    ['an XML declaration after a blank', ` <?xml version="1.0"?>${message('')}`],
    ['an XML declaration inside', message('<?xml version="1.0"?>')],
    ['nothing', ''],
    ['white space', ' \n'],
    ['a byte order mark alone', '\ufeff'],
    ['no XML', '{"Error": true}'],
  ])('%s is refused', (_what, document) => {
    const error = refusal(document);
    expect(error.code).toBe('xml-syntax');
    expect(error.message).toMatch(/, line \d+, column \d+( at [\w/[\]]+)?$/);
  });

  test('the message says where', () => {
    expect(refusal(`\n\n${message('<Message>ä</Message>\n <Author>&</Author>')}`).message).toBe(
      'protocol: a bare "&", line 4, column 10 at Envelope/Body/GetChatMessagesResponse/Response/ChatMessage/Author',
    );
  });
});

describe('XML that a message may not have', () => {
  test.each<[string, string]>([
    ['a DOCTYPE', `<!DOCTYPE a>${message('')}`],
    [
      'a DOCTYPE with entities',
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]>${message('<Author>&b;</Author>')}`,
    ],
    ['a DOCTYPE that names a file', `<!DOCTYPE a SYSTEM "file:///etc/passwd">${message('')}`],
    ['a processing instruction before the root', `<?xml-stylesheet href="a"?>${message('')}`],
    ['a processing instruction between members', message('<?a b?><Author/>')],
    ['a processing instruction first in an element', reply('<?a?>')],
    ['a processing instruction in text', message('<Author>a<?b?></Author>')],
    ['a processing instruction in what is skipped', message('<New><?b?></New>')],
    ['a processing instruction after the root', `${message('')}<?a b?>`],
  ])('%s is refused', (_what, document) => {
    expect(refusal(document).code).toBe('xml-forbidden');
  });
});

describe('limits', () => {
  const nested = (depth: number): string => message(`${'<New>'.repeat(depth)}${'</New>'.repeat(depth)}`);
  const items = (depth: number): string =>
    reply(
      `<GetUserAgentListResponse><Response>${'<MDOListItem><ChildItems>'.repeat(depth)}${'</ChildItems></MDOListItem>'.repeat(depth)}</Response></GetUserAgentListResponse>`,
    );

  test.each<[string, string, Operation, Partial<XmlLimits> | undefined]>([
    ['elements that nobody knows, too deep', nested(300), Chat.getChatMessages, undefined],
    ['lists in lists, too deep', items(150), Chat.getUserAgentList, undefined],
    ["a depth of one's own", message(''), Chat.getChatMessages, { depth: 4 }],
    ['a hundred thousand elements inside each other', nested(100_000), Chat.getChatMessages, undefined],
    [
      'too many attributes',
      message(`<Author ${Array.from({ length: 1001 }, (_, at) => `a${at}=""`).join(' ')}/>`),
      Chat.getChatMessages,
      undefined,
    ],
    ['too many declarations', message('<Author xmlns:a="a" xmlns:b="b"/>'), Chat.getChatMessages, { attributes: 1 }],
    ['a name that is too long', message(`<${'a'.repeat(1025)}/>`), Chat.getChatMessages, undefined],
    ['a name that is too long in bytes', message(`<${'é'.repeat(513)}/>`), Chat.getChatMessages, undefined],
    ['too many bytes', message(''), Chat.getChatMessages, { bytes: 100 }],
  ])('%s are refused', (_what, document, operation, limits) => {
    expect(refusal(document, operation, limits).code).toBe('xml-limit');
  });

  test('are what is still accepted', () => {
    const read = (document: string, limits: Partial<XmlLimits>): unknown =>
      decodeReply(Chat.getChatMessages, document, { limits }).output;
    expect(
      read(message('<Author/>'), { depth: 5, bytes: message('<Author/>').length, attributes: 3, name: 23 }),
    ).toEqual([{ author: '' }]);
    // The Envelope was read with other limits before, which makes no difference.
    expect(() => read(message('<Author/>'), { attributes: 2 })).toThrow('more than 2 attributes');
  });
});

describe('names that JavaScript has of its own', () => {
  test('are unknown members like others', () => {
    const document = message(
      '<__proto__><polluted>1</polluted></__proto__><constructor>x</constructor><toString/><Author>a</Author>',
    );
    const [read] = decodeReply(Chat.getChatMessages, document).output ?? [];
    expect(read).toEqual({ author: 'a' });
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
  });

  test('are plain keys of a dictionary', () => {
    const pair = (key: string): string => `<StringKeyValuePair><Key>${key}</Key><Value>v</Value></StringKeyValuePair>`;
    const keys = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
    const document = session(`<User><ExtraFields>${keys.map(pair).join('')}</ExtraFields></User>`);
    const { user } = decodeReply(Chat.getChatSessionEntity, document).output ?? {};
    expect(Object.entries(user?.extraFields ?? {})).toEqual(keys.map((key) => [key, 'v']));
    expect(Object.getPrototypeOf(user?.extraFields)).toBe(null);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test.each(['__proto__', 'constructor'])('are not the reply: %s', (name) => {
    expect(refusal(reply(`<${name}/>`)).code).toBe('envelope');
    expect(refusal(`<${name}/>`).code).toBe('envelope');
  });
});

test('an Envelope that is nil is refused', () => {
  const nil =
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>';
  expect(refusal(nil)).toMatchObject({ kind: 'protocol', code: 'envelope' });
});

test.each(['ChatMessageId', 'ReadByCustomer', 'WhenPosted', 'Type', 'Message'])(
  'text behind an empty %s is not taken for its value',
  (name) => {
    const texts = { ChatMessageId: '42', ReadByCustomer: '1', WhenPosted: '2026-03-02T08:15:30Z', Type: 'ToUser' };
    const text = Reflect.get(texts, name) ?? 'text';
    // What was read before must not help either.
    decodeReply(Chat.getChatMessages, message(`<${name}>${text}</${name}>`));
    for (let time = 0; time < 3; time++) {
      expect(refusal(message(`<${name}/>${text}`)).code).toBe('schema');
      expect(refusal(message(`<${name}/>${text}<Author/>`)).code).toBe('schema');
    }
  },
);
