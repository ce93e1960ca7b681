import {
  type Call,
  Chat,
  createClient,
  type Interceptor,
  intercept,
  SoPrincipal,
  soapTransport,
  type Transport,
} from '../../../lib/index.js';
import { createSimulator, serveSoap, type TroubleOptions, trouble } from '../../../lib/server.js';
import { errorOf } from '../error-of.js';
import { aRequest, post, withClient, withServer } from './raw-client.js';

/** What a kind of trouble is to a client that asks for messages, and whether the service was asked at all. */
const kinds = [
  ['resetBefore', { code: 'connection', outcome: 'unknown' }, 0],
  ['resetAfter', { code: 'connection', outcome: 'unknown' }, 1],
  ['truncate', { code: 'connection', outcome: 'unknown' }, 1],
  ['unavailable', { code: 'http-status', status: 503, outcome: 'unknown', retryAfterMs: undefined }, 0],
  ['fault', { code: 'service', outcome: 'refused' }, 0],
  ['expire', { code: 'login', outcome: 'refused' }, 0],
] as const;

const services = [Chat, SoPrincipal] as const;

/** A service that counts its calls. */
function counting(): Transport & { count: number } {
  const transport = async () => {
    counted.count++;
    return { output: [{ chatMessageId: 1, message: 'secret-in-the-reply' }], header: { succeeded: true } };
  };
  const counted = Object.assign(transport, { count: 0 });
  return counted;
}

const ask = (transport: Transport, options: { signal?: AbortSignal } = {}) =>
  createClient(Chat, transport).getChatMessages({ chatSessionId: 1, after: 0 }, options);

/** Asks over HTTP. */
async function askServed(transport: Transport, options: { signal?: AbortSignal } = {}) {
  const server = await serveSoap(services, transport);
  const client = soapTransport({ baseUrl: server.baseUrl });
  try {
    return await ask(client, options);
  } finally {
    await client.close();
    await server.close();
  }
}

/** Whether each of so many calls failed. */
async function failures(interceptor: Interceptor, calls = 200): Promise<boolean[]> {
  const transport = intercept(counting(), interceptor);
  const failed: boolean[] = [];
  for (let each = 0; each < calls; each++) {
    failed.push(
      await ask(transport).then(
        () => false,
        () => true,
      ),
    );
  }
  return failed;
}

const share = (failed: readonly boolean[]): number => failed.filter(Boolean).length / failed.length;

describe.each([
  ['in process', ask],
  ['served', askServed],
])('trouble %s', (_way, asking) => {
  test('that is not asked for does not come', async () => {
    await expect(asking(intercept(counting(), trouble()))).resolves.toHaveLength(1);
  });

  test.each(kinds)('by %s is what the real thing is', async (kind, expected, executed) => {
    const service = counting();
    const error = await errorOf(asking(intercept(service, trouble({ [kind]: 1 }))));
    expect(error).toMatchObject({ ...expected, operation: 'Chat.GetChatMessages' });
    expect(service.count).toBe(executed);
  });

  test('by unavailable may say when to come again', async () => {
    const error = await errorOf(asking(intercept(counting(), trouble({ unavailable: 1, retryAfterMs: 3000 }))));
    expect(error).toMatchObject({ status: 503, retryAfterMs: 3000 });
  });

  test('by stall lasts until the caller gives up', async () => {
    const service = counting();
    const signal = AbortSignal.timeout(300);
    const error = await errorOf(asking(intercept(service, trouble({ stall: 1 })), { signal }));
    expect(error).toMatchObject({ code: 'aborted', outcome: 'unknown', operation: 'Chat.GetChatMessages' });
    expect(service.count).toBe(1);
  });

  test('by latency holds calls up', async () => {
    const began = Date.now();
    await asking(intercept(counting(), trouble({ latencyMs: [200, 220] })));
    expect(Date.now() - began).toBeGreaterThanOrEqual(195);
  });
});

describe('the calls that have trouble', () => {
  test('are the same for the same seed', async () => {
    const first = await failures(trouble({ seed: 7, resetBefore: 0.3 }));
    expect(await failures(trouble({ seed: 7, resetBefore: 0.3 }))).toEqual(first);
    expect(await failures(trouble({ seed: 8, resetBefore: 0.3 }))).not.toEqual(first);
  });

  test('are as many as asked for', async () => {
    for (const kind of ['resetBefore', 'truncate', 'fault'] as const) {
      expect(share(await failures(trouble({ [kind]: 0.2 }), 2000))).toBeCloseTo(0.2, 1);
    }
  });

  test('have one kind each, so that kinds add up', async () => {
    const every = { expire: 0.1, fault: 0.1, unavailable: 0.1, resetBefore: 0.1, resetAfter: 0.1, truncate: 0.1 };
    expect(share(await failures(trouble(every), 4000))).toBeCloseTo(0.6, 1);
    const found = new Map<string, number>();
    const transport = intercept(counting(), trouble({ expire: 0.25, fault: 0.25, unavailable: 0.5 }));
    for (let each = 0; each < 2000; each++) {
      const { code } = await errorOf(ask(transport));
      found.set(code, (found.get(code) ?? 0) + 1 / 2000);
    }
    expect([...found.keys()].sort()).toEqual(['http-status', 'login', 'service']);
    expect(found.get('http-status')).toBeCloseTo(0.5, 1);
    expect(found.get('login')).toBeCloseTo(0.25, 1);
    expect(found.get('service')).toBeCloseTo(0.25, 1);
  });

  test('stay the same when calls are held up, or a kind comes to it that has its place behind', async () => {
    const alone = await failures(trouble({ fault: 0.2 }));
    expect(await failures(trouble({ fault: 0.2, latencyMs: [0, 1] }))).toEqual(alone);
    const together = await failures(trouble({ fault: 0.2, truncate: 0.2 }));
    expect(together.filter((failed, index) => alone[index] && !failed)).toEqual([]);
    expect(share(together)).toBeGreaterThan(share(alone));
  });

  test('are all where the kinds add up to 1', async () => {
    const tenths = { expire: 0.1, fault: 0.2, unavailable: 0.3, resetBefore: 0.4 };
    expect(share(await failures(trouble(tenths), 500))).toBe(1);
  });

  test('are those of `only`, and calls between them change nothing', async () => {
    const options: TroubleOptions = { resetBefore: 0.4, only: ({ operation }) => operation.retry === 'read' };
    const alone = await failures(trouble(options), 40);
    const client = createClient(Chat, intercept(counting(), trouble(options)));
    const among: boolean[] = [];
    for (let each = 0; each < 40; each++) {
      await client.deleteChatSessionEntity({ chatSessionEntityId: 1 });
      const asked = client.getChatMessages({ chatSessionId: 1, after: 0 });
      among.push(
        await asked.then(
          () => false,
          () => true,
        ),
      );
    }
    expect(among).toEqual(alone);
  });

  test('are counted anew for each transport', async () => {
    const interceptor = trouble({ seed: 3, resetBefore: 0.5 });
    expect(await failures(interceptor, 50)).toEqual(await failures(interceptor, 50));
  });
});

