/**
 * What the command line keeps from one run to the next, and where it takes secrets from.
 */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Call, Chat, type Interceptor, intercept, SoPrincipal } from '../../../lib/index.js';
import { createSimulator, type SoapServer, serveSoap } from '../../../lib/server.js';
import { type Environment, run } from './run.js';

jest.setTimeout(30_000);

const calls: Call[] = [];
const watch: Interceptor = (next) => (call) => {
  calls.push(call);
  return next(call);
};
const simulator = createSimulator();
let server: SoapServer;
let folder: string;

beforeAll(async () => {
  server = await serveSoap([Chat, SoPrincipal], intercept(simulator, watch));
});
afterAll(() => server.close());
beforeEach(() => {
  calls.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'services88-chat-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const anna = (more: Environment = {}): Environment => ({
  SUPEROFFICE_URL: server.baseUrl,
  SUPEROFFICE_USER: 'anna',
  SUPEROFFICE_PASSWORD: 'demo',
  ...more,
});

const logins = (): number => calls.filter(({ operation }) => operation.retry === 'login').length;

describe('SUPEROFFICE_TICKET_STORE', () => {
  test('has one login serve many runs, and one more once the service has forgotten the ticket', async () => {
    const env = anna({ SUPEROFFICE_TICKET_STORE: join(folder, 'tickets') });
    for (let time = 0; time < 3; time++) expect((await run(['sessions'], env)).code).toBe(0);
    expect(logins()).toBe(1);
    simulator.expireTickets();
    expect((await run(['messages', '42'], env)).code).toBe(0);
    expect(logins()).toBe(2);
    const [file = ''] = readdirSync(join(folder, 'tickets'));
    expect(statSync(join(folder, 'tickets', file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'tickets', file), 'utf8')).not.toContain('demo');
  });

  test('that others may write to ends with 2, and nothing is sent', async () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const { code, stderr } = await run(['sessions'], anna({ SUPEROFFICE_TICKET_STORE: open }));
    expect(code).toBe(2);
    expect(stderr).toContain('ticketStore');
    expect(calls).toEqual([]);
  });

  test('is not used for a ticket that is given', async () => {
    const { stdout } = await run(['ticket'], anna());
    const env = { ...anna({ SUPEROFFICE_TICKET_STORE: join(folder, 'none') }), SUPEROFFICE_TICKET: stdout.trim() };
    expect((await run(['sessions'], env)).code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('SUPEROFFICE_PASSWORD_FILE', () => {
  test('gives the password, without the end of its line', async () => {
    const file = join(folder, 'password');
    const { SUPEROFFICE_PASSWORD: _, ...env } = anna({ SUPEROFFICE_PASSWORD_FILE: file });
    writeFileSync(file, 'demo\n');
    expect((await run(['sessions'], env)).code).toBe(0);
    writeFileSync(file, 'demo \n');
    expect((await run(['sessions'], env)).code).toBe(3);
  });

  test('that is not there ends with 2', async () => {
    const { SUPEROFFICE_PASSWORD: _, ...env } = anna({ SUPEROFFICE_PASSWORD_FILE: join(folder, 'none') });
    const { code, stderr } = await run(['sessions'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('SUPEROFFICE_PASSWORD_FILE cannot be read (ENOENT)');
  });
});

test('credentials for another machine over http: end with 2, and how to allow it is said', async () => {
  const { code, stderr } = await run(['sessions'], anna({ SUPEROFFICE_URL: 'http://crm.invalid/Remote/Services88' }));
  expect(code).toBe(2);
  expect(stderr).toContain('SUPEROFFICE_ALLOW_INSECURE=1');
});
