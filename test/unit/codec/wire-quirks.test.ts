/**
 * What SOAP stacks write differently without meaning anything else, and what they write alike that means different
 * things: prefixes, wrappers, nil, absent and empty, header parts, types.
 */

import type { Operation } from '../../../lib/codec/operation.js';
import { decodeReply } from '../../../lib/codec.js';
import { Fault, ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';
import { ARRAYS, type Markup, S88, SOAP, type Stack, stacks, XSD, XSI } from './stacks.js';

const all = stacks.map((stack) => [stack.name, stack] as const);
const [mono] = stacks as readonly [Stack];

function refusal(operation: Operation, document: string): ProtocolError | Fault {
  try {
    decodeReply(operation, document);
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof Fault) return error;
    throw error;
  }
  throw new Error('the reply was read');
}

/** A list of messages with this content in the first. */
const message = (stack: Stack, content: Markup, header?: Markup): string =>
  stack.reply('GetChatMessagesResponse', `<m:Response><m:ChatMessage>${content}</m:ChatMessage></m:Response>`, header);

const readMessage = (stack: Stack, content: Markup, header?: Markup): unknown =>
  decodeReply(Chat.getChatMessages, message(stack, content, header)).output;

/** What a session with this content is read as. */
const readSession = (content: Markup): unknown =>
  decodeReply(
    Chat.getChatSessionEntity,
    mono.reply('GetChatSessionEntityResponse', `<m:Response>${content}</m:Response>`),
  ).output;

const readPresence = (content: Markup): unknown =>
  decodeReply(
    Chat.getChatPresence,
    mono.reply('GetChatPresenceResponse', `<m:Response><m:ChatPresence>${content}</m:ChatPresence></m:Response>`),
  ).output;

/** One user with all that can be of a kind of its own: base class, dictionary, flags, text, list of another namespace. */
const presence: Markup =
  '<m:Response><m:ChatPresence><m:TableRight><m:Mask>Select Update</m:Mask><m:Reason></m:Reason></m:TableRight>' +
  '<m:FieldProperties><m:FieldPropertyDictionaryKeyValuePair><m:Key>name</m:Key><m:Value i:nil="true"/></m:FieldPropertyDictionaryKeyValuePair></m:FieldProperties>' +
  '<m:UserId>7</m:UserId><m:DisplayName>  Anna  &amp; co </m:DisplayName><m:OngoingChats>0</m:OngoingChats>' +
  '<m:Present>true</m:Present><m:ChatTopics ARRAYS><a:int>3</a:int><a:int>4</a:int></m:ChatTopics></m:ChatPresence>' +
  '<m:ChatPresence i:nil="true"/><m:ChatPresence></m:ChatPresence></m:Response>';

const presenceValue = [
  {
    tableRight: { mask: ['Select', 'Update'], reason: '' },
    fieldProperties: { name: null },
    userId: 7,
    displayName: '  Anna  & co ',
    ongoingChats: 0,
    present: true,
    chatTopics: [3, 4],
  },
  null,
  {},
];

const header: Markup =
  '<m:ExceptionInfo i:nil="true"/><m:ExtraInfo><m:ExtraInfoNameValuePair><m:Key>k</m:Key><m:Value></m:Value></m:ExtraInfoNameValuePair></m:ExtraInfo>' +
  '<m:Succeeded>true</m:Succeeded><m:TimeZone><m:SoTimeZoneId>2</m:SoTimeZoneId><m:SoTimeZoneLocationCode i:nil="1"/></m:TimeZone>';

const headerValue = {
  exceptionInfo: null,
  extraInfo: { k: '' },
  succeeded: true,
  timeZone: { soTimeZoneId: 2, soTimeZoneLocationCode: null },
};

