/**
 * Secrets of a recording are in nothing that is made of it, unless they are asked for.
 */
import { inspect } from 'node:util';
import { Chat, encodeRequest, type Operation, type RequestHeader, SoPrincipal } from '../../../lib/index.js';
import {
  asCurl,
  asHttp,
  asJson,
  asTypeScript,
  asWebApi,
  fillPlaceholders,
  type TranslateOptions,
  translateRecording,
  translateRequest,
} from '../../../lib/migrate.js';
import { bytes, escapeXml, getMessages, har, harPost, http, httpReply } from './recordings.js';

const forms = { asHttp, asCurl, asTypeScript, asWebApi, asJson };

/** All that is made of a recording, in every form, and what is said of what cannot be translated. */
const outputs = (recording: string, options: TranslateOptions = {}): string =>
  [...translateRecording(bytes(recording), options)]
    .flatMap((found) =>
      'problem' in found
        ? [found.place, found.problem]
        : [
            ...Object.values(forms).map((render) => render(found.translation, { from: found.place })),
            JSON.stringify({ ...found.translation, operation: null }),
            inspect({ ...found.translation, operation: null }, { depth: 9 }),
          ],
    )
    .join('\n');

const header: RequestHeader = {
  applicationToken: 'canary-application-token',
  credentials: { ticket: '7T:canary-ticket/+=' },
};

const calls: readonly (readonly [Operation, unknown, RequestHeader?])[] = [
  [Chat.getChatMessages, { chatSessionId: 1, after: 2 }, header],
  [Chat.getChatPresence, {}, { credentials: { ticket: '8A:canary-access-token' } }],
  [Chat.saveChatSessionEntity, { chatSessionEntity: { sessionKey: 'canary-key', customerName: 'Kari' } }, header],
  [SoPrincipal.authenticateUsernamePassword, { userName: 'anna', password: 'canary-password' }],
  [SoPrincipal.authenticateUsernamePassword, { userName: '7T:canary-ticket', password: '' }],
  [SoPrincipal.authenticateGeneric, { authenticationData: { name: 'canary-data' } }],
  [SoPrincipal.authenticateWithAccessToken, { accessToken: 'canary-token' }],
  [SoPrincipal.getSystemInfo, {}, { applicationToken: 'canary-application-token' }],
];

const envelopes = calls.map(([operation, input, parts]) =>
  encodeRequest(operation, input as never, { header: parts ?? {} }),
);

const hidden = getMessages().replace(
  '<s:Body>',
  '<!-- canary --><s:Header><w:Security xmlns:w="urn:w" id="canary"><w:Password>canary</w:Password></w:Security></s:Header><s:Body>',
);

const headers = {
  Authorization: `Basic ${Buffer.from('anna:canary').toString('base64')}`,
  Cookie: 'session=canary',
  'X-Api-Key': 'canary',
  'Proxy-Authorization': 'Bearer canary',
};

const reply = '<a>7T:canary canary</a>';

const recordings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(calls.map(([{ name }], index) => [`${index} ${name}`, envelopes[index] ?? ''])),
  'blocks, attributes and comments': hidden,
  'elements that are not known': getMessages().replace('<After>', '<Password>canary</Password><After>'),
  'HTTP messages': envelopes
    .map((text) => http(text, headers).replace('Chat.svc ', 'Chat.svc?token=canary ') + httpReply(reply))
    .join('\n'),
  'a HAR file': har(
    ...envelopes.map((text) =>
      harPost(text, {
        headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
        cookies: [{ name: 'session', value: 'canary' }],
        queryString: [{ name: 'token', value: 'canary' }],
      }),
    ),
  ),
  'a log': envelopes
    .map((text) => `password=canary\n${JSON.stringify({ text, ticket: '7T:canary-ticket' })}\n`)
    .join(''),
  'a trace': envelopes.map((text) => `<a ticket="canary">${escapeXml(text)}</a>`).join('canary'),
  'requests that are cut off': envelopes.map((text) => http(text.slice(0, text.indexOf('canary') + 12))).join('\n'),
  'envelopes that are cut off in a log': envelopes
    .map((text) => `${text.slice(0, text.indexOf('canary') + 12)}\n`)
    .join(''),
  'secrets that are no XML': [
    getMessages(1, 2, header).replace('canary-ticket', '&canary;'),
    getMessages(1, 2, header).replace('canary-ticket', 'a<canary'),
    getMessages(1, 2, header).replace('canary-ticket', '&#xcanary'),
  ]
    .map((text) => http(text))
    .join('\n'),
  'tickets in the place of numbers': http(getMessages().replace('>177<', '>7T:canary-ticket<')),
};

