/**
 * How a REST server words what became of a call.
 */
import type { Call } from '../../call.js';
import { isCallError } from '../../errors.js';
import type { RestStyle } from '../../rest/endpoints.js';
import { encodeRestHeader } from '../../rest/header.js';
import type { Wording } from '../http/answer-call.js';
import { type ErrorForm, failureAnswer, jsonAnswer, nothing, refusalAnswer } from './rest-answer.js';

/**
 * @param errors the form of refusals in the agent style, which alone has others than a status
 * @param bodyOf gives the JSON of an output; `''` where there is none
 */
export const restWording = (
  style: RestStyle,
  errors: ErrorForm,
  bodyOf: (output: unknown, call: Call) => string,
): Wording => ({
  style: `rest ${style}`,
  releaseOf: () => 'v1',
  reply: ({ output, header: { timeZone } }, call) => {
    const body = written(call, () => bodyOf(output, call));
    const headers = timeZone ? written(call, () => encodeRestHeader({ timeZone })) : {};
    return body === '' ? { ...nothing, headers } : jsonAnswer(200, body, headers);
  },
  refusal: (error, call) => refusalAnswer(error, call, style === 'agent' ? errors : 'status'),
  failure: failureAnswer,
});

/** Clients have no part in a reply that does not fit the contract. */
function written<Value>({ operation }: Call, write: () => Value): Value {
  try {
    return write();
  } catch (cause) {
    if (isCallError(cause) && cause.kind === 'fault') throw cause;
    throw new Error(`the reply to ${operation.name} cannot be written`, { cause });
  }
}
