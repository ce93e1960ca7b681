/**
 * A refusal is told with everything that was said, whichever way the service says it.
 */
import fc, { type Arbitrary } from 'fast-check';
import {
  Chat,
  decodeReply,
  type ExceptionInfo,
  encodeFault,
  encodeReply,
  Fault,
  type FaultContent,
  type SoapVersion,
} from '../../lib/codec.js';
import { exceptionInfos } from './contract-values.js';
import { effort } from './effort.js';
import { text } from './texts.js';
import { told } from './told.js';

const version = fc.constantFrom<SoapVersion>('1.1', '1.2');

const codes = [
  'Client',
  'Server',
  'MustUnderstand',
  'VersionMismatch',
  'SessionGone',
  'Ärger',
  '__proto__',
  'toString',
];
const said: Arbitrary<FaultContent> = fc.record(
  { faultCode: fc.constantFrom(...codes), reason: text.filter((reason) => reason !== ''), exceptionType: text },
  { requiredKeys: ['reason'], noNullPrototype: true },
);

function faultOf(document: string): Fault {
  try {
    decodeReply(Chat.resetChatSession, document);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('the refusal was read as a value');
}

/** What an ExceptionInfo says, as the fault and the faults behind it should say it. */
const chainOf = (info: ExceptionInfo, otherwise = 'the service gave no reason'): unknown => ({
  reason: info.message || info.friendlyText || otherwise,
  exceptionType: info.exceptionType ?? undefined,
  friendlyText: info.friendlyText ?? undefined,
  parameters: { ...info.parameters },
  inner: info.innerException ? chainOf(info.innerException, 'no message') : undefined,
});

const chainOfFault = ({ reason, exceptionType, friendlyText, parameters, cause }: Fault): unknown => ({
  reason,
  exceptionType,
  friendlyText,
  parameters: { ...parameters },
  inner: cause instanceof Fault ? chainOfFault(cause) : undefined,
});

test('an ExceptionInfo is a fault with all exceptions behind it', () => {
  fc.assert(
    fc.property(exceptionInfos(), version, (exceptionInfo, version) => {
      const document = encodeReply(Chat.resetChatSession, null, { version, header: { exceptionInfo } });
      expect(told(chainOfFault(faultOf(document)))).toBe(told(chainOf(exceptionInfo)));
    }),
    effort(10),
  );
});

test('a Fault element is a fault with the same code, reason and type', () => {
  fc.assert(
    fc.property(said, version, (content, version) => {
      const fault = faultOf(encodeFault(content, { version }));
      expect(fault.reason).toBe(content.reason);
      expect(fault.faultCode).toBe(content.faultCode ?? 'Server');
      expect(fault.exceptionType).toBe(content.exceptionType);
      expect(encodeFault(fault, { version })).toBe(encodeFault({ faultCode: 'Server', ...content }, { version }));
    }),
    effort(10),
  );
});

test('a Fault with the parts of both versions is a fault, whichever come first', () => {
  const of11 = '<faultcode>s:Server</faultcode><faultstring>Gone</faultstring><detail/>';
  const of12 = '<s:Reason><s:Text>Gone</s:Text></s:Reason><s:Detail/>';
  const envelope = (parts: string): string =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>${parts}</s:Fault></s:Body></s:Envelope>`;
  for (const parts of [of11 + of12, of12 + of11]) {
    expect(faultOf(envelope(parts)).reason).toBe('Gone');
  }
});
