/**
 * What is written is read again as it was, for every operation: any input, output and header parts.
 */
import fc from 'fast-check';
import {
  Chat,
  decodeReply,
  decodeRequest,
  type EncodeRequestOptions,
  encodeReply,
  encodeRequest,
  SoPrincipal,
} from '../../lib/codec.js';
import { inputOf, operations, outputOf, replyHeaderOf, requestHeaderOf } from './contract-values.js';
import { effort } from './effort.js';
import { told } from './told.js';

const layouts: readonly EncodeRequestOptions[] = [
  { version: '1.1' },
  { version: '1.2' },
  { style: 'sample' },
  { style: 'sample', version: '1.1' },
];

test('there are 36 operations', () => {
  expect(operations).toHaveLength(36);
});

describe.each(operations)('$service.name $name', (operation) => {
  test('a request is read as it was written, in both versions of SOAP and in both layouts', () => {
    fc.assert(
      fc.property(inputOf(operation), requestHeaderOf(operation), (input, header) => {
        for (const layout of layouts) {
          const document = encodeRequest(operation, input, { ...layout, header });
          const read = decodeRequest([Chat, SoPrincipal], document);
          expect(read.operation).toBe(operation);
          expect(read.version).toBe(layout.version ?? '1.2');
          expect(told(read.input)).toBe(told(input));
          expect(told(read.header)).toBe(told(header));
          const again = encodeRequest(operation, read.input as object, { ...layout, header: read.header });
          expect(again).toBe(document);
        }
      }),
      effort(),
    );
  });

  test('a reply is read as it was written, in both versions of SOAP', () => {
    fc.assert(
      fc.property(outputOf(operation), replyHeaderOf(operation), (output, header) => {
        for (const version of ['1.1', '1.2'] as const) {
          const document = encodeReply(operation, output, { version, header });
          const read = decodeReply(operation, document);
          expect(read.version).toBe(version);
          expect(told(read.output)).toBe(told(output));
          expect(told(read.header)).toBe(told(header));
          expect(encodeReply(operation, read.output, { version, header: read.header })).toBe(document);
          // A document is the same as text and as bytes of any encoding.
          const utf16 = Buffer.from(`\ufeff${document}`, 'utf16le');
          expect(told(decodeReply(operation, Buffer.from(document)))).toBe(told(read));
          expect(told(decodeReply(operation, utf16))).toBe(told(read));
          expect(told(decodeReply(operation, utf16.swap16()))).toBe(told(read));
        }
      }),
      effort(),
    );
  });
});