describe('names are namespace and local name', () => {
  test.each(all)('whatever prefixes there are: %s', (_name, stack) => {
    // Twice, since the second time the tags are known.
    for (let round = 0; round < 2; round++) {
      const read = decodeReply(Chat.getChatPresence, stack.reply('GetChatPresenceResponse', presence, header));
      expect(read).toEqual({ output: presenceValue, header: headerValue, version: '1.1' });
    }
  });

  test('and a declaration counts for its own element, also behind what uses it', () => {
    const document = message(mono, `<m:Author x:nil="true" xmlns:x="${XSI}"/><m:Message>a</m:Message>`);
    expect(decodeReply(Chat.getChatMessages, document).output).toEqual([{ author: null, message: 'a' }]);
    const item = `<y:ChatMessage xmlns:y="${S88}"><Author>a</Author></y:ChatMessage>`;
    expect(
      decodeReply(Chat.getChatMessages, mono.reply('GetChatMessagesResponse', `<m:Response>${item}</m:Response>`))
        .output,
    ).toEqual([{ author: 'a' }]);
  });

  test('and the default namespace may be declared on every element, or taken back', () => {
    const content = `<m:Author xmlns="${S88}">a</m:Author><y:Message xmlns:y="${S88}" xmlns="">b</y:Message>`;
    expect(readMessage(mono, content)).toEqual([{ author: 'a', message: 'b' }]);
    expect(readMessage(mono, '<Author xmlns="">not of the service</Author><m:Message>b</m:Message>')).toEqual([
      { message: 'b' },
    ]);
  });

  test('and a prefix may stand for another namespace further in', () => {
    const content = `<x:Author xmlns:x="${S88}">a</x:Author><x:Message xmlns:x="urn:other">b</x:Message>`;
    expect(readMessage(mono, content)).toEqual([{ author: 'a' }]);
  });

  test.each([S88.toUpperCase(), `${S88}/`, S88.replace('88', '87'), S88.replace('http:', 'https:'), ` ${S88}`])(
    'and a namespace is the same to the letter or not at all: %s',
    (namespace) => {
      expect(readMessage(mono, `<x:Author xmlns:x="${namespace}">a</x:Author>`)).toEqual([{}]);
      const document = mono.reply('GetChatMessagesResponse', '<m:Response/>').replaceAll(S88, namespace);
      expect(refusal(Chat.getChatMessages, document).code).toBe('envelope');
    },
  );

  test('and the items of an array of numbers are in the namespace of arrays', () => {
    expect(readPresence('<m:ChatTopics ARRAYS><a:int>3</a:int></m:ChatTopics>')).toEqual([{ chatTopics: [3] }]);
    const inTheService = mono.reply(
      'GetChatPresenceResponse',
      '<m:Response><m:ChatPresence><m:ChatTopics><m:int>3</m:int></m:ChatTopics></m:ChatPresence></m:Response>',
    );
    expect(refusal(Chat.getChatPresence, inTheService)).toMatchObject({ code: 'schema' });
  });

  test('and a prefix that nobody declared is an error, as the nil of node soap', () => {
    const document = message(mono, '<m:Author xsi:nil="true"/>');
    expect(refusal(Chat.getChatMessages, document)).toMatchObject({
      code: 'xml-syntax',
      message: expect.stringContaining('xsi'),
    });
  });
});

describe('wrappers and results', () => {
  const logins = [
    SoPrincipal.authenticateImplicit,
    SoPrincipal.authenticateUsernamePassword,
    SoPrincipal.authenticateGeneric,
    SoPrincipal.authenticateWithAccessToken,
  ];
  const parts: Markup =
    '<m:Response><m:AssociateId>7</m:AssociateId></m:Response><m:Credentials><m:Ticket>7T:abc</m:Ticket></m:Credentials><m:AuthenticationSucceeded>true</m:AuthenticationSucceeded>';

  test.each(logins.map((operation) => [operation.name, operation] as const))(
    'of %s are AuthenticateResponse with its three parts, and not by the name of the operation',
    (name, operation) => {
      for (const stack of stacks) {
        expect(decodeReply<Operation>(operation, stack.reply('AuthenticateResponse', parts)).output).toEqual({
          response: { associateId: 7 },
          credentials: { ticket: '7T:abc' },
          authenticationSucceeded: true,
        });
      }
      expect(refusal(operation, mono.reply(`${name}Response`, parts)).code).toBe('envelope');
    },
  );

  test('of GetSystemInfo is SystemInfo, and a Response is not taken for nothing', () => {
    const read = (members: Markup) =>
      decodeReply(SoPrincipal.getSystemInfo, mono.reply('GetSystemInfoResponse', members));
    expect(read('<m:SystemInfo><m:CompanyName>Demo</m:CompanyName></m:SystemInfo>').output).toEqual({
      companyName: 'Demo',
    });
    expect(() => read('<m:Response><m:CompanyName>Demo</m:CompanyName></m:Response>')).toThrow('SystemInfo may stand');
  });

  test.each(all)('of operations without a result are empty: %s', (_name, stack) => {
    expect(decodeReply(Chat.deleteChatSessionEntity, stack.reply('DeleteChatSessionEntityResponse', '')).output).toBe(
      undefined,
    );
  });

  test('that are nil, left out or empty are null, where there is something to be nil', () => {
    for (const members of ['<m:Response i:nil="true"/>', '']) {
      expect(decodeReply(Chat.getChatMessages, mono.reply('GetChatMessagesResponse', members)).output).toBe(null);
    }
    expect(decodeReply(Chat.getChatMessages, mono.reply('GetChatMessagesResponse', '<m:Response/>')).output).toEqual(
      [],
    );
    expect(refusal(Chat.isWithinOpeningHours, mono.reply('IsWithinOpeningHoursResponse', '')).code).toBe('schema');
  });
});

