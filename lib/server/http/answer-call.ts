/**
 * Has a call carried and makes its answer, in the words of the server that was asked.
 */
import type { Call, Reply, Transport } from '../../call.js';
import { qualifiedName } from '../../codec/operation.js';
import { type Fault, type InputError, isCallError } from '../../errors.js';
import { wireTroubleOf } from '../trouble.js';
import type { Carrier } from './carry-call.js';
import type { Exchange } from './exchange.js';
import { type Answer, plain } from './http-answer.js';
import type { Settings } from './serve-options.js';
import { type ServedCall, tellCall } from './served-call.js';

/** How a server words what became of a call. */
export interface Wording {
  readonly style: ServedCall['style'];
  readonly releaseOf: (call: Call) => string;
  /** @throws for a reply that cannot be written */
  readonly reply: (reply: Reply, call: Call) => Answer;
  /** What clients caused themselves, and refusals, are told whole. */
  readonly refusal: (error: Fault | InputError, call: Call) => Answer;
  /** What went wrong behind the server is told without its particulars. */
  readonly failure: (error: unknown) => Answer;
}

/** By what calls are carried, and by which settings. */
export interface Serving {
  readonly carrier: Carrier;
  readonly settings: Settings;
}

/** @param transport for this call, where it is not the server's */
export async function answerCall(
  call: Call,
  wording: Wording,
  { carrier, settings: { onCall } }: Serving,
  exchange: Exchange,
  transport?: Transport,
): Promise<Answer> {
  const began = onCall ? performance.now() : 0;
  let course: Course;
  try {
    const reply = await carrier.carry(call, exchange.response, transport);
    const outcome = isRefusedLogin(reply.output) ? 'refused' : 'succeeded';
    course = { answer: wording.reply(reply, call), outcome, servedBy: reply.servedBy };
  } catch (error) {
    course = courseOf(error, call, wording, exchange);
  }
  const { answer, outcome, servedBy } = course;
  if (onCall) {
    const { style, releaseOf } = wording;
    const operation = qualifiedName(call.operation);
    const durationMs = performance.now() - began;
    const release = releaseOf(call);
    tellCall(onCall, exchange.request, { operation, style, release, servedBy, outcome, durationMs });
  }
  if (servedBy === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'x-served-by': asHeader(servedBy) } };
}

/** Wrong credentials are no error of the call, and yet the login did not succeed. */
const isRefusedLogin = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && Reflect.get(output, 'authenticationSucceeded') === false;

/** An answer, and what became of the call. */
interface Course extends Pick<ServedCall, 'outcome' | 'servedBy'> {
  readonly answer: Answer;
}

/** What an error makes of a call that the transport did not bring a reply to, or none that can be written. */
function courseOf(error: unknown, call: Call, wording: Wording, exchange: Exchange): Course {
  const servedBy = isCallError(error) ? error.servedBy : undefined;
  const trouble = troubleAnswer(error, call, wording);
  if (trouble) return { answer: trouble, outcome: 'failed', servedBy };
  let told = error;
  if (isForClients(error, call)) {
    try {
      return {
        answer: wording.refusal(error, call),
        outcome: error.outcome === 'unknown' ? 'failed' : 'refused',
        servedBy,
      };
    } catch (unwritable) {
      told = unwritable;
    }
  }
  exchange.tell(told, qualifiedName(call.operation));
  return { answer: wording.failure(told), outcome: 'failed', servedBy };
}

/** Acts out what `trouble` asks for. */
function troubleAnswer(error: unknown, call: Call, wording: Wording): Answer | undefined {
  const wire = wireTroubleOf(error);
  switch (wire?.kind) {
    case 'unavailable': {
      const { retryAfterMs } = wire;
      const after = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
      return plain(503, 'the service is not available', after);
    }
    case 'truncate':
      return { ...wording.reply(wire.reply, call), broken: 'truncate' };
    case 'reset':
      return { ...plain(500, ''), broken: 'reset' };
    case undefined:
      return undefined;
  }
}

/**
 * Whether it is the client's to know: a Fault, or what is wrong with the input that it sent; not any other, as a reply
 * that could not be read, or an option of the transport that is not right.
 */
const isForClients = (error: unknown, call: Call): error is Fault | InputError =>
  isCallError(error) && (error.kind === 'fault' || (error.kind === 'input' && isOfInput(error, call)));

/** Transports name the operation also where an option of theirs is not right, whose path is none of the input. */
function isOfInput({ path, operation: concerned }: InputError, { operation, header }: Call): boolean {
  if (concerned !== qualifiedName(operation)) return false;
  const [member = '', part = ''] = path.split(/[.[]/, 2);
  return member === 'header' ? Object.hasOwn(header, part) : operation.request.fields.some(({ key }) => key === member);
}

/** A name may hold anything; a header of HTTP may not. */
const asHeader = (name: string): string => name.slice(0, 200).replace(/[^ -~]/g, '?');
