/**
 * Translations say the same call, and what is different about it.
 */
import { Chat, DateTime, encodeRequest, inRelease, type Operation, RELEASES, SoPrincipal } from '../../../lib/index.js';
import { asHttp, type NoteCode, type Translation, translateRequest } from '../../../lib/migrate.js';
import { decodeRestHeader } from '../../../lib/rest/header.js';
import { decodeRestInput, restRouter } from '../../../lib/rest/match.js';
import { membersOf, plain, randomFrom } from '../../contract/values.js';
import { getMessages } from './recordings.js';

const SEEDS = [1, 2, 3];
const TICKET = '7T:canary-ticket';

const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

const find = restRouter(Chat);

/** The call that a server makes of the request. */
function callOf({ request }: Translation): { readonly operation: Operation; readonly input: unknown } {
  const [path = '', query = ''] = (request?.path ?? '').split('?');
  const match = find(request?.method ?? '', path);
  if ('allow' in match) throw new Error(`there is nothing at ${path}`);
  const said = { query: new URLSearchParams(query), body: request?.body ?? '' };
  return { operation: match.operation, input: decodeRestInput(match, said) };
}

const codes = ({ notes }: Translation): readonly NoteCode[] => notes.map(({ code }) => code);

/** Each parameter that cannot be nil is there. */
const inputFor = ({ request }: Operation, seed: number): Record<string, unknown> =>
  membersOf(
    request.fields.map((field) => ({ ...field, required: !field.nillable })),
    randomFrom(seed),
  );

/** Null for a parameter in a path or a query is nothing there. */
const withoutNull = (input: unknown): unknown =>
  Object.fromEntries(Object.entries(input as object).filter(([, value]) => value !== null && value !== undefined));

/** A session's key is a secret. */
const withoutKey = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(plain(value), (key, each) => (key === 'sessionKey' ? undefined : each)));

describe.each(RELEASES)('requests of Services%i', (release) => {
  const operations = Object.values(inRelease(Chat, release)) as readonly Operation[];

  it.each([
    ['SOAP 1.1', { version: '1.1' }],
    ['SOAP 1.2', { version: '1.2' }],
    ['the style of the samples', { style: 'sample' }],
  ] as const)('in %s are the same calls in REST, of both styles', (_, options) => {
    for (const operation of operations) {
      for (const seed of SEEDS) {
        const input = inputFor(operation, seed);
        const header = { credentials: { ticket: TICKET }, timeZone: { soTimeZoneLocationCode: 'NO' } };
        const document = encodeRequest(operation, input as never, { ...options, header });
        for (const style of ['agent', 'entity'] as const) {
          const translation = translateRequest(document, { style, keepSecrets: true });
          const call = callOf(translation);
          expect(call.operation.name).toBe(operation.name);
          expect(withoutNull(plain(call.input))).toStrictEqual(withoutNull(plain(input)));
          expect(translation).toMatchObject({ release, version: 'style' in options ? '1.2' : options.version });
          expect(translation.request?.headers.authorization).toBe(`SOTicket ${TICKET}`);
          expect(decodeRestHeader(translation.request?.headers ?? {})).toEqual({ timeZone: header.timeZone });
          expect(codes(translation).includes('release')).toBe(release !== 88);
          const veiled = callOf(translateRequest(document, { style }));
          expect(withoutKey(withoutNull(veiled.input))).toStrictEqual(withoutKey(withoutNull(call.input)));
        }
      }
    }
  });
});