describe('trouble', () => {
  test('leaves a refusal of the service as it is', async () => {
    const error = await errorOf(ask(intercept(createSimulator(), trouble({ resetAfter: 1 }))));
    expect(error).toMatchObject({ code: 'login', exceptionType: 'SuperOffice.Exceptions.SoSessionException' });
  });

  test('does not execute a call that was given up while it was held up', async () => {
    const service = counting();
    const signal = AbortSignal.timeout(20);
    const error = await errorOf(ask(intercept(service, trouble({ latencyMs: 60_000 })), { signal }));
    expect(error).toMatchObject({ code: 'aborted', outcome: 'unknown' });
    expect(service.count).toBe(0);
  });

  test('sends nothing for a caller who has given up before', async () => {
    const service = counting();
    const signal = AbortSignal.abort();
    expect(await errorOf(ask(intercept(service, trouble()), { signal }))).toMatchObject({ outcome: 'not-sent' });
    expect(service.count).toBe(0);
  });

  test('does not show the reply that it cut', async () => {
    const error = await errorOf(ask(intercept(counting(), trouble({ truncate: 1 }))));
    const { inspect } = await import('node:util');
    expect(inspect(error, { showHidden: true, depth: Number.POSITIVE_INFINITY })).not.toContain('secret-in-the-reply');
  });

  test.each<[string, object]>([
    ['resetBefore', { resetBefore: 2 }],
    ['fault', { fault: -0.1 }],
    ['stall', { stall: '1' }],
    ['expire', { expire: Number.NaN }],
    ['latencyMs', { latencyMs: -1 }],
    ['latencyMs', { latencyMs: [5, 1] }],
    ['latencyMs', { latencyMs: null }],
    ['retryAfterMs', { retryAfterMs: -1 }],
    ['seed', { seed: '7' }],
    ['only', { only: 'Chat' }],
    ['reset', { reset: 0.5 }],
    ['', { resetBefore: 0.6, fault: 0.5 }],
    ['', { stall: 1, truncate: 0.01 }],
  ])('refuses an option %s that is not right', (path, options) => {
    const made = () => trouble(options);
    expect(made).toThrow(expect.objectContaining({ kind: 'input', path }));
  });
});

test('a served server that has trouble answers the calls that have none', async () => {
  const calls: Call[] = [];
  const service: Transport = async (call) => {
    calls.push(call);
    return { output: [], header: { succeeded: true } };
  };
  const server = await serveSoap(services, intercept(service, trouble({ resetBefore: 0.5, seed: 2 })));
  const client = soapTransport({ baseUrl: server.baseUrl });
  try {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => ask(client)));
    const answered = asked.filter(({ status }) => status === 'fulfilled');
    expect(answered.length).toBe(calls.length);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.length).toBeLessThan(20);
  } finally {
    await client.close();
    await server.close();
  }
});

describe('on the wire', () => {
  /** What a client gets, and how its connection ends. */
  const wire = (options: TroubleOptions) =>
    withServer(intercept(counting(), trouble(options)), {}, ({ port }) =>
      withClient(port, async (client) => {
        client.write(post(aRequest, 'Connection: close'));
        return [await client.ended, client.received()] as const;
      }),
    );

  test.each(['resetBefore', 'resetAfter'] as const)('%s resets the connection without a byte', async (kind) => {
    expect(await wire({ [kind]: 1 })).toEqual(['reset', '']);
  });

  test('truncate announces the whole reply, sends half of it and ends the connection', async () => {
    const [how, text] = await wire({ truncate: 1 });
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(how).toBe('closed');
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(body.length).toBe(Math.floor(announced / 2));
  });

  test('unavailable is the status 503, with Retry-After in whole seconds', async () => {
    const [, text] = await wire({ unavailable: 1, retryAfterMs: 1200 });
    expect(text).toMatch(/^HTTP\/1\.1 503 .*retry-after: 2\r\n/is);
  });

  test('stall is no answer until the server gives the call up', async () => {
    const [, text] = await withServer(intercept(counting(), trouble({ stall: 1 })), { callMs: 300 }, ({ port }) =>
      withClient(port, async (client) => {
        client.write(post(aRequest, 'Connection: close'));
        return [await client.ended, client.received()] as const;
      }),
    );
    expect(text).toContain('<faultcode>s:Server</faultcode>');
  });
});
