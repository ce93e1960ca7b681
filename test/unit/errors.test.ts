import { inspect } from 'node:util';
import { CallError, Fault, InputError, isCallError, ProtocolError, TransportError } from '../../lib/errors.js';

const oneOfEach = () => [
  { error: new InputError('message.message', 'a number'), kind: 'input', code: 'input', name: 'InputError' },
  { error: new TransportError('timeout', 'no reply'), kind: 'transport', code: 'timeout', name: 'TransportError' },
  { error: new ProtocolError('schema', 'no number'), kind: 'protocol', code: 'schema', name: 'ProtocolError' },
  { error: new Fault('service', 'not found'), kind: 'fault', code: 'service', name: 'Fault' },
];

/** What another copy of this package would throw: the same brand, another class. */
const errorOfAnotherCopy = (): object =>
  Object.defineProperty(new Error('x'), Symbol.for('services88-chat.CallError'), { value: true });

describe('errors', () => {
  test.each(oneOfEach())('$name has its kind, code and name', ({ error, kind, code, name }) => {
    expect(error).toMatchObject({ kind, code, name });
    expect(error).toBeInstanceOf(CallError);
    expect(error).toBeInstanceOf(Error);
  });

  test.each(oneOfEach())('the message of $name begins with the kind', ({ error, kind }) => {
    expect(error.message.startsWith(`${kind}: `)).toBe(true);
  });

  test.each(oneOfEach())('$name is a CallError', ({ error }) => {
    expect(isCallError(error)).toBe(true);
  });

  test.each(oneOfEach())('String and the stack of $name begin with its name', ({ error, name }) => {
    expect(String(error).startsWith(`${name}: `)).toBe(true);
    expect(inspect(error)).toContain(name);
  });

  test('an error that another copy of the package made is a CallError', () => {
    expect(isCallError(errorOfAnotherCopy())).toBe(true);
  });

  test.each([[new Error('x')], [undefined], [null], ['transport: x'], [{ kind: 'transport' }], [() => {}]])(
    '%p is no CallError',
    (value) => {
      expect(isCallError(value)).toBe(false);
    },
  );

  test('the brand is not written by JSON.stringify and is no own enumerable key', () => {
    const error = new TransportError('timeout', 'no reply');
    expect(Object.getOwnPropertySymbols({ ...error })).toEqual([]);
  });

  test('an input error was not sent and not tried', () => {
    expect(new InputError('a', 'b')).toMatchObject({ outcome: 'not-sent', attempts: 0 });
  });

  test('an input error names the path, where there is one', () => {
    expect(new InputError('message.message', 'a number, not a string')).toMatchObject({
      path: 'message.message',
      message: 'input: message.message: a number, not a string',
    });
    expect(new InputError('', 'not an object').message).toBe('input: not an object');
  });

  test('a failed connection sent nothing', () => {
    expect(new TransportError('connect', 'refused')).toMatchObject({ outcome: 'not-sent', attempts: 1 });
  });

  test.each(['connection', 'timeout', 'aborted', 'http-status', 'redirect', 'too-large', 'content-type'] as const)(
    'of a call that ended with %s it is not known what became of it',
    (code) => {
      expect(new TransportError(code, 'x')).toMatchObject({ outcome: 'unknown', attempts: 1 });
    },
  );

  test('what is known of the call can be stated', () => {
    expect(new TransportError('aborted', 'x', { outcome: 'not-sent' }).outcome).toBe('not-sent');
  });

  test('a transport error has the status, the phase and the wait that it was given', () => {
    const error = new TransportError('http-status', 'x', { status: 503, phase: 'headers', retryAfterMs: 7000 });
    expect(error).toMatchObject({ status: 503, phase: 'headers', retryAfterMs: 7000 });
  });

  test('a document that cannot be read leaves unknown what became of the call', () => {
    expect(new ProtocolError('schema', 'x')).toMatchObject({ outcome: 'unknown', attempts: 1 });
  });

  test('a protocol error names the place in the document, where it is known', () => {
    expect(new ProtocolError('schema', 'no int', { path: 'Envelope/Body' })).toMatchObject({
      path: 'Envelope/Body',
      message: 'protocol: no int at Envelope/Body',
    });
    expect(new ProtocolError('xml-syntax', 'no end').message).toBe('protocol: no end');
  });

  test('a fault is a refusal', () => {
    expect(new Fault('service', 'x')).toMatchObject({ outcome: 'refused', attempts: 1 });
  });

  test('a fault that says nothing more has an empty fault code and no parameters', () => {
    const fault = new Fault('service', 'not found');
    expect(fault).toMatchObject({ faultCode: '', reason: 'not found', parameters: {} });
    expect(fault.exceptionType).toBeUndefined();
    expect(fault.friendlyText).toBeUndefined();
    expect(fault.detail).toBeUndefined();
  });

  test('a fault names the exception type in its message and keeps the reason as it was', () => {
    const fault = new Fault('service', 'not found', { exceptionType: 'SuperOffice.SoException' });
    expect(fault.message).toBe('fault: not found (SuperOffice.SoException)');
    expect(fault.reason).toBe('not found');
  });

  test('an error has the cause that it was given, and else no cause at all', () => {
    const cause = new Error('why');
    expect(new TransportError('connect', 'x', { cause }).cause).toBe(cause);
    expect('cause' in new TransportError('connect', 'x')).toBe(false);
  });

  test('an error names the operation that it was given', () => {
    expect(new Fault('service', 'x', { operation: 'Chat.GetChatMessages' }).operation).toBe('Chat.GetChatMessages');
    expect(new Fault('service', 'x').operation).toBeUndefined();
  });
});
