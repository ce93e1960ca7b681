import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseXml } from '../../../lib/codec/xml.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';
import type { Contract } from '../../../lib/wsdl/contract.js';
import { emitContract } from '../../../lib/wsdl/emit.js';
import { readContract } from '../../../lib/wsdl/read.js';
import { writeWsdl } from '../../../lib/wsdl/write.js';

const root = join(__dirname, '../../..');
const ADDRESS = 'https://crm.example.com/Remote/Services88/Chat.svc?a=1&b=2';

/** The contract of documents that are given as text, each a file of its own. */
const contractOf = (...texts: string[]): Contract =>
  readContract(
    texts.map((_, index) => `${index}.wsdl`),
    (location) => ({ source: location, text: texts[Number.parseInt(location, 10)] ?? '' }),
  );

/** Generated code without what a WSDL does not carry over: comments. */
const withoutComments = (text: string): string =>
  text.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '').replace(/\n{2,}/g, '\n');

const generated = (name: string): string => readFileSync(join(root, 'lib/generated', name), 'utf8');

test('the WSDL of both services, read back and emitted, gives lib/generated/ again', () => {
  const contract = contractOf(writeWsdl(Chat, ADDRESS), writeWsdl(SoPrincipal, 'https://crm.example.com/'));
  const classes = JSON.parse(readFileSync(join(root, 'wsdl/retry-classes.json'), 'utf8'));
  const emitted = emitContract(contract, classes);
  expect([...emitted.keys()].sort()).toEqual(['chat.ts', 'schemas.ts', 'so-principal.ts', 'types.ts']);
  for (const [name, text] of emitted) expect(withoutComments(text)).toBe(withoutComments(generated(name)));
});

test('the WSDL of Chat alone has what Chat needs and no more', () => {
  const contract = contractOf(writeWsdl(Chat, ADDRESS));
  const names = contract.types.map(({ name }) => name);
  expect(names).toContain('{http://www.superoffice.net/ws/crm/NetServer/Services88}ChatMessage');
  expect(names).toContain('{http://schemas.microsoft.com/2003/10/Serialization/Arrays}ArrayOfint');
  expect(names.filter((name) => /Principal|DSAParameters|License/.test(name))).toEqual([]);
  expect(contract.services).toHaveLength(1);
});

test('the address, the service and the port stand in it', () => {
  const [service] = contractOf(writeWsdl(Chat, ADDRESS)).services;
  expect(service).toMatchObject({
    name: 'Chat',
    namespace: 'http://www.superoffice.net/ws/crm/NetServer/Services88',
    wsdlService: 'WcfChatService',
    wsdlPort: 'BasicHttpBinding_Chat',
    address: ADDRESS,
  });
});

test('it is a well-formed document of WSDL 1.1', () => {
  const definitions = parseXml(writeWsdl(SoPrincipal, 'https://crm.example.com/"<>'));
  expect(definitions).toMatchObject({ name: 'definitions', namespace: 'http://schemas.xmlsoap.org/wsdl/' });
  expect(writeWsdl(SoPrincipal, 'https://crm.example.com/"<>')).toContain('https://crm.example.com/&quot;&lt;');
});

test('a service without operations has no WSDL', () => {
  expect(() => writeWsdl({}, ADDRESS)).toThrow('a WSDL needs an operation');
});