describe('nil, absent and empty', () => {
  test.each<[string, Markup, unknown]>([
    ['a text', '<m:CustomerName i:nil="true"/>', { customerName: null }],
    ['a text with two tags', '<m:CustomerName i:nil="true"></m:CustomerName>', { customerName: null }],
    ['a text by the other word', '<m:CustomerName i:nil="1"/>', { customerName: null }],
    ['an object', '<m:User i:nil="true"/>', { user: null }],
    ['a dictionary', '<m:FieldProperties i:nil="true"/>', { fieldProperties: null }],
  ])('are three things: %s that is nil', (_what, content, value) => {
    expect(readSession(content)).toEqual(value);
    expect(readSession('')).toEqual({});
  });

  test.each<[string, Markup, unknown]>([
    ['a text', '<m:CustomerName/>', { customerName: '' }],
    ['an object', '<m:User/>', { user: {} }],
    ['a dictionary', '<m:FieldProperties/>', { fieldProperties: {} }],
    ['flags, which are none then', '<m:Flags/>', { flags: [] }],
    ['a text that is not nil', '<m:CustomerName i:nil="false"/>', { customerName: '' }],
    ['an object that is not nil', '<m:User i:nil="0"/>', { user: {} }],
  ])('are three things: %s that is empty, with one tag or two', (_what, content, value) => {
    expect(readSession(content)).toEqual(value);
    const [, open, name] = /^(<(m:\w+)[^>]*)\/>$/.exec(content) ?? [];
    expect(readSession(`${open}></${name}>`)).toEqual(value);
    expect(readSession(`${open} />`)).toEqual(value);
  });

  test('are three things for a list', () => {
    expect(readPresence('<m:ChatTopics i:nil="true"/>')).toEqual([{ chatTopics: null }]);
    expect(readPresence('<m:ChatTopics ARRAYS/>')).toEqual([{ chatTopics: [] }]);
    expect(readPresence('<m:ChatTopics ARRAYS></m:ChatTopics>')).toEqual([{ chatTopics: [] }]);
    expect(readPresence('')).toEqual([{}]);
  });

  test('items that are nil keep their place in a list', () => {
    const items = '<m:ChatMessage i:nil="true"/><m:ChatMessage/><m:ChatMessage i:nil="true"></m:ChatMessage>';
    expect(
      decodeReply(Chat.getChatMessages, mono.reply('GetChatMessagesResponse', `<m:Response>${items}</m:Response>`))
        .output,
    ).toEqual([null, {}, null]);
  });

  test('texts that are nil keep their place in a list of texts', () => {
    const rights =
      '<m:Response><m:FunctionRights ARRAYS><a:string>a</a:string><a:string i:nil="true"/><a:string></a:string></m:FunctionRights></m:Response>';
    const { output } = decodeReply(SoPrincipal.authenticateImplicit, mono.reply('AuthenticateResponse', rights));
    expect(output.response?.functionRights).toEqual(['a', null, '']);
  });

  test('values that are nil keep their key in a dictionary', () => {
    const pair = (entry: string, key: string, value: Markup): Markup =>
      `<m:${entry}><m:Key>${key}</m:Key>${value}</m:${entry}>`;
    const fields = pair('FieldPropertyDictionaryKeyValuePair', 'name', '<m:Value i:nil="true"/>');
    const extra =
      pair('StringKeyValuePair', 'x', '<m:Value i:nil="true"/>') + pair('StringKeyValuePair', '', '<m:Value/>');
    const content = `<m:FieldProperties>${fields}</m:FieldProperties><m:User><m:ExtraFields>${extra}</m:ExtraFields></m:User>`;
    expect(readSession(content)).toEqual({
      fieldProperties: { name: null },
      user: { extraFields: { x: null, '': '' } },
    });
  });

  test('a number that is nil, as the published samples have it, is one that is not there', () => {
    expect(readSession('<m:Rank i:nil="true"/><m:Rating>1</m:Rating>')).toEqual({ rating: 1 });
  });
});

