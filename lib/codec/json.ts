/**
 * The JSON that the service's REST API writes for the same types, as the same values that a SOAP reply gives.
 */
import { InputError, ProtocolError } from '../errors.js';
import type { Operation, OutputOf } from './operation.js';
import { qualifiedName } from './operation.js';
import type { Field, Schema } from './schema.js';
import { isStackOverflow } from './stack.js';
import { lexicalForms, readEnum } from './values.js';

/**
 * Reads the JSON body of a REST reply to the same operation, which has one result or none: the wire's names become keys, dates become DateTimes,
 * flags become arrays. Members that the contract does not know are left out.
 * @throws ProtocolError with the path of a value that is not of its type
 */
export function decodeJson<O extends Operation>(operation: O, document: string): OutputOf<O> {
  const [field, more] = operation.reply.fields;
  if (more)
    throw new InputError('operation', `${qualifiedName(operation)} has several results, which REST does not have`);
  try {
    return (field === undefined ? undefined : readItem(field, JSON.parse(document), '$')) as OutputOf<O>;
  } catch (error) {
    const name = qualifiedName(operation);
    if (error instanceof ProtocolError) error.operation = name;
    if (isStackOverflow(error))
      throw new ProtocolError('schema', 'objects deeper than can be read', { operation: name });
    if (!(error instanceof SyntaxError)) throw error;
    throw new ProtocolError('schema', 'the reply is not JSON', { operation: name, cause: error });
  }
}

/** Null stands for nil, and for a date that is not there. */
function readItem({ type, nillable }: Field, json: unknown, path: string): unknown {
  if (json !== null) return readValue(type, json, path);
  return nillable || type.kind === 'dateTime' ? null : refuse(json, type, path);
}

/** The members that are there; null for one that cannot be nil, as `$select` writes it, says that it is not. */
function readMembers(fields: readonly Field[], object: Readonly<Record<string, unknown>>, path: string): object {
  const there = fields.filter(
    ({ name, nillable, type }) =>
      Object.hasOwn(object, name) && (object[name] !== null || nillable || type.kind === 'dateTime'),
  );
  return Object.fromEntries(
    there.map((field) => [field.key, readItem(field, object[field.name], `${path}.${field.name}`)]),
  );
}

function readValue(type: Schema, json: unknown, path: string): unknown {
  switch (type.kind) {
    case 'complex':
      return readMembers(type.fields, objectOf(json, type, path), path);
    case 'array':
      if (!Array.isArray(json)) return refuse(json, type, path);
      return json.map((item, index) => readItem(type.item, item, `${path}[${index}]`));
    case 'dictionary':
      return Object.assign(
        Object.create(null),
        Object.fromEntries(
          Object.entries(objectOf(json, type, path)).map(([key, value]) => [
            key,
            readItem(type.value, value, `${path}.${key}`),
          ]),
        ),
      );
    case 'string':
      return typeof json === 'string' ? json : refuse(json, type, path);
    case 'enum':
      return (typeof json === 'string' ? readEnum(type, json) : undefined) ?? refuse(json, type, path);
    case 'flags':
      // A comma between the names, and the name of the zero value, which SOAP does not have, for none.
      if (json === 0 || json === '0') return [];
      if (typeof json !== 'string') return refuse(json, type, path);
      return json.split(/[\s,]+/).filter((name) => name !== '' && !zeroNames.has(name));
    case 'int':
    case 'short':
    case 'double':
    case 'boolean':
      return lexicalForms[type.kind].write(json) === undefined ? refuse(json, type, path) : json;
    case 'anyType':
      return json;
    default: {
      const value = typeof json === 'string' ? lexicalForms[type.kind].read(json) : undefined;
      return value === undefined ? refuse(json, type, path) : value;
    }
  }
}

/** What REST writes for flags where none is set; the contract of SOAP has no name for it. */
const zeroNames: ReadonlySet<string> = new Set(['None', 'CustomerIsTyping']);

function objectOf(json: unknown, type: Schema, path: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) refuse(json, type, path);
  return json as Readonly<Record<string, unknown>>;
}

function refuse(json: unknown, type: Schema, path: string): never {
  const found = Array.isArray(json)
    ? 'an array'
    : typeof json === 'object' && json
      ? 'an object'
      : JSON.stringify(json);
  throw new ProtocolError('schema', `${found} is not of the type ${type.name}`, { path });
}
