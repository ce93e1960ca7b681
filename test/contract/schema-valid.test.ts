/**
 * What is written is valid by the contract's own schemas, as xmllint (of libxml2) sees it: requests and replies of all
 * operations, with generated values. Where xmllint is not installed these tests are skipped; in CI it must be there.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { Chat, encodeReply, encodeRequest, type Operation, type Operations, SoPrincipal } from '../../lib/codec.js';
import { exceptionInfos, inputOf, outputOf, replyHeaderOf, requestHeaderOf } from '../property/contract-values.js';
import { numberFrom } from '../property/effort.js';

const installed = spawnSync('xmllint', ['--version']).error === undefined;
if (!installed) console.warn('xmllint is not installed (Debian: libxml2-utils); the schemas are not checked');
const testWithXmllint = installed || process.env.CI ? test : test.skip;

const wsdl = resolve(__dirname, '../../wsdl');
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** How many messages there are of each kind. */
const MESSAGES = numberFrom('PROPERTY_RUNS', 40);
const SEED = numberFrom('PROPERTY_SEED', 88);

const services: readonly (readonly [string, Operations])[] = [
  ['Chat', Chat],
  ['SoPrincipal', SoPrincipal],
];

/** A list of envelopes, in whose Header and Body there is nothing that the contract does not declare. */
const envelopes = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="${SOAP}" targetNamespace="${SOAP}"
    elementFormDefault="qualified">
  <xs:import namespace="http://www.superoffice.net/ws/crm/NetServer/Services88" schemaLocation="service.xsd"/>
  <xs:element name="all"><xs:complexType><xs:sequence>
    <xs:element name="Envelope" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="Header" type="s:parts" minOccurs="0"/>
      <xs:element name="Body" type="s:parts"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="parts"><xs:sequence>
    <xs:any namespace="##other" processContents="strict" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
</xs:schema>`;

/** The schema in the service's WSDL, made a document of its own. */
function schemaOf(service: string): string {
  const [schema = ''] = /<xs:schema .*?<\/xs:schema>/s.exec(readFileSync(join(wsdl, `${service}.wsdl`), 'utf8')) ?? [];
  return schema
    .replace('<xs:schema', '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"')
    .replace(/schemaLocation="/g, `schemaLocation="${pathToFileURL(wsdl).href}/`);
}

/** What xmllint finds wrong with the documents; `''` if they are valid. */
function faultsIn(service: string, documents: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'services88-'));
  try {
    writeFileSync(join(folder, 'service.xsd'), schemaOf(service));
    writeFileSync(join(folder, 'envelopes.xsd'), envelopes);
    writeFileSync(join(folder, 'all.xml'), `<all xmlns="${SOAP}">${documents.join('\n')}</all>`);
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 } as const;
    const run = spawnSync('xmllint', ['--nonet', '--huge', '--noout', '--schema', 'envelopes.xsd', 'all.xml'], options);
    if (run.error) throw run.error;
    return run.status === 0 ? '' : run.stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const some = <Value>(values: fc.Arbitrary<Value>): Value[] => fc.sample(values, { numRuns: MESSAGES, seed: SEED });

const requestsOf = (operation: Operation): string[] =>
  some(fc.tuple(inputOf(operation), requestHeaderOf(operation))).map(([input, header]) =>
    encodeRequest(operation, input, { header }),
  );

/** Replies have names of the contract only: others are passed on, but no schema knows them. */
const repliesOf = (operation: Operation): string[] =>
  some(fc.tuple(outputOf(operation, 'known'), replyHeaderOf(operation, 'known'))).map(([output, header]) =>
    encodeReply(operation, output, { header }),
  );

describe.each(services)('as xmllint sees it, by the schemas of %s,', (service, operations) => {
  testWithXmllint('every request is valid', () => {
    expect(faultsIn(service, Object.values(operations).flatMap(requestsOf))).toBe('');
  });

  testWithXmllint('every reply is valid', () => {
    expect(faultsIn(service, Object.values(operations).flatMap(repliesOf))).toBe('');
  });
});

testWithXmllint('an ExceptionInfo is valid', () => {
  const replies = some(exceptionInfos()).map((info) =>
    encodeReply(Chat.resetChatSession, null, { header: { exceptionInfo: info } }),
  );
  expect(faultsIn('Chat', replies)).toBe('');
});

describe('xmllint finds', () => {
  const request = encodeRequest(
    Chat.addChatMessage,
    { chatSessionId: 1, message: { chatMessageId: 2, type: 'ToCustomer', message: 'x' } },
    { header: { timeZone: { soTimeZoneId: 1 } } },
  );

  testWithXmllint('nothing in a good request', () => {
    expect(faultsIn('Chat', [request])).toBe('');
  });

  testWithXmllint.each([
    ['members out of order', /(<Type>.*<\/Type>)(<Message>.*?<\/Message>)/, '$2$1', 'Type'],
    ['parameters out of order', /(<ChatSessionId>1.*?>)(<Message>.*<\/Message>)(?=<\/Add)/, '$2$1', 'ChatSessionId'],
    ['a member that there is not', /<Type>/, '<Kind/><Type>', 'Kind'],
    ['an unknown name', /ToCustomer/, 'ToNobody', 'ToNobody'],
    ['a header block of another name', /TimeZone>/g, 'Zone>', 'Zone'],
    ['a member of a header block that there is not', /SoTimeZoneId>/g, 'Id>', 'Id'],
    [
      'nil where nothing may be nil',
      /<Type>ToCustomer</,
      '<Type xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"><',
      'nil',
    ],
    ['a value of another type', />2</, '>two<', 'two'],
  ])('%s', (_what, found, replacement, words) => {
    const changed = request.replace(found, replacement);
    expect(changed).not.toBe(request);
    expect(faultsIn('Chat', [changed])).toContain(words);
  });
});