describe('the requests of the published pages', () => {
  // The sample requests of `POST Agents/Chat/GetChatMessages`.
  it.each([
    [177, 964],
    [565, 7],
  ])('GetChatMessages of session %i after %i', (chatSessionId, after) => {
    const translation = translateRequest(getMessages(chatSessionId, after));
    expect(asHttp(translation)).toContain(
      [
        'POST $SUPEROFFICE_REST_URL/v1/Agents/Chat/GetChatMessages HTTP/1.1',
        'Accept: application/json; charset=utf-8',
        'Content-Type: application/json; charset=utf-8',
        '',
        '{',
        `  "ChatSessionId": ${chatSessionId},`,
        `  "After": ${after}`,
        '}',
      ].join('\n'),
    );
  });

  it('GetChatMessages and GetChatSessionEntity as resources, and the latter as an agent', () => {
    const entity = encodeRequest(Chat.getChatSessionEntity, { chatSessionEntityId: 932 });
    expect(translateRequest(getMessages(177, 0), { style: 'entity' }).request).toMatchObject({
      method: 'GET',
      path: 'v1/ChatSession/177/Messages?after=0',
      body: undefined,
    });
    expect(translateRequest(entity, { style: 'entity' }).request).toMatchObject({
      method: 'GET',
      path: 'v1/ChatSession/932',
    });
    expect(translateRequest(entity).request).toMatchObject({
      method: 'POST',
      path: 'v1/Agents/Chat/GetChatSessionEntity?chatSessionEntityId=932',
      body: undefined,
    });
  });

  it('the SOAP sample, with its header blocks beside the Body', () => {
    const sample = encodeRequest(
      Chat.getChatMessages,
      { chatSessionId: 0, after: 0 },
      {
        style: 'sample',
        header: { applicationToken: '1234567-1234-9876', credentials: { ticket: '7T:1234abcxyzExample==' } },
      },
    );
    expect(translateRequest(sample, { keepSecrets: true }).request).toMatchObject({
      path: 'v1/Agents/Chat/GetChatMessages',
      headers: { authorization: 'SOTicket 7T:1234abcxyzExample==', 'so-apptoken': '1234567-1234-9876' },
      body: '{"ChatSessionId":0,"After":0}',
    });
  });
});

describe('who calls, and where', () => {
  const ofHeader = (header: Parameters<typeof getMessages>[2]): Translation =>
    translateRequest(getMessages(1, 2, header));

  it('a ticket goes as SOTicket, an access token as Bearer', () => {
    const { request } = ofHeader({ credentials: { ticket: '8A:Cust12345.abc' } });
    expect(request?.headers.authorization).toMatch(/^Bearer /);
    expect(codes(ofHeader({ credentials: { ticket: '8A:Cust12345.abc' } }))).toContain('access-token');
    expect(codes(ofHeader({ credentials: { ticket: TICKET } }))).toEqual(
      expect.arrayContaining(['ticket', 'no-application-token']),
    );
    expect(codes(ofHeader({}))).toContain('no-credentials');
    expect(codes(ofHeader({ applicationToken: 'a' }))).toContain('application-token');
  });

  it('a ticket that no header of HTTP could carry is a placeholder like any other', () => {
    expect(ofHeader({ credentials: { ticket: '\n  7T:•••\n' } }).request?.headers.authorization).toMatch(/^SOTicket /);
  });

  it.each([
    [{ soTimeZoneId: 261 }, '261'],
    [{ soTimeZoneLocationCode: 'NO' }, 'NO'],
    [{ soTimeZoneId: 261, soTimeZoneLocationCode: 'DK' }, 'DK'],
  ])('the time zone %j is %s', (timeZone, text) => {
    const translation = ofHeader({ timeZone });
    expect(translation.request?.headers['so-timezone']).toBe(text);
    expect(codes(translation)).toContain('time-zone');
  });

  it('the address of the API is the one that is given; what it may be else is said in a note', () => {
    const at = (url: string, given?: string) => {
      const { baseUrl, notes } = translateRequest(getMessages(), { url, baseUrl: given });
      return [baseUrl, /^It may be (\S+)\. /.exec(notes.find(({ code }) => code === 'base-url')?.text ?? '')?.[1]];
    };
    expect(at('https://sod2.example.com/Cust12345/Remote/Services88/Chat.svc')).toEqual([
      undefined,
      'https://sod2.example.com/Cust12345/api',
    ]);
    expect(at('http://localhost/remote/services86/chat.svc')).toEqual([undefined, 'http://localhost/api']);
    expect(at('http://localhost/NetServer/Services88/Chat.svc')).toEqual([undefined, undefined]);
    expect(at('https://a.example.com/Remote/Services88/Chat.svc', 'https://b.example.com/api/')).toEqual([
      'https://b.example.com/api',
      undefined,
    ]);
    expect(thrown(() => at('', 'crm.example.com'))).toMatchObject({ kind: 'input', path: 'baseUrl' });
  });
});

