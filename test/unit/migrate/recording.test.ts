/**
 * Recordings of every kind: what is found in them is what was sent.
 */
import { readRecording, translateRecording } from '../../../lib/migrate.js';
import { bytes, escapeXml, getMessages, har, harPost, http, httpReply } from './recordings.js';

const REPLY = getMessages()
  .replaceAll('GetChatMessages', 'GetChatMessagesResponse')
  .replace(/<ChatSessionId>.*<\/After>/, '<Response/>');

/** What is found in a recording, as places and bodies, or problems. */
const found = (recording: string | Uint8Array): unknown[] =>
  [...translateRecording(typeof recording === 'string' ? bytes(recording) : recording)].map((each) =>
    'problem' in each ? each : { place: each.place, body: each.translation.request?.body },
  );

const call = (place: string, chatSessionId = 177, after = 964) => ({
  place,
  body: JSON.stringify({ ChatSessionId: chatSessionId, After: after }),
});

describe('an envelope', () => {
  it.each([
    ['as it is', getMessages()],
    ['with a declaration', `<?xml version="1.0" encoding="utf-8"?>${getMessages()}`],
    ['with a byte order mark', `\ufeff${getMessages()}\n`],
    ['said to be UTF-16 by .NET and saved as UTF-8', `<?xml version="1.0" encoding="utf-16"?>${getMessages()}`],
    ['after a comment', `<!-- <Envelope> -->${getMessages()}`],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([call('line 1')]);
  });

  it('after blank lines, which are counted', () => {
    expect(found(`\r\n\n<?xml version="1.0"?>\n${getMessages()}`)).toEqual([call('line 3')]);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('in %s, with a byte order mark and without', (encoding) => {
    const wide = Buffer.from(getMessages(), 'utf16le');
    const text = encoding === 'utf-16le' ? wide : wide.swap16();
    const mark = Buffer.from(encoding === 'utf-16le' ? [0xff, 0xfe] : [0xfe, 0xff]);
    expect(found(text)).toEqual([call('line 1')]);
    expect(found(Buffer.concat([mark, text]))).toEqual([call('line 1')]);
  });

  it('in the encoding that its declaration names', () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?>${getMessages().replace('<After>', '<x>\u00e6</x><After>')}`;
    expect(found(Buffer.from(text, 'latin1'))).toEqual([call('line 1')]);
  });
});

describe('HTTP messages', () => {
  it.each([
    ['with CRLF', http(getMessages())],
    ['with LF', http(getMessages(), {}, '\n')],
    ['without a length', http(getMessages()).replace(/Content-Length: \d+\r\n/, '')],
    ['with a length that was true before it was edited', http(getMessages(), { 'Content-Length': '99999' })],
    ['with a length that is too short', http(getMessages(), { 'Content-Length': '10' })],
    ['with HTTP/2', http(getMessages()).replace('HTTP/1.1', 'HTTP/2')],
    ['joined though said to be chunked', http(getMessages(), { 'Transfer-Encoding': 'chunked' })],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([call('line 1')]);
  });

  it('in chunks, with extensions and a trailer', () => {
    const body = getMessages();
    const chunked = `${(20).toString(16)};a=b\r\n${body.slice(0, 20)}\r\n${(body.length - 20).toString(16)}\r\n${body.slice(20)}\r\n0\r\nX: y\r\n\r\n`;
    const text = http(chunked, { 'Transfer-Encoding': 'chunked' }).replace(/Content-Length: \d+\r\n/, '');
    expect(found(`${text}${http(getMessages(2))}`)).toEqual([call('line 1'), call('line 14', 2)]);
  });

  it('one after another, with the replies passed over, in any arrangement', () => {
    const text = [http(getMessages(1)), httpReply(REPLY), http(getMessages(2)), httpReply(''), http(getMessages(3))];
    const bodies = [1, 2, 3].map((id) => expect.objectContaining({ body: call('', id).body }));
    expect(found(text.join(''))).toEqual(bodies);
    expect(found(text.join('\r\n\r\n'))).toEqual(bodies);
    expect(found(text.join('\n').replaceAll('\r\n', '\n'))).toEqual(bodies);
  });

  it('with the lines between them that tools draw, and with comments', () => {
    const text = [http(getMessages(1)), httpReply(REPLY), http(getMessages(2), {}, '\n')];
    const bodies = [1, 2].map((id) => expect.objectContaining({ body: call('', id).body }));
    expect(found(text.join(`\r\n\r\n${'-'.repeat(66)}\r\n\r\n`))).toEqual(bodies);
    expect(found(`### first\n# of two\n${text.join('\n\n### next\n\n')}`)).toEqual(bodies);
  });

  it('a line in a text that looks like a request begins none where the length is right', () => {
    const body = getMessages().replace('<After>', '<x>\nPOST /x HTTP/1.1\n\n</x><After>');
    expect(found(http(body))).toEqual([call('line 1')]);
  });

  it('a body that breaks off is told with the length that was announced, and the rest goes on', () => {
    const cut = http(getMessages()).slice(0, -40);
    const length = Buffer.byteLength(getMessages());
    const problem = `its body breaks off: Content-Length is ${length}, and there are ${length - 40} bytes`;
    expect([...readRecording(bytes(cut))]).toEqual([{ place: 'line 1', problem }]);
    const [first, second] = [...readRecording(bytes(`${cut}\r\n${http(getMessages())}`))];
    expect(first).toMatchObject({ problem: expect.stringMatching(/^its body breaks off: /) });
    expect(second).toHaveProperty('document');
  });

  it('what asks for a page only is passed over', () => {
    expect(found(`GET /Chat.svc?wsdl HTTP/1.1\r\nHost: a\r\n\r\n${http(getMessages())}`)).toEqual([call('line 4')]);
  });

  it('say the address, the action and the charset, and nothing else', () => {
    const text = http(getMessages(), { Authorization: 'Basic c2VjcmV0', Cookie: 'secret=1' });
    const [recorded] = [...readRecording(bytes(text))];
    expect(recorded).toEqual({
      place: 'line 1',
      document: expect.anything(),
      charset: 'utf-8',
      url: 'https://sod2.superoffice.example.com/Cust12345/Remote/Services88/Chat.svc',
      soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatMessages',
    });
  });

  it('the charset of the head is that of the document', () => {
    const body = getMessages().replace('<After>', '<x>\u00e6\u00f8</x><After>');
    const head = http('', { 'Content-Type': 'text/xml; charset=iso-8859-1', 'Content-Length': String(body.length) });
    expect(found(Buffer.from(head + body, 'latin1'))).toEqual([call('line 1')]);
  });
});

describe('a HAR file', () => {
  it('of version 1.2 and 1.1, with base64, and with entries that have no body', () => {
    const text = getMessages();
    const recording = har(
      { method: 'GET', url: 'https://crm.example.com/' },
      harPost(text),
      harPost('', {
        postData: { mimeType: 'text/xml', text: Buffer.from(text).toString('base64'), encoding: 'base64' },
      }),
    );
    expect(found(recording)).toEqual([call('entry 2'), call('entry 3')]);
    expect(found(`\ufeff${recording.replace('"1.2"', '"1.1"')}`)).toHaveLength(2);
  });

  it('tells what is no SOAP by its entry, and goes on', () => {
    const recording = har(harPost('{"a":1}'), harPost(getMessages()), { method: 'POST', postData: { text: '<a/>' } });
    expect(found(recording)).toEqual([
      { place: 'entry 1', problem: expect.stringContaining('not SOAP') },
      call('entry 2'),
      { place: 'entry 3', problem: expect.stringContaining('not SOAP') },
    ]);
  });

  it('has addresses without user, password and query', () => {
    const [recorded] = [...readRecording(bytes(har(harPost(getMessages()))))];
    expect(recorded).toMatchObject({ url: 'https://crm.example.com/Remote/Services88/Chat.svc' });
  });

  it('with what is no entry', () => {
    expect(found(JSON.stringify({ log: { entries: [null, 7, { request: 'x' }, {}] } }))).toHaveLength(4);
  });
});

describe('a log', () => {
  const quoted = (text: string): string => JSON.stringify(text);

  it.each([
    ['as it is, on a line', (text: string) => `12:00 sent ${text} in 3 ms`],
    ['over many lines', (text: string) => `sent:\n${text.replaceAll('><', '>\n  <')}\ndone`],
    ['escaped for XML', (text: string) => `<Trace><Data>${escapeXml(text)}</Data></Trace>`],
    ['escaped for XML twice', (text: string) => `<Trace><Data>${escapeXml(escapeXml(text))}</Data></Trace>`],
    ['escaped for XML by numbers', (text: string) => text.replaceAll('<', '&#60;').replaceAll('>', '&#x3E;')],
    ['in CDATA', (text: string) => `<Trace><![CDATA[${text}]]></Trace>`],
    ['in JSON', (text: string) => `{"level":"info","body":${quoted(text)}}`],
    ['in JSON with escaped slashes', (text: string) => `{"body":${quoted(text).replaceAll('/', '\\/')}}`],
    [
      'in JSON of .NET',
      (text: string) =>
        `{"body":${quoted(text).replaceAll('<', '\\u003C').replaceAll('>', '\\u003e').replaceAll('\\"', '\\u0022')}}`,
    ],
    ['in JSON within JSON', (text: string) => `{"line":${quoted(`{"body":${quoted(text)}}`)}}`],
    ['escaped for XML in JSON', (text: string) => `{"body":${quoted(escapeXml(text))}}`],
    [
      'escaped for XML in JSON of .NET',
      (text: string) => `{"body":${quoted(escapeXml(text)).replaceAll('&', '\\u0026')}}`,
    ],
    ['in JSON, escaped for XML', (text: string) => `<Data>${escapeXml(`{"body":${quoted(text)}}`)}</Data>`],
  ])('%s', (_, written) => {
    const log = [1, 2, 3].map((id) => `${written(getMessages(id))}\n${written(REPLY)}\n`).join('between\n');
    expect(found(log)).toEqual([1, 2, 3].map((id) => expect.objectContaining({ body: call('', id).body })));
  });

  it('numbers the lines', () => {
    expect(found(`one\ntwo\n${getMessages(1)}\n\n${getMessages(2)}`)).toEqual([call('line 3', 1), call('line 5', 2)]);
  });

  it('texts arrive with all that escapes were put on', () => {
    const text = 'a "b" \\n <c> & &amp; \\u003c \u2028 😀\n\ttab';
    const envelope = getMessages().replace('<After>', `<x>${escapeXml(text)}</x><After>`);
    for (const written of [
      (each: string) => `{"body":${JSON.stringify(each)}}`,
      (each: string) => `<a>${escapeXml(each)}</a>`,
      (each: string) => `<a>${escapeXml(`{"body":${JSON.stringify(each)}}`)}</a>`,
    ]) {
      const [recorded] = [...readRecording(bytes(`log: ${written(envelope)}`))];
      expect(recorded).toMatchObject({ document: envelope });
    }
  });

  it('in the log of a web server, which escapes bytes', () => {
    const envelope = getMessages().replace('<After>', '<x>\u00e6\u{1f6b2}</x><After>');
    const escaped = [...Buffer.from(envelope)]
      .map((byte) =>
        byte === 0x22 || byte > 0x7e ? `\\x${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte),
      )
      .join('');
    expect([...readRecording(bytes(`body: "${escaped}"`))]).toMatchObject([{ document: envelope }]);
  });

  it('a WCF trace, whose envelopes have addressing headers that must be understood', () => {
    const addressing = 'xmlns="http://schemas.microsoft.com/ws/2005/05/addressing/none"';
    const envelope = getMessages().replace(
      '<s:Body>',
      `<s:Header><To s:mustUnderstand="1" ${addressing}>https://crm.example.com/Chat.svc</To><Action s:mustUnderstand="1" ${addressing}>http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatMessages</Action></s:Header><s:Body>`,
    );
    const trace = `<E2ETraceEvent xmlns="http://schemas.microsoft.com/2004/06/E2ETraceEvent"><ApplicationData><TraceData><DataItem><MessageLogTraceRecord Source="ServiceLevelSendRequest" xmlns="http://schemas.microsoft.com/2004/06/ServiceModel/Management/MessageTrace">${envelope}</MessageLogTraceRecord></DataItem></TraceData></ApplicationData></E2ETraceEvent>`;
    expect(found(trace + trace)).toEqual([call('line 1'), call('line 1')]);
    const [translated] = [...translateRecording(bytes(trace))];
    const notes = translated && 'translation' in translated ? translated.translation.notes : [];
    expect(notes.filter(({ code }) => code === 'must-understand').map(({ path }) => path)).toEqual([
      'Envelope/Header/To',
      'Envelope/Header/Action',
    ]);
  });

  it('an envelope within the text of an envelope is a part of that text', () => {
    const envelope = getMessages(1).replace('<After>', `<x>${escapeXml(getMessages(2))}</x><After>`);
    expect(found(`log\n${envelope}\n${getMessages(3)}`)).toEqual([call('line 2', 1), call('line 3', 3)]);
  });

  it('what does not end is told with its line, and the rest goes on', () => {
    const text = getMessages();
    expect(found(`a\n${text.slice(0, 150)}\n${text}\nb ${text.slice(0, 200)}`)).toEqual([
      { place: 'line 2', problem: expect.stringContaining('does not end') },
      call('line 3'),
      { place: 'line 4', problem: expect.stringContaining('does not end') },
    ]);
  });

  it('a line in an encoding of its own does not spoil the others', () => {
    const log = Buffer.concat([bytes(`${getMessages(1)}\n`), Buffer.from([0xe6, 0xf8, 0x0a]), bytes(getMessages(2))]);
    expect(found(log)).toEqual([call('line 1', 1), call('line 3', 2)]);
  });

  it('with replies alone says so', () => {
    expect(found(`a\n${REPLY}\nb`)).toEqual([{ place: 'line 1', problem: expect.stringContaining('no request') }]);
  });

  it('of many megabytes is read in a time that grows with it', () => {
    // Many beginnings without an end are the worst case.
    const opened = '<s:Envelope xmlns:s="x">'.repeat(40_000);
    const log = Buffer.from(
      `${`${'x'.repeat(200)}\n`.repeat(100_000)}${opened}${'Envelope '.repeat(200_000)}${getMessages()}`,
    );
    const began = performance.now();
    expect([...readRecording(log)].length).toBe(40_001);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

it('two envelopes of which the first is cut off are no document, and the second is read', () => {
  expect(found(`${getMessages(1).slice(0, 150)}\n${getMessages(2)}`)).toEqual([
    { place: 'line 1', problem: 'an envelope that does not end' },
    call('line 2', 2),
  ]);
});

it.each([
  ['white space', ' \n'],
  ['comments', '# \n'],
  ['beginnings of requests', 'POST '],
  ['beginnings of replies', 'HTTP/1.1 200 \r'],
  ['beginnings of tags', '<a:'],
  ['beginnings of comments', '<!--'],
  ['escapes', '&amp;lt;\\\\'],
  ['names', 'Envelope&amp;'],
  ['beginnings of envelopes', '<Envelope a="'],
])('no amount of %s takes long', (_, piece) => {
  const began = performance.now();
  expect(found(piece.repeat(100_000)).length).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});

it.each([
  ['nothing', '', 'there is nothing in it'],
  ['a web page', '<!doctype html><html></html>', 'the root element is <html>'],
  ['XML of another kind', '<?xml version="1.0"?><a:b xmlns:a="c"/>', 'the root element is <b>'],
  ['text', 'hello', 'there is no envelope in it'],
  ['JSON', '{"a":1}', 'there is no envelope in it'],
])('%s is told', (_, text, problem) => {
  expect(found(text)).toEqual([{ place: 'line 1', problem: expect.stringContaining(problem), withoutSoap: true }]);
});

it.each([
  ['a HAR file', har(harPost('')).slice(0, -20), 'it begins as a HAR file and breaks off'],
  ['a HAR file in many lines', '{\r\n  "log": {\r\n    "entries": [ {} ]', 'it begins as a HAR file and breaks off'],
  ['JSON', '[{"a": 1}, {"b', 'it begins as JSON and breaks off'],
])('of %s that breaks off, this is told', (_, text, problem) => {
  expect(found(text)).toEqual([{ place: 'line 1', problem: `there is no envelope in it: ${problem}` }]);
});
