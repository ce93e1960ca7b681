/**
 * What this project reads and writes, other parsers read and another builder writes: in the project's own layouts, and in
 * any other form that means the same.
 */
import fc from 'fast-check';
import {
  Chat,
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
  type Operation,
  parseXml,
  SoPrincipal,
} from '../../lib/codec.js';
import { builtRequest } from './built-request.js';
import { inputOf, operations, outputOf, replyHeaderOf, requestHeaderOf } from './contract-values.js';
import { effort } from './effort.js';
import { interpretReply, interpretRequest } from './meaning-of-envelope.js';
import { forms, restyled } from './restyle.js';
import { told } from './told.js';
import { fastXmlTree, outline, saxesTree } from './trees.js';

const services = [Chat, SoPrincipal];

/** Expects the three parsers to find the same names and texts at the same paths, and gives the tree of one of them. */
function agreedTree(document: string) {
  const tree = saxesTree(document);
  expect(outline(parseXml(document))).toBe(outline(tree));
  expect(outline(fastXmlTree(document))).toBe(outline(tree));
  return tree;
}

const readRequest = (document: string) => {
  const { operation, ...read } = decodeRequest(services, document);
  return told({ ...read, operation: operation.name });
};

test('the other forms are what servers differ in', () => {
  const tree = saxesTree(
    encodeRequest(Chat.transferChatSession, { chatSessionId: 1, toAssociate: 'a\r\nb & <c> "d\'' }),
  );
  const all = fc.sample(forms, { numRuns: 200, seed: 1 }).map((form) => restyled(tree, form));
  for (const sign of [
    '<?xml',
    '<![CDATA[',
    '<!--',
    '&#x',
    '&#38;',
    '&apos;',
    '&quot;',
    'soap:',
    'xmlns="',
    "='",
    ':type=',
    '\r\n',
  ]) {
    expect([sign, all.some((document) => document.includes(sign))]).toEqual([sign, true]);
  }
});

describe.each(operations)('$service.name $name', (operation: Operation) => {
  test('other parsers find the same texts in a request, and the input follows from them', () => {
    const style = fc.constantFrom('wsdl' as const, 'sample' as const);
    fc.assert(
      fc.property(inputOf(operation), requestHeaderOf(operation), style, forms, (input, header, style, form) => {
        const document = encodeRequest(operation, input, { header, style });
        const tree = agreedTree(document);
        const restyledDocument = restyled(tree, form);
        const meaning = told(interpretRequest(services, agreedTree(restyledDocument)));
        expect(meaning).toBe(told(interpretRequest(services, tree)));
        expect(readRequest(document)).toBe(meaning);
        expect(readRequest(restyledDocument)).toBe(meaning);
      }),
      effort(),
    );
  });

  test('other parsers find the same texts in a reply, and the output follows from them', () => {
    fc.assert(
      fc.property(outputOf(operation), replyHeaderOf(operation), forms, (output, header, form) => {
        const document = encodeReply(operation, output, { header });
        const tree = agreedTree(document);
        const restyledDocument = restyled(tree, form);
        const meaning = told(interpretReply(operation, agreedTree(restyledDocument)));
        expect(meaning).toBe(told({ output, header, version: '1.1' }));
        expect(told(decodeReply(operation, document))).toBe(meaning);
        expect(told(decodeReply(operation, restyledDocument))).toBe(meaning);
      }),
      effort(),
    );
  });

  test('a builder of XML makes the same request of the same elements', () => {
    fc.assert(
      fc.property(inputOf(operation), requestHeaderOf(operation), (input, header) => {
        const own = encodeRequest(operation, input, { header });
        const built = builtRequest(operation, input, header);
        expect(outline(saxesTree(own))).toBe(outline(saxesTree(built)));
      }),
      effort(0.3),
    );
  });
});