describe('notes', () => {
  const notesFor = (operation: Operation, input: unknown, style?: 'entity'): readonly string[] =>
    translateRequest(encodeRequest(operation, input as never), { style }).notes.map(
      ({ code, path }) => `${code}${path && ` ${path}`}`,
    );

  it('are those of this request', () => {
    expect(notesFor(Chat.isWithinOpeningHours, { chatTopicId: 1 })).toEqual([
      'no-credentials header.credentials',
      'errors',
      'null-result reply',
    ]);
    expect(notesFor(Chat.deleteChatSessionEntity, { chatSessionEntityId: 1 })).toEqual([
      'no-credentials header.credentials',
      'errors',
      'empty-reply reply',
    ]);
    expect(notesFor(Chat.pickUpFirstChatSession, {})).toContain('pick-up-null reply');
    expect(notesFor(Chat.getChatTopicEntity, { chatTopicEntityId: 1 })).toEqual(
      expect.arrayContaining([
        'language reply',
        'duration reply.openingHours.monStart',
        'base-time-zone header.timeZone',
      ]),
    );
  });

  it('say which values mean something else, or look otherwise', () => {
    const whenPosted = DateTime.from('2024-03-01T09:30:00');
    const chatSessionEntity = {
      chatSessionId: 3,
      flags: [],
      whenStarted: null,
      whenEnded: whenPosted,
      user: { rank: 3 },
      fieldProperties: { a: { fieldLength: 1 } },
    };
    expect(notesFor(Chat.saveChatSessionEntity, { chatSessionEntity })).toEqual(
      expect.arrayContaining([
        'flags chatSessionEntity.flags',
        'no-value chatSessionEntity.whenStarted',
        'local-time chatSessionEntity.whenEnded',
        'short chatSessionEntity.user.rank',
        'dictionary chatSessionEntity.fieldProperties',
        'omitted chatSessionEntity',
      ]),
    );
    const openingHours = { monStart: 'PT8H', monStop: 'PT16H' };
    expect(notesFor(Chat.saveChatTopicEntity, { chatTopicEntity: { openingHours } })).toEqual(
      expect.arrayContaining(['duration chatTopicEntity.openingHours.monStart']),
    );
  });

  it('tell of the entity style', () => {
    expect(notesFor(Chat.createDefaultChatTopicAgent, {}, 'entity')).toContain('agent-fallback');
    expect(notesFor(Chat.saveChatSessionEntity, { chatSessionEntity: { chatSessionId: 0 } }, 'entity')).toContain(
      'entity-create',
    );
    expect(notesFor(Chat.saveChatSessionEntity, { chatSessionEntity: { chatSessionId: 7 } }, 'entity')).toContain(
      'entity-update',
    );
  });

  it('a name that the contract does not know is passed on', () => {
    const document = encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message: { type: 'Special' } });
    const translation = translateRequest(document.replace('>Special<', '>Hologram<'));
    expect(translation.request?.body).toContain('"Type":"Hologram"');
    expect(translation.notes).toContainEqual(
      expect.objectContaining({
        code: 'unknown-name',
        path: 'message.type',
        text: expect.stringContaining('Hologram'),
      }),
    );
  });

  it('parameters that are left out are sent as what SOAP takes them for', () => {
    const translation = translateRequest(getMessages().replace('<After>964</After>', ''));
    expect(translation.request?.body).toBe('{"ChatSessionId":177,"After":0}');
    expect(translation.notes).toContainEqual(expect.objectContaining({ code: 'default-parameter', path: 'after' }));
    const flat = encodeRequest(Chat.getUserAgentList, { flat: true, onlyPresent: true });
    expect(translateRequest(flat.replace(/<Flat>true<\/Flat>/, '')).request?.body).toBe(
      '{"Flat":false,"OnlyPresent":true}',
    );
  });

  it('elements that nobody reads, and those that a .NET service does not see', () => {
    const document = encodeRequest(Chat.addChatMessage, {
      chatSessionId: 1,
      message: { type: 'ToCustomer', message: 'a' },
    })
      .replace('<Type>', '<Colour>red</Colour><Type>')
      .replace('</Message></Message>', '</Message><ChatMessageId>3</ChatMessageId></Message>');
    expect(translateRequest(document).notes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'unknown-member', path: 'Envelope/Body/AddChatMessage/Message/Colour' }),
        expect.objectContaining({ code: 'member-order', path: 'Envelope/Body/AddChatMessage/Message/ChatMessageId' }),
      ]),
    );
  });

  it('blocks of the Header that REST does not have', () => {
    const block =
      '<s:Header><w:Security xmlns:w="urn:w"><w:Password>canary</w:Password></w:Security></s:Header><s:Body>';
    const { notes } = translateRequest(getMessages().replace('<s:Body>', block));
    expect(notes).toContainEqual(expect.objectContaining({ code: 'header-block', path: 'Envelope/Header/Security' }));
    // What says where a message goes is no matter of its meaning.
    const addressed = '<s:Header><To xmlns="http://www.w3.org/2005/08/addressing">x</To></s:Header><s:Body>';
    expect(codes(translateRequest(getMessages().replace('<s:Body>', addressed)))).not.toContain('header-block');
  });
});

