/**
 * A value is the same from the JSON of the REST API and from a SOAP reply.
 */
import fc from 'fast-check';
import type { Field, Schema } from '../../lib/codec/schema.js';
import { decodeJson, decodeReply, encodeJson, encodeReply } from '../../lib/codec.js';
import { operations, outputOf } from './contract-values.js';
import { effort } from './effort.js';
import { told, writtenDate } from './told.js';

/** Those whose result has a JSON body of its own; that of the Authenticate operations has several parts. */
const withBody = operations.filter(({ reply }) => reply.fields.length === 1);

/** The JSON of a value in the words of the wire; undefined where JSON cannot say it. */
function wireText(type: Schema, value: unknown): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'complex':
      return objectText(
        type.fields
          .filter(({ key }) => Object.hasOwn(value as object, key))
          .map((field) => [field.name, field, (value as Record<string, unknown>)[field.key]] as const)
          .filter(([, , member]) => member !== undefined),
      );
    case 'dictionary':
      return objectText(Object.entries(value as object).map(([key, item]) => [key, type.value, item] as const));
    case 'array':
      return `[${(value as unknown[]).map((item) => wireText(type.item.type, item)).join(',')}]`;
    case 'flags':
      return JSON.stringify((value as string[]).join(', '));
    case 'base64Binary':
      return JSON.stringify(Buffer.from(value as Uint8Array).toString('base64'));
    case 'dateTime':
      return JSON.stringify(writtenDate(value as Date));
    case 'double':
      return Object.is(value, -0) ? '-0.0' : JSON.stringify(value);
    default:
      return JSON.stringify(value);
  }
}

const objectText = (members: readonly (readonly [string, Field, unknown])[]): string =>
  `{${members.map(([name, { type }, value]) => `${JSON.stringify(name)}:${wireText(type, value)}`).join(',')}}`;

/** JSON has no word for the numbers that are not finite. */
const isSayable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isSayable)
    : typeof value !== 'number' || Number.isFinite(value);

test('operations of both services have such a body', () => {
  expect(withBody.length).toBeGreaterThan(20);
});

test.each(withBody)('$service.name $name: from JSON as from SOAP', (operation) => {
  const [result] = operation.reply.fields;
  if (!result) throw new Error('the operation has no result');
  fc.assert(
    fc.property(outputOf(operation, 'known').filter(isSayable), (output) => {
      const json = wireText(result.type, output);
      const fromSoap = decodeReply(operation, encodeReply(operation, output)).output;
      expect(told(decodeJson(operation, json))).toBe(told(fromSoap));
    }),
    effort(),
  );
});

test.each(withBody)('$service.name $name: what is written as JSON is read as the same', (operation) => {
  fc.assert(
    fc.property(outputOf(operation, 'known'), (output) => {
      const fromSoap = decodeReply(operation, encodeReply(operation, output)).output;
      expect(told(decodeJson(operation, encodeJson(operation, output)))).toBe(told(fromSoap));
    }),
    effort(),
  );
});
