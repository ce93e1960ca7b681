import { chmodSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type Inventory, type InventoryOptions, takeInventory } from '../../../../lib/migrate.js';
import { actionOf, iisLog, type Logged, namespace, withTree } from './trees.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The inventory of these files, with paths below their folder. */
async function inventoryOf(files: Files, options?: InventoryOptions): Promise<Inventory> {
  let inventory: Inventory | undefined;
  await withTree(files, async (folder) => {
    inventory = below(folder, await takeInventory([folder], options));
  });
  if (!inventory) throw new Error('there is none');
  return inventory;
}

const below = (folder: string, inventory: Inventory): Inventory =>
  JSON.parse(JSON.stringify(inventory).replaceAll(`${folder}/`, ''));

const placesOf = ({ findings }: Inventory): string[] =>
  findings.map(({ file, line, kind, operation }) => `${file}:${line} ${kind} ${operation ?? '-'}`);

describe('files', () => {
  const text = `first\r\nconst action = ${actionOf('GetChatMessages')};\r\n`;
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');

  it('are read in any encoding that they tell, packed or not, in the order of their names', async () => {
    const files = {
      'b.cs': `\ufeff${text}`,
      'a/utf16.vb': utf16,
      'a/utf16be.ps1': Buffer.from(utf16).swap16(),
      'c.php.gz': gzipSync(text),
      'd.txt': Buffer.from(`${text}\u00e5`, 'latin1'),
    };
    expect(placesOf(await inventoryOf(files))).toEqual(
      ['a/utf16.vb', 'a/utf16be.ps1', 'b.cs', 'c.php.gz', 'd.txt'].map((file) => `${file}:2 action GetChatMessages`),
    );
  });

  it('that are binary, of version control or of package managers are not looked at, and that is told', async () => {
    const files = {
      'node_modules/x/a.js': text,
      '.git/config': text,
      'net/a.csproj': '',
      'net/bin/a.config': text,
      'scripts/bin/a.php': text,
      'a.dll': `MZ\0${text}`,
    };
    const inventory = await inventoryOf(files);
    expect(placesOf(inventory)).toEqual(['scripts/bin/a.php:2 action GetChatMessages']);
    expect(inventory.skipped).toEqual({ binary: ['a.dll'], folders: ['.git', 'net/bin', 'node_modules'], links: [] });
    const all = await inventoryOf(files, { all: true });
    expect(all.findings).toHaveLength(4);
    expect(all.skipped.folders).toEqual([]);
  });

  it('that are named twice are read once, and folders that are skipped are read where they are named', () =>
    withTree({ 'a/x.js': text, 'node_modules/y.js': text }, async (folder) => {
      const paths = [folder, join(folder, 'node_modules'), join(folder, 'a/x.js'), `${folder}/a/../a`];
      const inventory = below(folder, await takeInventory(paths));
      expect([...placesOf(inventory)].sort()).toEqual([
        'a/x.js:2 action GetChatMessages',
        'node_modules/y.js:2 action GetChatMessages',
      ]);
    }));

  it('outside of the tree are not reached by links, but by name', () =>
    withTree({ 'tree/a.js': text, 'outside/b.js': text }, async (folder) => {
      symlinkSync(join(folder, 'outside'), join(folder, 'tree/out'));
      symlinkSync(join(folder, 'tree'), join(folder, 'tree/again'));
      symlinkSync('nowhere', join(folder, 'tree/broken'));
      const inventory = below(folder, await takeInventory([join(folder, 'tree')]));
      expect(placesOf(inventory)).toEqual(['tree/a.js:2 action GetChatMessages']);
      expect(inventory.skipped.links).toEqual(['tree/out']);
      const named = below(folder, await takeInventory([join(folder, 'tree/out')]));
      expect(placesOf(named)).toEqual(['tree/out/b.js:2 action GetChatMessages']);
    }));

  it('that cannot be read to their end are told, with what was found before', async () => {
    const packed = gzipSync(text.repeat(10_000));
    const inventory = await inventoryOf({
      'a.gz': packed.subarray(0, packed.length - 20),
      'b.gz': Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(20, 0xff)]),
      'c.js': text,
    });
    expect(inventory.unreadable).toEqual([
      { path: 'a.gz', reason: 'the gzip data ends too early' },
      { path: 'b.gz', reason: 'the gzip data is damaged' },
    ]);
    expect(inventory.findings.filter(({ file }) => file === 'a.gz').length).toBeGreaterThan(100);
    expect(inventory.operations).toMatchObject([{ operation: 'GetChatMessages', files: 2 }]);
    expect(inventory.complete).toBe(true);
  });

  it('that are not there, or not for everybody, do not stop the rest', () =>
    withTree({ 'a.js': text, 'b.js': text }, async (folder) => {
      chmodSync(join(folder, 'a.js'), 0);
      const { unreadable, findings } = below(folder, await takeInventory([join(folder, 'nowhere'), folder]));
      const denied = { path: 'a.js', reason: 'permission denied (EACCES)' };
      const isRoot = process.getuid?.() === 0;
      expect(unreadable).toEqual([
        { path: 'nowhere', reason: 'there is no such file or folder (ENOENT)' },
        ...(isRoot ? [] : [denied]),
      ]);
      expect(findings).toHaveLength(isRoot ? 2 : 1);
    }));
});