it.each(Object.entries(recordings))('%s', (_, recording) => {
  for (const style of ['agent', 'entity'] as const) {
    const text = outputs(recording, { style });
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toMatch(/canary/i);
    expect(text).not.toContain(Buffer.from('anna:canary').toString('base64'));
  }
});

it('variables stand in their places, in the form that each language has', () => {
  const [first = '', , third = ''] = envelopes;
  const [found] = [...translateRecording(bytes(third))];
  if (!found || 'problem' in found) throw new Error('it is translated');
  expect(asHttp(found.translation)).toContain('Authorization: SOTicket $SUPEROFFICE_TICKET\n');
  expect(asHttp(found.translation)).toContain('"SessionKey": "$SUPEROFFICE_SESSION_KEY"');
  expect(asCurl(found.translation)).toContain(`--header 'Authorization: SOTicket '"$SUPEROFFICE_TICKET"`);
  expect(asCurl(found.translation)).toContain(`"SessionKey":"'"$SUPEROFFICE_SESSION_KEY"'"`);
  expect(asTypeScript(found.translation)).toContain("ticket: process.env.SUPEROFFICE_TICKET ?? ''");
  expect(asWebApi(found.translation)).toContain("'SOTicket ' + (process.env.SUPEROFFICE_TICKET ?? '')");
  expect(outputs(first)).toContain('$SUPEROFFICE_APPLICATION_TOKEN');
});

it('an address is taken without user, password, query and fragment', () => {
  const url = 'https://anna:canary@crm.example.com/Remote/Services88/Chat.svc?token=canary#canary';
  const translation = translateRequest(getMessages(), { url, keepSecrets: true });
  expect(JSON.stringify(translation.notes)).toContain('It may be https://crm.example.com/api. ');
  const told = Object.values(forms).map((render) => render(translation));
  expect([...told, JSON.stringify(translation.notes)].join('\n')).not.toContain('canary');
  const baseUrl = 'https://anna:canary@crm.example.com/api';
  expect(() => translateRequest(getMessages(), { baseUrl })).toThrow(
    'baseUrl: an address with a user name or password, which have no place in it',
  );
});

it('a translation can be logged, inspected and written as JSON', () => {
  const document = encodeRequest(
    Chat.saveChatSessionEntity,
    { chatSessionEntity: { sessionKey: 'canary-key', customerName: 'Kari' } },
    { header },
  );
  const translation = translateRequest(document);
  const written = JSON.parse(JSON.stringify([translation]))[0];
  expect(written).toEqual({
    ...JSON.parse(JSON.stringify({ ...translation, operation: null })),
    operation: 'Chat.SaveChatSessionEntity',
  });
  expect(fillPlaceholders(written.header.credentials.ticket, (name) => name)).toBe('SUPEROFFICE_TICKET');
  const shown = inspect([translation], { depth: 9 });
  expect(shown).toContain("operation: 'Chat.SaveChatSessionEntity'");
  expect(shown).toContain("ticket: '$SUPEROFFICE_TICKET'");
  expect(shown + JSON.stringify(written)).not.toContain('canary');
  expect(asHttp({ ...translation })).toBe(asHttp(translation));
});

it('who sends a request puts the values in', () => {
  const { request } = translateRequest(getMessages(1, 2, header));
  const { authorization = '' } = request?.headers ?? {};
  expect(fillPlaceholders(authorization, (name) => `value of ${name}`)).toBe('SOTicket value of SUPEROFFICE_TICKET');
});

it('they are kept for those who ask for them', () => {
  const text = outputs(recordings['HTTP messages'] ?? '', { keepSecrets: true });
  for (const [, input, parts] of calls) {
    const told = JSON.stringify([input, parts]).match(/canary[\w/+=-]*/g) ?? [];
    for (const secret of told) expect(text).toContain(secret);
  }
  // Those that no request of REST has a place for are not.
  expect(text).not.toContain('session=canary');
});

it('what a customer wrote stays, also where it looks like a variable or a secret', () => {
  const message = { type: 'ToUser', message: '$SUPEROFFICE_TICKET 7T:what-a-customer-wrote', author: 'Kari' };
  const text = encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message });
  const [found] = [...translateRecording(bytes(text))];
  if (!found || 'problem' in found) throw new Error('it is translated');
  expect(asCurl(found.translation)).toContain(
    `'{"ChatSessionId":1,"Message":{"Type":"ToUser","Message":"$SUPEROFFICE_TICKET 7T:what`,
  );
  expect(asTypeScript(found.translation)).toContain("'$SUPEROFFICE_TICKET 7T:what-a-customer-wrote'");
});
