import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Contract } from '../../../lib/wsdl/contract.js';
import { emitContract, type RetryClasses } from '../../../lib/wsdl/emit.js';
import { readContract } from '../../../lib/wsdl/read.js';

const root = join(__dirname, '../../..');

/** The contract in wsdl/, as `npm run generate` reads it. */
const projectContract = (): Contract =>
  readContract([join(root, 'wsdl/Chat.wsdl'), join(root, 'wsdl/SoPrincipal.wsdl')], (location, from) => {
    const source = from === '' ? location : resolve(dirname(from), location);
    return { source, text: readFileSync(source, 'utf8') };
  });

const projectClasses = (): RetryClasses => JSON.parse(readFileSync(join(root, 'wsdl/retry-classes.json'), 'utf8'));

/** The retry classes with those of Chat changed. */
function classesWith(change: (chat: Record<string, string>) => void): RetryClasses {
  const classes = structuredClone(projectClasses()) as Record<string, Record<string, string>>;
  change(classes.Chat ?? {});
  return classes as RetryClasses;
}

test('lib/generated/ is, byte for byte, what wsdl/ says', () => {
  const emitted = emitContract(projectContract(), projectClasses());
  expect([...emitted.keys()].sort()).toEqual(readdirSync(join(root, 'lib/generated')).sort());
  for (const [name, text] of emitted) expect(text).toBe(readFileSync(join(root, 'lib/generated', name), 'utf8'));
});

test('the contract has the services, ports and operations that are published', () => {
  expect(
    projectContract().services.map(({ name, wsdlService, wsdlPort, operations }) => [
      name,
      wsdlService,
      wsdlPort,
      operations.length,
    ]),
  ).toEqual([
    ['Chat', 'WcfChatService', 'BasicHttpBinding_Chat', 31],
    ['SoPrincipal', 'WcfSoPrincipalService', 'BasicHttpBinding_SoPrincipal', 5],
  ]);
});

test('operations without a retry class are named', () => {
  const classes = classesWith((chat) => {
    delete chat.GetChatMessages;
    delete chat.AddChatMessage;
  });
  expect(() => emitContract(projectContract(), classes)).toThrow(
    'no retry class is given for Chat: GetChatMessages, AddChatMessage',
  );
});

test('a service without retry classes is named', () => {
  const { Chat = {} } = projectClasses();
  expect(() => emitContract(projectContract(), { Chat })).toThrow(
    'no retry class is given for SoPrincipal: GetSystemInfo',
  );
});

test('retry classes for what a service does not have are named', () => {
  const classes = classesWith((chat) => {
    chat.GetChatMessage = 'read';
  });
  expect(() => emitContract(projectContract(), classes)).toThrow(
    'a retry class is given for what Chat does not have: GetChatMessage',
  );
});