describe('what is found', () => {
  it('is told by operation, with what each becomes in REST', async () => {
    const { operations, filesWithoutService } = await inventoryOf({
      'a.php': `${namespace} <GetChatMessages/> ->GetChatMessages(`,
      'b.php': `${actionOf('AuthenticateUsernamePassword', 'SoPrincipal')} ${actionOf('Nonsense')}`,
      'c.php': '/Remote/Services84/Contact.svc /Remote/Services88/Chat.svc',
      'd.xml': namespace,
      'e.py': 'def GetChatPresence(self): pass',
      'access.log': iisLog([{ operation: 'GetChatMessages', status: 500 }, { service: 'Contact' }]),
    });
    const nothing = { contracts: 0, possible: 0, restAlready: 0, calls: 0, failures: 0, callers: 0, first: null };
    const rest = { agent: null, entity: [] };
    expect(operations).toMatchObject([
      {
        service: 'Chat',
        operation: 'GetChatMessages',
        releases: ['88'],
        ...{ files: 1, calls: 1, failures: 1, callers: 1 },
        ...{ statuses: { 500: 1 }, first: '2026-03-01T09:00:00Z', last: '2026-03-01T09:00:00Z' },
        rest: {
          agent: 'POST v1/Agents/Chat/GetChatMessages',
          entity: ['GET v1/ChatSession/{chatSessionId}/Messages?after='],
          note: null,
        },
      },
      { operation: 'GetChatPresence', ...nothing, files: 0, possible: 1 },
      { operation: 'Nonsense', ...nothing, files: 1, rest: { ...rest, note: 'unknown operation' } },
      { service: 'Chat', operation: null, ...nothing, files: 1, rest: { ...rest, note: 'the operation is not known' } },
      {
        service: 'SoPrincipal',
        operation: 'AuthenticateUsernamePassword',
        files: 1,
        rest: { ...rest, note: expect.stringMatching(/^no call: credentials go with each request/) },
      },
      {
        service: 'Contact',
        operation: null,
        releases: ['84', '88'],
        ...{ files: 1, calls: 1 },
        rest: { ...rest, note: expect.stringMatching(/^not covered by this package; Agents\/Contact/) },
      },
    ]);
    expect(operations).toHaveLength(6);
    expect(filesWithoutService).toBe(1);
  });

  it('callers are told by user agent, and by name only where that is asked for', async () => {
    const log = iisLog([
      { operation: 'GetChatMessages', userAgent: 'poller', address: '192.0.2.1', user: 'anna', minute: 5 },
      { operation: 'GetChatMessages', userAgent: 'poller', address: '192.0.2.2', user: 'anna', minute: 2 },
      { service: 'Contact', userAgent: 'poller', address: '192.0.2.2', user: 'anna', status: 404 },
      { operation: 'AddChatMessage', userAgent: '7T:MDdmMWVkZDE0ZmIzOTI=', user: 'joerg' },
    ]);
    const poller = {
      userAgent: 'poller',
      calls: 3,
      failures: 1,
      statuses: { 200: 2, 404: 1 },
      first: '2026-03-01T09:00:00Z',
      last: '2026-03-01T09:05:00Z',
      addresses: 2,
      users: 1,
      operations: [
        { service: 'Chat', release: '88', operation: 'GetChatMessages', calls: 2 },
        { service: 'Contact', release: '88', operation: null, calls: 1 },
      ],
    };
    const { callers, ...rest } = await inventoryOf({ 'a.log': log });
    expect(callers).toEqual([poller, expect.objectContaining({ userAgent: '***', calls: 1 })]);
    expect(JSON.stringify({ callers, rest })).not.toMatch(/anna|joerg|192\.0/);
    const named = await inventoryOf({ 'a.log': log }, { callers: true });
    expect(named.callers[0]).toEqual({
      ...poller,
      names: { addresses: { '192.0.2.1': 1, '192.0.2.2': 2 }, users: { anna: 3 } },
    });
  });

  it('secrets in what callers say of themselves are not told, and addresses of mail are left as they are', async () => {
    const { callers } = await inventoryOf(
      {
        'a.log': iisLog([
          { userAgent: 'bot+(a@example.com;+https://anna:canary@example.com/)', user: '7T:MDdmMWVkZDE0ZmIzOTI=' },
          { userAgent: 'bot+(a@example.com;+https://anna:canary@example.com/)', user: 'anna@example.com' },
        ]),
      },
      { callers: true },
    );
    expect(callers).toMatchObject([
      {
        userAgent: 'bot (a@example.com; https://***@example.com/)',
        names: { users: { '***': 1, 'anna@example.com': 1 } },
      },
    ]);
  });

  it('of services that somebody made up there are only so many, beside which the others are counted', async () => {
    const log = iisLog([
      { operation: 'GetChatMessages' },
      ...Array.from({ length: 10_050 }, (_, at) => ({ service: `x${at}`, status: 404, userAgent: `scan${at % 2}` })),
      { operation: 'AddChatMessage' },
      { operation: 'AddChatMessage', userAgent: 'scan1' },
      { operation: 'Nonsense' },
      {},
    ]);
    const { operations, callers } = await inventoryOf({ 'a.log': log });
    expect(operations).toHaveLength(10_003);
    expect(operations.slice(0, 4)).toMatchObject([
      { operation: 'AddChatMessage', releases: [], calls: 2, callers: 2 },
      { operation: 'GetChatMessages', releases: ['88'], calls: 1 },
      { service: 'Chat', operation: null, calls: 1 },
      { service: '(others)', operation: null, releases: [], calls: 52, failures: 51, callers: 3 },
    ]);
    expect(operations[3]?.rest.note).toBe('more services and operations than are told one by one');
    expect(callers.reduce((sum, { calls }) => sum + calls, 0)).toBe(10_055);
  });

  it('requests for a WSDL are no calls', async () => {
    const line = '192.0.2.7 - - [01/Mar/2026:10:00:00 +0100] "GET /Services88/Chat.svc?wsdl HTTP/1.1" 200 9';
    const { operations, otherRequests } = await inventoryOf({ 'a.log': `${line}\n${line}\n` });
    expect(operations).toEqual([]);
    expect(otherRequests).toEqual({ Chat: 2 });
  });

  it('lines of a log that cannot be read are counted, the last that is cut off too', async () => {
    const log = iisLog([{}, {}, {}]);
    const { logs } = await inventoryOf({
      'a.log': `${log}\r\n\0\0\0\r\nx y\r\n${log.slice(-60, -30)}`,
      'b.log': Buffer.from(`\ufeff${log}`, 'utf16le'),
      'c.log': `${log}${'x'.repeat(3e6)}\n${'y '.repeat(8)}z\n`,
    });
    const read = { format: 'iis', requests: 3, calls: 3, unreadable: 0, firstUnreadable: null };
    expect(logs).toEqual([
      { ...read, file: 'a.log', unreadable: 2, firstUnreadable: 8 },
      { ...read, file: 'b.log' },
      { ...read, file: 'c.log', requests: 4, unreadable: 1, firstUnreadable: 6 },
    ]);
  });

  it('a log of IIS that has lost the line with its fields is told, and what is in it is found as in a source', async () => {
    const line = (path: string): string =>
      `2026-03-01 09:00:00 192.0.2.1 POST ${path} - 443 CRM\\anna 192.0.2.7 PHP-SOAP/8.2 - 200 0 0 31\r\n`;
    const lines = line('/Remote/Services88/Chat.svc') + line('/');
    const { unreadable, logs, operations, findings } = await inventoryOf({
      'a.log': lines.repeat(2000),
      'b.gz': gzipSync(lines),
      'c.txt': `The log says:\n${line('/Remote/Services88/Chat.svc')}and that is all.\nThe end.\n`,
      'd.log': `#Fields: date time cs-uri-stem\n${lines}`,
      'e.log': line('/').repeat(30),
      'f.gz': gzipSync(lines.repeat(9000)).subarray(0, 500),
    });
    const reason = 'it looks like a log of IIS without its #Fields line, so that calls cannot be counted';
    expect(unreadable).toEqual([
      { path: 'a.log', reason },
      { path: 'b.gz', reason },
      { path: 'f.gz', reason: 'the gzip data ends too early' },
    ]);
    expect(logs).toMatchObject([{ file: 'd.log', unreadable: 2 }]);
    expect(operations).toMatchObject([{ service: 'Chat', operation: null, files: 4, calls: 0 }]);
    expect(findings[0]).toMatchObject({ file: 'a.log', line: 1, kind: 'endpoint' });
  });

  it('a line is not blamed for what it lost because its file could not be read on', async () => {
    const packed = gzipSync(
      iisLog(Array.from({ length: 9000 }, (_, minute) => ({ minute: minute % 60, user: `u${minute}` }))),
    );
    const { logs, unreadable } = await inventoryOf({ 'a.gz': packed.subarray(0, packed.length / 2) });
    expect(unreadable).toHaveLength(1);
    expect(logs).toMatchObject([{ unreadable: 0 }]);
    expect(logs[0]?.calls).toBeGreaterThan(100);
  });

  it('nothing is found where nothing is', async () => {
    expect(await inventoryOf({ 'a.js': 'chat();', empty: '' })).toMatchObject({
      complete: true,
      files: 2,
      operations: [],
      callers: [],
      findings: [],
      logs: [],
    });
  });
});

