/**
 * Whatever a recording is, it is translated or its problem is told, in one line.
 */
import fc from 'fast-check';
import { asCurl, asHttp, asJson, asTypeScript, asWebApi, translateRecording } from '../../../lib/migrate.js';
import { bytes, escapeXml, getMessages, har, harPost, http, httpReply } from './recordings.js';

const runs = Number(process.env.PROPERTY_RUNS ?? 300);

const seeds: readonly Buffer[] = [
  getMessages(),
  `<?xml version="1.0" encoding="iso-8859-1"?>${getMessages()}`,
  http(getMessages()) + httpReply('<a/>') + http(getMessages(2), { 'Transfer-Encoding': 'chunked' }),
  har(harPost(getMessages()), harPost('x', { headers: null })),
  `log ${getMessages()}\n${JSON.stringify({ a: getMessages() })}\n${escapeXml(getMessages())}`,
].map((text) => Buffer.from(bytes(text)));

const wide = Buffer.from(`\ufeff${getMessages()}`, 'utf16le');

/** Throws for whatever is not as it should be. */
function take(recording: Uint8Array): void {
  for (const found of translateRecording(recording)) {
    expect(found.place).toMatch(/^(?:line|entry) \d+$/);
    if ('problem' in found) {
      expect(found.problem).toMatch(/^[^\p{Cc}\u2028\u2029]+$/u);
      continue;
    }
    for (const render of [asHttp, asCurl, asTypeScript, asWebApi, asJson]) {
      expect(render(found.translation, { from: found.place })).toMatch(/\n$/);
    }
  }
}

it('any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (recording) => take(recording)),
    { numRuns: runs },
  );
});

it('any text, with pieces that mean something in it', () => {
  const pieces = [
    '<s:Envelope ',
    '</s:Envelope>',
    '&lt;Envelope>',
    '\\u003cEnvelope ',
    'POST / HTTP/1.1\r\n',
    'HTTP/1.1 200\n',
  ];
  const more = [
    'Content-Length: 5\r\n',
    'Transfer-Encoding: chunked\n',
    '\r\n\r\n',
    '{"log":',
    '"',
    '<?xml ',
    '=\\"',
    '\ufeff',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces, ...more), fc.string({ unit: 'binary' })), { maxLength: 40 }),
      (parts) => take(Buffer.from(parts.join(''))),
    ),
    { numRuns: runs },
  );
});

it('recordings that are cut off, and those with wrong bytes in them', () => {
  const from = fc.constantFrom(...seeds, wide);
  fc.assert(
    fc.property(from, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), (seed, cut, wrong) => {
      const recording = Buffer.from(seed.subarray(0, cut % (seed.length + 1)));
      if (recording.length === 0) return take(recording);
      for (const [at, byte] of wrong) recording[at % recording.length] = byte;
      return take(recording);
    }),
    { numRuns: runs * 3 },
  );
});
