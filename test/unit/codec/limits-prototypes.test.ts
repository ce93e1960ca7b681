/**
 * Names that every object of JavaScript has are names like others, wherever a document has them: they are found where
 * they stand, nowhere else, and change nothing.
 */

import { decodeJson } from '../../../lib/codec/json.js';
import { parseXml } from '../../../lib/codec/xml.js';
import { decodeReply, decodeRequest } from '../../../lib/codec.js';
import { Fault, ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__'];

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';

const envelope = (body: string, header = '', p = 's'): string =>
  `<${p}:Envelope xmlns:${p}="${SOAP}" xmlns="${S88}"><${p}:Header>${header}</${p}:Header><${p}:Body>${body}</${p}:Body></${p}:Envelope>`;

const messages = (content: string, header = ''): string =>
  envelope(
    `<GetChatMessagesResponse><Response><ChatMessage>${content}</ChatMessage></Response></GetChatMessagesResponse>`,
    header,
  );

const readMessages = (document: string) => decodeReply(Chat.getChatMessages, document);

/** The error of a reader that refuses. */
function refusal(read: () => unknown): ProtocolError | Fault {
  try {
    read();
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof Fault) return error;
    throw error;
  }
  throw new Error('the document was read');
}

/** An element of the name, with one inside that would show on every object. */
const element = (name: string): string => `<${name}><polluted>1</polluted><Author>evil</Author></${name}>`;

const pair = (entry: string, key: string, value: string): string =>
  `<${entry}><Key>${key}</Key><Value>${value}</Value></${entry}>`;

/** A dictionary with all the names as its keys, and what it must be read as. */
const pairs = (entry: string): string => NAMES.map((name) => pair(entry, name, `the ${name}`)).join('');
const entries = NAMES.map((name) => [name, `the ${name}`]);

function expectDictionary(value: object | null | undefined): void {
  expect(Object.getPrototypeOf(value)).toBe(null);
  expect(Object.entries(value ?? {})).toEqual(entries);
}

const shared: readonly object[] = [
  Object.prototype,
  Function.prototype,
  Array.prototype,
  String.prototype,
  Map.prototype,
  Object,
];

/** What all objects have, as a text that shows every change. */
const inherited = (): string =>
  JSON.stringify(
    shared.map((each) => [
      Object.getOwnPropertyNames(each),
      Object.getOwnPropertySymbols(each).map(String),
      Object.values(Object.getOwnPropertyDescriptors(each)).map((property) => [
        typeof property.value,
        property.writable,
      ]),
    ]),
  );

const before = inherited();

afterEach(() => {
  expect(inherited()).toBe(before);
  expect('polluted' in {}).toBe(false);
});

describe.each(NAMES)('%s', (name) => {
  test('is an element that nobody knows in a reply, and in its header', () => {
    const { output, header } = readMessages(
      messages(`${element(name)}<Author>a</Author>${element(name)}`, element(name)),
    );
    expect(output).toStrictEqual([{ author: 'a' }]);
    expect(header).toStrictEqual({});
  });

  test('is no member that is there without being read', () => {
    const [message] = readMessages(messages('<Author>a</Author>')).output ?? [];
    expect(Object.hasOwn(message ?? {}, name)).toBe(false);
  });

  test('is no reply and no envelope', () => {
    expect(refusal(() => readMessages(envelope(element(name)))).code).toBe('envelope');
    expect(refusal(() => readMessages(`<${name} xmlns="${S88}"/>`)).code).toBe('envelope');
  });

  test('is no operation, and a parameter that nobody knows', () => {
    expect(refusal(() => decodeRequest([Chat, SoPrincipal], envelope(element(name)))).code).toBe('envelope');
    const request = envelope(`<GetChatMessages>${element(name)}<After>1</After></GetChatMessages>`, element(name));
    const { operation, input, header } = decodeRequest([Chat, SoPrincipal], request);
    expect(operation).toBe(Chat.getChatMessages);
    expect(input).toStrictEqual({ after: 1 });
    expect(header).toStrictEqual({});
  });

  test('is an element and an attribute of a tree', () => {
    const tree = parseXml(`<${name} ${name}="1">${element(name)}</${name}>`);
    expect(tree).toMatchObject({ name, attributes: [{ name, namespace: '', value: '1' }] });
    expect(tree.children).toMatchObject([{ name, children: [{ name: 'polluted' }, { name: 'Author' }] }]);
  });

  test('may be the prefix of what is known, and is declared only where it is declared', () => {
    const prefixed = messages(`<${name}:Author xmlns:${name}="${S88}" ${name}:${name}="1">a</${name}:Author>`);
    expect(readMessages(prefixed).output).toStrictEqual([{ author: 'a' }]);
    expect(decodeReply(Chat.resetChatSession, envelope('<ResetChatSessionResponse/>', '', name)).version).toBe('1.1');
    expect(refusal(() => readMessages(messages(`<${name}:Author/>`))).code).toBe('xml-syntax');
    expect(refusal(() => readMessages(messages(`<Author ${name}:a=""/>`))).code).toBe('xml-syntax');
    expect(parseXml(`<${name}:a xmlns:${name}="${name}"/>`)).toMatchObject({ name: 'a', namespace: name });
    expect(refusal(() => parseXml(`<${name}:a/>`)).code).toBe('xml-syntax');
  });

  test('is an attribute once and not twice', () => {
    expect(readMessages(messages(`<Author ${name}="1">a</Author>`)).output).toStrictEqual([{ author: 'a' }]);
    expect(refusal(() => readMessages(messages(`<Author ${name}="1" ${name}="2"/>`))).code).toBe('xml-syntax');
  });

  test('is no entity', () => {
    expect(refusal(() => readMessages(messages(`<Author>&${name};</Author>`))).code).toBe('xml-syntax');
    expect(refusal(() => parseXml(`<a b="&${name};"/>`)).code).toBe('xml-syntax');
  });

  test('is a name that an enumeration does not know, and no other value', () => {
    expect(readMessages(messages(`<Type>${name}</Type>`)).output).toStrictEqual([{ type: name }]);
    for (const member of ['ChatMessageId', 'ReadByCustomer', 'WhenPosted']) {
      expect(refusal(() => readMessages(messages(`<${member}>${name}</${member}>`))).code).toBe('schema');
    }
  });

  test('may be the code of a Fault', () => {
    const fault = envelope(
      `<s:Fault><faultcode xmlns="">${name}</faultcode><faultstring xmlns="">r</faultstring></s:Fault>`,
    );
    expect(refusal(() => readMessages(fault))).toMatchObject({ code: 'soap-fault', faultCode: name, reason: 'r' });
  });

  test('is a member of JSON that nobody knows', () => {
    const json = `[{"${name}":{"polluted":1,"Author":"evil"},"Author":"a"}]`;
    const output = decodeJson(Chat.getChatMessages, json);
    expect(output).toStrictEqual([{ author: 'a' }]);
    expect(refusal(() => decodeJson(Chat.getChatMessages, `{"${name}":1}`)).code).toBe('schema');
  });
});