it('as many calls are counted as there are lines, in whatever order, and however they are packed', async () => {
  const request = fc.record({
    operation: fc.constantFrom('GetChatMessages', 'AddChatMessage', 'Nonsense'),
    service: fc.constantFrom('Chat', 'Contact'),
    status: fc.constantFrom(200, 401, 500),
    userAgent: fc.constantFrom('a', 'b', 'c'),
    address: fc.constantFrom('192.0.2.1', '192.0.2.2'),
    minute: fc.nat(59),
  });
  const sumBy = (requests: readonly Logged[], key: (request: Logged) => string): Record<string, number> => {
    const sums: Record<string, number> = {};
    for (const each of requests) sums[key(each)] = (sums[key(each)] ?? 0) + 1;
    return sums;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(request, { maxLength: 40 }), { minLength: 1, maxLength: 4 }), async (logs) => {
      const files = logs.map((log, at): [string, string | Buffer] =>
        at % 2 === 0 ? [`${at}.log`, iisLog(log)] : [`${at}.gz`, gzipSync(iisLog(log))],
      );
      const { operations, callers } = await inventoryOf(Object.fromEntries(files));
      const all = logs.flat();
      expect(Object.fromEntries(operations.map((use) => [`${use.service}.${use.operation}`, use.calls]))).toEqual(
        sumBy(all, ({ service, operation }) => `${service}.${operation}`),
      );
      expect(Object.fromEntries(callers.map(({ userAgent, calls }) => [userAgent, calls]))).toEqual(
        sumBy(all, ({ userAgent = '' }) => userAgent),
      );
      const failed = all.filter(({ status = 0 }) => status >= 400).length;
      expect(operations.reduce((sum, { failures }) => sum + failures, 0)).toBe(failed);
      expect(callers.reduce((sum, { failures }) => sum + failures, 0)).toBe(failed);
    }),
    { numRuns: 40 },
  );
});

it('ends when it is told to, and gives what was found until then', () =>
  withTree({ 'a.js': actionOf('GetChatMessages'), 'b.js': actionOf('AddChatMessage') }, async (folder) => {
    const stop = new AbortController();
    const seen: string[] = [];
    const inventory = await takeInventory([folder], {
      signal: stop.signal,
      onProgress: ({ file, bytes }) => {
        seen.push(`${relative(folder, file)} ${bytes > 0}`);
        if (file.endsWith('b.js')) stop.abort();
      },
    });
    expect(seen).toEqual(['a.js true', 'b.js true']);
    expect(inventory.complete).toBe(false);
    expect(inventory.operations.map(({ operation }) => operation)).toEqual(['GetChatMessages']);
  }));

it.each([
  [[], {}, 'paths: none given'],
  ['folder', {}, 'paths: not a list of texts'],
  [['.'], { recursive: true }, 'recursive: no such option'],
  [['.'], { all: 1 }, 'all: 1, not true or false'],
])('%j with %j is refused', async (paths, options, message) => {
  await expect(takeInventory(paths as string[], options as InventoryOptions)).rejects.toThrow(message);
});
