/**
 * Calls that nobody waits for any more, or not for ever, and what their owner is told.
 */
import { type Call, Fault, InputError, ProtocolError, type Transport, TransportError } from '../../../lib/index.js';
import { answering, aRequest, OK, ordinaryCall, post, sendRaw, withClient, withServer } from './raw-client.js';

const closing = post(aRequest, 'Connection: close');

/** A transport that answers nothing, and tells of its call and of its signal. */
function silent() {
  let began = (_: Call): void => {};
  const call = new Promise<Call>((resolve) => {
    began = resolve;
  });
  const transport: Transport = (given) => {
    began(given);
    return new Promise(() => {});
  };
  return { transport, call };
}

const aborted = (signal: AbortSignal | undefined): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve(signal.reason);
    else signal?.addEventListener('abort', () => resolve(signal.reason));
  });

const failing =
  (error: unknown): Transport =>
  async () => {
    throw error;
  };

/** What the owner of a server is told. */
function owner() {
  const told: { readonly error: unknown; readonly operation: string | undefined }[] = [];
  return { told, onError: (error: unknown, operation: string | undefined) => void told.push({ error, operation }) };
}

describe('the signal of a call', () => {
  test('is aborted when the client goes', async () => {
    const { transport, call } = silent();
    const { told, onError } = owner();
    await withServer(transport, { onError }, ({ port }) =>
      withClient(port, async (client) => {
        client.write(post(aRequest));
        const { signal } = await call;
        expect(signal?.aborted).toBe(false);
        client.destroy();
        expect(String(await aborted(signal))).toContain('the client has gone');
      }),
    );
    expect(told).toEqual([]);
  });

  test('is not aborted where the client got its answer', async () => {
    let signal: AbortSignal | undefined;
    const transport: Transport = (call) => {
      signal = call.signal;
      return answering(call);
    };
    await withServer(transport, {}, async ({ port }) => expect(await ordinaryCall(port)).toBe(OK));
    expect(signal?.aborted).toBe(false);
  });

  test('is aborted when the time of the call is over, and the client gets a Fault', async () => {
    const { transport, call } = silent();
    const { told, onError } = owner();
    await withServer(transport, { callMs: 100, onError }, async ({ port }) => {
      const reply = await sendRaw(port, closing);
      expect(reply).toMatch(/^HTTP\/1\.1 500 /);
      expect(reply).toContain('<faultcode>s:Server</faultcode>');
      expect((await call).signal?.reason).toEqual({ deadlineMs: 100 });
    });
    expect(told).toMatchObject([{ error: { code: 'timeout' }, operation: 'Chat.GetChatMessages' }]);
  });

  test('may be kept waiting for ever', async () => {
    await withServer(answering, { callMs: Number.POSITIVE_INFINITY }, async ({ port }) => {
      expect(await ordinaryCall(port)).toBe(OK);
    });
  });
});

describe('the owner of a server', () => {
  const secret = 'secret at /home/anna/server.ts:1:1';

  test.each<[string, unknown]>([
    ['an Error', new Error(secret)],
    ['a TransportError', new TransportError('http-status', secret, { status: 502 })],
    ['a reply from elsewhere that cannot be read', new ProtocolError('xml-syntax', secret)],
    ['an option of the transport', new InputError('ticketStore', secret)],
    ['an option, for an operation', new InputError('baseUrl', secret, { operation: 'Chat.GetChatMessages' })],
    ['no value in particular', new InputError('', secret, { operation: 'Chat.GetChatMessages' })],
    ['a header part', new InputError('header.credentials', secret, { operation: 'Chat.GetChatMessages' })],
    ['the input of another call', new InputError('after', secret, { operation: 'SoPrincipal.AuthenticateImplicit' })],
    ['no error at all', undefined],
  ])('is told of what clients are not told: %s', async (_, error) => {
    const { told, onError } = owner();
    await withServer(failing(error), { onError }, async ({ port }) => {
      const reply = await sendRaw(port, closing);
      expect(reply).toContain('InternalServiceFault');
      expect(reply).not.toContain('secret');
    });
    expect(told).toEqual([{ error, operation: 'Chat.GetChatMessages' }]);
  });

  test('is told of a reply that cannot be written', async () => {
    const { told, onError } = owner();
    const transport: Transport = async () => ({ output: [{ chatMessageId: 'no number' }], header: {} });
    await withServer(transport, { onError }, async ({ port }) => {
      expect(await sendRaw(port, closing)).toContain('InternalServiceFault');
    });
    expect(told).toMatchObject([{ error: { cause: { kind: 'input' } }, operation: 'Chat.GetChatMessages' }]);
  });

  test.each<[string, unknown]>([
    ['a refusal', new Fault('service', 'there is none')],
    ['a refused ticket', new Fault('login', 'expired')],
    ['an input that is not allowed', new InputError('after', 'too small', { operation: 'Chat.GetChatMessages' })],
  ])('is not told of what clients are told: %s', async (_, error) => {
    const { told, onError } = owner();
    await withServer(failing(error), { onError }, ({ port }) => sendRaw(port, closing));
    expect(told).toEqual([]);
  });

  test.each<[string, () => void]>([
    [
      'throws',
      () => {
        throw new Error('out of order');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('out of order');
      },
    ],
  ])('may be one who %s', (_, onError) =>
    withServer(failing(new Error(secret)), { onError }, async ({ port }) => {
      expect(await sendRaw(port, closing)).toContain('InternalServiceFault');
      expect(await sendRaw(port, closing)).toContain('InternalServiceFault');
    }),
  );
});

describe('a ticket that was refused by HTTP', () => {
  // As soapTransport tells of the status 401.
  const refused = () => new Fault('login', 'HTTP 401', { faultCode: '401' });

  test.each(['exception-info', 'soap-fault'] as const)(
    'is a refused ticket for the client, with errors as %s',
    (errors) =>
      withServer(failing(refused()), { errors }, async ({ port }) => {
        const reply = await sendRaw(port, closing);
        expect(reply).toContain('SuperOffice.Exceptions.SoSessionException');
        expect(reply).not.toContain('a:401');
      }),
  );
});