describe('calls of SoPrincipal', () => {
  it.each([
    [SoPrincipal.authenticateUsernamePassword, { userName: 'anna', password: 'canary' }],
    [SoPrincipal.authenticateImplicit, {}],
    [SoPrincipal.authenticateGeneric, { authenticationData: { a: 'canary' } }],
    [SoPrincipal.authenticateWithAccessToken, { accessToken: 'canary' }],
  ] as [Operation, unknown][])('$name vanishes', (operation, input) => {
    const translation = translateRequest(encodeRequest(operation, input as never));
    expect(translation.request).toBeUndefined();
    expect(codes(translation)).toContain('authenticate');
  });

  it('GetSystemInfo is partly told by the API itself', () => {
    const translation = translateRequest(encodeRequest(SoPrincipal.getSystemInfo, {}));
    expect(translation.request).toMatchObject({ method: 'GET', path: '' });
    expect(codes(translation)).toEqual(['system-info']);
    expect(asHttp(translation)).toContain('GET $SUPEROFFICE_REST_URL HTTP/1.1');
  });
});

describe('what cannot be translated says what it is', () => {
  const contact = getMessages().replaceAll('GetChatMessages', 'GetContactEntity');

  it.each([
    [
      'a reply',
      getMessages().replaceAll('GetChatMessages', 'GetChatMessagesResponse'),
      {},
      'a reply (GetChatMessagesResponse)',
    ],
    ['an operation that there is not', contact, {}, 'GetContactEntity is no operation of Chat.svc or SoPrincipal.svc'],
    [
      'one of another service, by its address',
      contact,
      { url: 'https://h/Remote/Services88/Contact.svc' },
      'of Contact.svc',
    ],
    [
      'one of another service, by its action',
      contact,
      { soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Contact/GetContactEntity' },
      'of Contact.svc',
    ],
    ['a release that is not read', getMessages().replaceAll('Services88', 'Services83'), {}, 'a request of Services83'],
    [
      'another namespace',
      getMessages().replaceAll('http://www.superoffice.net', 'http://x'),
      {},
      "no request of SuperOffice's",
    ],
    [
      'another version of SOAP',
      getMessages().replace('xmlsoap.org/soap', 'xmlsoap.org/soap2'),
      {},
      'not an Envelope of SOAP 1.1 or 1.2',
    ],
    ['HTML', '<html></html>', {}, 'not SOAP: the root element is <html>'],
    ['JSON', '{}', {}, 'not SOAP: it is no XML'],
    ['half an envelope', getMessages().slice(0, 200), {}, 'ends'],
    ['a number out of range', getMessages().replace('>964<', '>99999999999<'), {}, 'After'],
    [
      'an empty Body',
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
      {},
      'Body is empty',
    ],
  ])('%s', (_, document, beside, message) => {
    expect(thrown(() => translateRequest(document, beside))).toMatchObject({
      kind: 'protocol',
      message: expect.stringContaining(message),
    });
  });
});