describe('all of them are keys', () => {
  test('of the dictionaries of a reply and of its header', () => {
    const { output, header } = decodeReply(
      Chat.getChatSessionEntity,
      envelope(
        `<GetChatSessionEntityResponse><Response><User><ExtraFields>${pairs('StringKeyValuePair')}</ExtraFields></User></Response></GetChatSessionEntityResponse>`,
        `<ExtraInfo>${pairs('ExtraInfoNameValuePair')}</ExtraInfo>`,
      ),
    );
    expectDictionary(output?.user?.extraFields);
    expectDictionary(header.extraInfo);
  });

  test('of dictionaries whose values are objects', () => {
    const values = NAMES.map((name) =>
      pair('FieldPropertyDictionaryKeyValuePair', name, '<FieldLength>7</FieldLength>'),
    );
    const { output } = decodeReply(
      Chat.getChatSessionEntity,
      envelope(
        `<GetChatSessionEntityResponse><Response><FieldProperties>${values.join('')}</FieldProperties></Response></GetChatSessionEntityResponse>`,
      ),
    );
    expect(Object.entries(output?.fieldProperties ?? {})).toEqual(NAMES.map((name) => [name, { fieldLength: 7 }]));
  });

  test('of the parameters of a refusal', () => {
    const info = `<ExceptionInfo><Message>m</Message><Parameters>${pairs('SoExceptionInfoParametersKeyValuePair')}</Parameters></ExceptionInfo>`;
    const error = refusal(() => readMessages(messages('', info)));
    expect(error).toBeInstanceOf(Fault);
    expectDictionary((error as Fault).parameters);
  });

  test('of the dictionary of a request', () => {
    const data = pairs('AuthenticationGenericDataKeyValuePair');
    const { input } = decodeRequest(
      [SoPrincipal],
      envelope(`<AuthenticateGeneric><AuthenticationData>${data}</AuthenticationData></AuthenticateGeneric>`),
    );
    expectDictionary((input as { authenticationData: object }).authenticationData);
  });

  test('of the dictionaries of JSON', () => {
    const members = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',');
    expectDictionary(decodeJson(Chat.getChatSessionEntity, `{"User":{"ExtraFields":{${members}}}}`)?.user?.extraFields);
  });

  test('that may stand there once only', () => {
    for (const name of NAMES) {
      const twice = `<ExtraInfo>${pair('ExtraInfoNameValuePair', name, 'a').repeat(2)}</ExtraInfo>`;
      expect(refusal(() => readMessages(messages('', twice))).code).toBe('schema');
    }
  });

  test('that a dictionary does not have unless it was read with them', () => {
    const { header } = readMessages(messages('', `<ExtraInfo>${pair('ExtraInfoNameValuePair', 'a', 'b')}</ExtraInfo>`));
    for (const name of NAMES) expect(name in (header.extraInfo ?? {})).toBe(false);
  });
});
