/**
 * The JSON that the service's REST API writes for the same types, as the same values that a SOAP reply gives.
 */
import { InputError, ProtocolError } from '../errors.js';
import { readJson } from './json-read.js';
import { writeJson } from './json-write.js';
import type { Operation, OutputOf, Sendable } from './operation.js';
import { qualifiedName } from './operation.js';
import type { Field } from './schema.js';
import { isStackOverflow } from './stack.js';

/**
 * Reads the JSON body of a REST reply to the same operation, which has one result or none: the wire's names become keys,
 * dates become DateTimes, flags become arrays. Members that the contract does not know are left out.
 * @throws ProtocolError with the path of a value that is not of its type
 */
export function decodeJson<O extends Operation>(operation: O, document: string): OutputOf<O> {
  const field = resultOf(operation);
  return reading(operation, () =>
    field === undefined ? undefined : readJson(field, parseJson(document)),
  ) as OutputOf<O>;
}

/**
 * Writes the JSON body of a REST reply, as a server does; `''` where the operation has no result.
 * @throws InputError with the path of a value that the contract does not allow
 */
export function encodeJson<O extends Operation>(operation: O, output: Sendable<OutputOf<O>>): string {
  const field = resultOf(operation);
  return writing(operation, () =>
    field === undefined
      ? ''
      : writeJson({ direction: 'reply', illegalCharacters: 'refuse' }, field, output, { parent: null, key: field.key }),
  );
}

function resultOf(operation: Operation): Field | undefined {
  const [field, more] = operation.reply.fields;
  if (more)
    throw new InputError('operation', `${qualifiedName(operation)} has several results, which REST does not have`);
  return field;
}

/** @throws ProtocolError for what is no JSON */
export function parseJson(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch (error) {
    const found =
      document.trim() === '' ? 'there is nothing where JSON should be' : 'this is not JSON, or not all of it';
    // The parser's own message repeats the text.
    throw new ProtocolError('json-syntax', found, { cause: new SyntaxError((error as Error).name) });
  }
}

/** Names the operation in what goes wrong while a message of it is read. */
export function reading<Value>(operation: Operation, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const name = qualifiedName(operation);
    if (isStackOverflow(error)) {
      throw new ProtocolError('schema', 'objects deeper than can be read', { operation: name });
    }
    if (error instanceof ProtocolError) error.operation = name;
    throw error;
  }
}

/** The same while one is written. */
export function writing<Value>(operation: Operation, write: () => Value): Value {
  try {
    return write();
  } catch (error) {
    const name = qualifiedName(operation);
    if (isStackOverflow(error)) {
      throw new InputError('', 'objects too deep inside each other, or one inside itself', { operation: name });
    }
    if (error instanceof InputError) error.operation = name;
    throw error;
  }
}