describe('header parts', () => {
  test.each(all)('may all be missing, or all but Succeeded: %s', (_name, stack) => {
    const read = (parts?: Markup) => decodeReply(Chat.getChatMessages, message(stack, '<m:Author>a</m:Author>', parts));
    expect(read()).toMatchObject({ output: [{ author: 'a' }], header: {} });
    expect(read('<m:Succeeded>true</m:Succeeded>').header).toEqual({ succeeded: true });
    expect(read(header).header).toEqual(headerValue);
  });

  test.each(all)('tell a refusal under HTTP 200, with all that is inside: %s', (_name, stack) => {
    const pair =
      '<m:SoExceptionInfoParametersKeyValuePair><m:Key>id</m:Key><m:Value>42</m:Value></m:SoExceptionInfoParametersKeyValuePair>';
    const inner =
      '<m:InnerException><m:Message>no such row</m:Message><m:ExceptionType>Demo.Sql</m:ExceptionType><m:InnerException i:nil="true"/></m:InnerException>';
    const info = `<m:ExceptionInfo><m:Message>Gone</m:Message><m:StackTrace>at A\n at B</m:StackTrace><m:FriendlyText>It is gone.</m:FriendlyText><m:ExceptionType>Demo.Gone</m:ExceptionType><m:Source i:nil="true"/>${inner}<m:Parameters>${pair}</m:Parameters></m:ExceptionInfo>`;
    const document = stack.reply(
      'GetChatMessagesResponse',
      '<m:Response i:nil="true"/>',
      `${info}<m:Succeeded>false</m:Succeeded>`,
    );
    const error = refusal(Chat.getChatMessages, document);
    expect(error).toMatchObject({
      code: 'service',
      outcome: 'refused',
      reason: 'Gone',
      friendlyText: 'It is gone.',
      exceptionType: 'Demo.Gone',
      parameters: { id: '42' },
    });
    expect(error.cause).toMatchObject({ reason: 'no such row', exceptionType: 'Demo.Sql' });
    expect((error.cause as Fault).cause).toBe(undefined);
  });

  test('tell a refusal also where only one of them does', () => {
    expect(refusal(Chat.getChatMessages, message(mono, '', '<m:Succeeded>false</m:Succeeded>')).code).toBe('service');
    const info = '<m:ExceptionInfo><m:Message>Gone</m:Message></m:ExceptionInfo><m:Succeeded>true</m:Succeeded>';
    expect(refusal(Chat.getChatMessages, message(mono, '', info))).toMatchObject({ code: 'service', reason: 'Gone' });
  });

  test('tell nothing of a login that is refused, which its own parts do', () => {
    const parts: Markup =
      '<m:Response i:nil="true"/><m:Credentials i:nil="true"/><m:AuthenticationSucceeded>false</m:AuthenticationSucceeded>';
    const document = mono.reply('AuthenticateResponse', parts, '<m:Succeeded>true</m:Succeeded>');
    expect(decodeReply(SoPrincipal.authenticateUsernamePassword, document)).toMatchObject({
      output: { response: null, credentials: null, authenticationSucceeded: false },
      header: { succeeded: true },
    });
  });
});

describe('a type that is stated', () => {
  const typed = (prefix: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:xsi="${XSI}" xmlns:xsd="${XSD}" xmlns:arr="${ARRAYS}" xmlns:${prefix}="${S88}">
 <SOAP-ENV:Header>
  <${prefix}:Succeeded xsi:type="xsd:boolean">true</${prefix}:Succeeded>
  <${prefix}:TimeZone xsi:type="${prefix}:SoTimeZone"><${prefix}:SoTimeZoneId xsi:type="xsd:int">2</${prefix}:SoTimeZoneId></${prefix}:TimeZone>
 </SOAP-ENV:Header>
 <SOAP-ENV:Body xsi:type="anything">
  <${prefix}:GetChatPresenceResponse>
   <${prefix}:Response xsi:type="${prefix}:ArrayOfChatPresence">
    <${prefix}:ChatPresence xsi:type="${prefix}:ChatPresence">
     <${prefix}:UserId xsi:type="xsd:int">7</${prefix}:UserId>
     <${prefix}:DisplayName xsi:type="xsd:string">  A </${prefix}:DisplayName>
     <${prefix}:Present xsi:type="xsd:boolean">true</${prefix}:Present>
     <${prefix}:ChatTopics xsi:type="arr:ArrayOfint"><arr:int xsi:type="xsd:int">3</arr:int></${prefix}:ChatTopics>
    </${prefix}:ChatPresence>
    <${prefix}:ChatPresence xsi:type="${prefix}:ChatPresence" xsi:nil="true"/>
   </${prefix}:Response>
  </${prefix}:GetChatPresenceResponse>
 </SOAP-ENV:Body>
</SOAP-ENV:Envelope>`;

  test.each(['ns1', 'Chat', 'NetServerServices881'])(
    'on every element and every header part is ignored: %s',
    (prefix) => {
      for (let round = 0; round < 2; round++) {
        expect(decodeReply(Chat.getChatPresence, typed(prefix))).toEqual({
          output: [{ userId: 7, displayName: '  A ', present: true, chatTopics: [3] }, null],
          header: { succeeded: true, timeZone: { soTimeZoneId: 2 } },
          version: '1.1',
        });
      }
    },
  );

  test('does not change how a value is read', () => {
    expect(readMessage(mono, '<m:Message i:type="x:int" xmlns:x="urn:x">007</m:Message>')).toEqual([
      { message: '007' },
    ]);
  });
});
