/**
 * Replies whose documents are wrong: each layer once or a few times, since what matters here is the client around it.
 */
import { type Case, testEach } from './cases.js';
import { type Answer, fin } from './raw-server.js';
import { fault, good, goodEnvelope, refusal, response, XML } from './replies.js';

/** The good reply, with something done to its document. */
const changed =
  (change: (envelope: string) => string | Buffer, headers = XML): Answer =>
  (request) => [response(change(goodEnvelope(request)), headers)];

const protocol = (code: string) => ({ kind: 'protocol', code });

const charset = (name: string) => ({ 'Content-Type': `text/xml; charset=${name}` });

describe('when the encoding of a document is not right', () => {
  testEach([
    {
      title: 'since it is Latin-1 under the name of UTF-8',
      calls: [changed((text) => Buffer.from(text.replace('hello', 'å'), 'latin1'))],
      ends: protocol('encoding'),
    },
    {
      title: 'since it has overlong forms',
      calls: [changed((text) => Buffer.from(text.replace('hello', '\u00c0\u00af'), 'latin1'))],
      ends: protocol('encoding'),
    },
    {
      title: 'since nobody knows it',
      calls: [changed((text) => text, charset('x-klingon'))],
      ends: protocol('encoding'),
    },
    {
      title: 'but fits its name, it is read',
      calls: [changed((text) => Buffer.from(text, 'utf16le'), charset('utf-16le'))],
      ends: 'well',
    },
  ]);
});

/** Something before the first member of the message. */
const inMessage = (more: string) => changed((text) => text.replace(/<(?:\w+:)?ChatMessageId>/, `${more}$&`));

describe('when a document is not what may come', () => {
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
  const deep = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
  testEach([
    { title: 'since it is not well-formed', calls: [inMessage('<a></b>')], ends: protocol('xml-syntax') },
    { title: 'since it goes on after its end', calls: [changed((text) => `${text}x`)], ends: protocol('xml-syntax') },
    { title: 'since it has a DOCTYPE', calls: [changed((text) => laughs + text)], ends: protocol('xml-forbidden') },
    {
      title: 'since it asks for another document',
      calls: (host) => [changed((text) => `<!DOCTYPE x SYSTEM "http://${host}/x.dtd">${text}`)],
      ends: protocol('xml-forbidden'),
    },
    { title: 'since it is too deep', calls: [inMessage(deep)], ends: protocol('xml-limit') },
    { title: 'since it is no envelope', calls: [changed(() => '<feed/>')], ends: { kind: 'protocol' } },
    {
      title: 'since its envelope is of no version',
      calls: [changed((text) => text.replace('http://schemas.xmlsoap.org/soap/envelope/', 'urn:nope'))],
      ends: { kind: 'protocol' },
    },
    {
      title: 'since it is the reply to something else',
      calls: [changed((text) => text.replaceAll('MessagesResponse', 'X').replaceAll('MessageResponse', 'X'))],
      ends: { kind: 'protocol' },
    },
    {
      title: 'since a value is none of its type',
      calls: [changed((text) => text.replace(/(<(?:\w+:)?ChatMessageId>)1/, '$1one'))],
      ends: protocol('schema'),
    },
  ]);
});

describe('when names in a document mean something in JavaScript', () => {
  testEach(
    ['__proto__', 'constructor', 'toString', 'polluted'].map(
      (name): Case => ({
        title: `as ${name}`,
        calls: [inMessage(`<${name}>true</${name}>`)],
        ends: 'well',
      }),
    ),
  );
});

describe('when the service refuses', () => {
  const refused = (code: string) => ({ kind: 'fault', code, outcome: 'refused' });
  const failed = { kind: 'fault', code: 'soap-fault', outcome: 'unknown' };
  testEach([
    {
      title: 'by a Fault of the client',
      calls: [fault('Client', 'bad request')],
      ends: { ...refused('soap-fault'), faultCode: 'Client', reason: 'bad request' },
    },
    {
      title: 'by a Fault of its own, which is no reason to try again',
      calls: [fault('Server')],
      ends: failed,
    },
    { title: 'by a Fault, and ends the connection', calls: [[...fault('Server'), fin]], ends: failed },
    { title: 'by a Fault of no code that SOAP knows', calls: [fault('InternalServiceFault')], ends: failed },
    {
      title: 'by a Fault that finds a header block not understood',
      calls: [fault('MustUnderstand')],
      ends: refused('soap-fault'),
    },
    { title: 'in the header', calls: [refusal({ message: 'no' })], ends: { ...refused('service'), reason: 'no' } },
    {
      title: 'by Succeeded alone',
      calls: [(request) => [response(goodEnvelope(request, { succeeded: false }))]],
      ends: refused('service'),
    },
    {
      title: 'under a status after which others are tried again',
      calls: [(request) => [response(goodEnvelope(request, { exceptionInfo: { message: 'no' } }), XML, 503)]],
      ends: refused('service'),
    },
  ]);
});

describe('when the server has too much to do, and says so by a Fault', () => {
  testEach(
    ['429 Too Many Requests', '502 Bad Gateway', '503 Service Unavailable', '504 Gateway Timeout'].flatMap(
      (status): Case[] => {
        const busy = fault('Server', 'come back later', status);
        return [
          {
            title: `under ${status}, a read is tried again`,
            calls: [busy, good],
            ends: 'well',
            writeEnds: { kind: 'transport', code: 'http-status', status: Number.parseInt(status, 10) },
            reads: 2,
          },
          {
            title: `under ${status} to all attempts, the status is told, and what the Fault says`,
            calls: [busy],
            ends: {
              code: 'http-status',
              message: expect.stringContaining('come back later'),
              cause: { faultCode: 'Server' },
            },
            reads: 2,
          },
        ];
      },
    ),
  );
});
