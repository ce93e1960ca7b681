/**
 * Header blocks that a sender forbids to pass over.
 */
import { type Call, Chat, decodeRequest, encodeRequest, Fault, type Transport } from '../../../lib/index.js';
import { answering, post, sendRaw, withServer } from './raw-client.js';

type Version = '1.1' | '1.2';

const namespaces = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** A request with this block in its Header, which may use the prefixes `s`, `x`, and `h`, the contract's own. */
function requestWith(block: string, version: Version = '1.1'): string {
  const request = encodeRequest(
    Chat.getChatMessages,
    { chatSessionId: 1, after: 0 },
    { version, header: { applicationToken: 'app' } },
  );
  const withBlock = request.replace(/<\/[^>]*Header>/, (end) => `${block}${end}`);
  expect(withBlock).not.toBe(request);
  const declared = `xmlns:s="${namespaces[version]}" xmlns:h="${Chat.getChatMessages.service.namespace}" xmlns:x="urn:x"`;
  return withBlock.replace(/<[^>]*Header/, (start) => `${start} ${declared}`);
}

/** What a block leads to: `''` where the request is read, else the fault code. */
function outcomeOf(block: string, version: Version = '1.1', text = requestWith(block, version)): string {
  try {
    return decodeRequest([Chat], text).operation === Chat.getChatMessages ? '' : 'another operation';
  } catch (error) {
    if (error instanceof Fault) return error.faultCode;
    throw error;
  }
}

describe('a header block that nobody knows', () => {
  test.each<[Version, string]>([
    ['1.1', '<x:T s:mustUnderstand="1"/>'],
    ['1.1', '<x:T s:mustUnderstand=" 1 ">text</x:T>'],
    ['1.1', '<x:T s:mustUnderstand="&#49;"/>'],
    ['1.1', '<x:T s:mustUnderstand="1" s:actor=""/>'],
    ['1.1', '<x:T s:mustUnderstand="1" s:actor="http://schemas.xmlsoap.org/soap/actor/next"/>'],
    ['1.1', '<x:ApplicationToken s:mustUnderstand="1"/>'],
    ['1.2', '<x:T s:mustUnderstand="true"/>'],
    ['1.2', '<x:T s:mustUnderstand="1" s:role="http://www.w3.org/2003/05/soap-envelope/role/next"/>'],
    ['1.2', '<x:T s:mustUnderstand="1" s:role="http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"/>'],
  ])('and must be understood by this receiver is refused (SOAP %s): %s', (version, block) => {
    expect(outcomeOf(block, version)).toBe('MustUnderstand');
  });

  test.each<[Version, string]>([
    ['1.1', '<x:T/>'],
    ['1.1', '<x:T s:mustUnderstand="0"/>'],
    ['1.1', '<x:T mustUnderstand="1"/>'],
    ['1.1', '<x:T x:mustUnderstand="1"/>'],
    ['1.1', '<x:T s:mustUnderstand="1" s:actor="urn:other"/>'],
    ['1.1', '<x:T><x:U s:mustUnderstand="1"/></x:T>'],
    ['1.1', '<x:T>mustUnderstand</x:T>'],
    ['1.2', '<x:T s:mustUnderstand="false"/>'],
    ['1.2', '<x:T s:mustUnderstand="1" s:role="http://www.w3.org/2003/05/soap-envelope/role/none"/>'],
    ['1.2', '<x:T s:mustUnderstand="true" s:role="urn:other"/>'],
  ])('and need not be understood by it is passed over (SOAP %s): %s', (version, block) => {
    expect(outcomeOf(block, version)).toBe('');
  });
});

describe('the Header is read as far as it must be', () => {
  const mandatory = '<x:T s:mustUnderstand="1"/>';

  test.each([
    ['an element in between', `<x:A><x:B/>text<x:C></x:C></x:A>${mandatory}`],
    ['an element of the same name inside itself', `<x:A><x:A/><x:A></x:A></x:A>${mandatory}`],
    ['a ">" in attributes', `<x:A a='/>"' b="x:A>'"><x:B c="/>"/></x:A>${mandatory}`],
    ['a "/" at the end of an attribute', `<x:A a="/"><x:B/></x:A >${mandatory}`],
    ['comments that look like tags', `<!----><!--></x:A><x:A>--><x:A><!-- </x:A> "--></x:A>${mandatory}`],
    ['CDATA that looks like tags', `<x:A><![CDATA[</x:A>]]]]><![CDATA[]]></x:A>${mandatory}`],
    ['the end of the Header as text', `<x:A><![CDATA[</s:Header><s:Body>]]></x:A>${mandatory}`],
    ['a Body in a block', `<s:Body><s:Header></s:Header></s:Body>${mandatory}`],
    ['one that need not be understood', `<x:A s:mustUnderstand="0"></x:A>${mandatory}`],
    [
      'prefixes of their own',
      '<o:T xmlns:o="urn:o" xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" e:mustUnderstand="1"/>',
    ],
  ])('past %s', (_, blocks) => {
    expect(outcomeOf(blocks)).toBe('MustUnderstand');
  });

  test.each([
    ['a comment', `<!-- ${mandatory} -->`],
    ['CDATA', `<x:A><![CDATA[${mandatory}]]></x:A>`],
    ['an attribute', `<x:A a="s:mustUnderstand='1'"/>`],
    ['a block, deeper', `<x:A><x:B/><x:C>${mandatory}</x:C></x:A>`],
    [
      'a block whose prefix means something else',
      '<x:A><x:B xmlns:s="urn:s"/></x:A><x:T xmlns:s="urn:s" s:mustUnderstand="1"/>',
    ],
  ])('and not in %s', (_, blocks) => {
    expect(outcomeOf(blocks)).toBe('');
  });

  test('and not in what stands beside it or in the Body', () => {
    const beside = `<x:A s:mustUnderstand="1"/><x:B>${mandatory}</x:B>`;
    const text = requestWith('<x:T/>');
    const envelope = text.replace(/(<[^>]*Envelope[^>]*)>/, `$1 xmlns:x="urn:x">${beside}`);
    expect(envelope).toContain(`">${beside}`);
    expect(outcomeOf('', '1.1', envelope)).toBe('');
    const body = text.replace(/(<[^>]*Body)>/, '$1 xmlns:x="urn:x" s:mustUnderstand="1">');
    expect(outcomeOf('', '1.1', body)).toBe('');
  });

  test('so that the word alone makes a large request no more expensive', () => {
    const content = '<a/>'.repeat(500_000);
    const best = (word: string): number => {
      const document = Buffer.from(requestWith(`<x:T s:${word}="0">${content}</x:T>`));
      const times = [1, 2, 3].map(() => {
        const began = performance.now();
        decodeRequest([Chat], document);
        return performance.now() - began;
      });
      return Math.min(...times);
    };
    expect(best('mustUnderstand') / best('mustNotBeMissed')).toBeLessThan(2);
  });
});

test('a header block of the contract may have to be understood', () => {
  expect(outcomeOf('<h:TimeZone s:mustUnderstand="1"/>')).toBe('');
});

test('the encoding of the document makes no difference', () => {
  const text = requestWith('<x:T s:mustUnderstand="1"/>').replace(/^<\?xml[^>]*\?>/, '');
  const document = Buffer.from(`\ufeff<?xml version="1.0" encoding="utf-16"?>${text}`, 'utf16le');
  expect(() => decodeRequest([Chat], document)).toThrow(expect.objectContaining({ faultCode: 'MustUnderstand' }));
});

test('a server refuses such a request under 500, and does not execute it', async () => {
  const calls: Call[] = [];
  const transport: Transport = (call) => {
    calls.push(call);
    return answering(call);
  };
  await withServer(transport, {}, async ({ port }) => {
    const reply = await sendRaw(port, post(requestWith('<x:T s:mustUnderstand="1"/>'), 'Connection: close'));
    expect(reply).toMatch(/^HTTP\/1\.1 500 /);
    expect(reply).toContain('<faultcode>s:MustUnderstand</faultcode>');
    expect(reply).toContain('{urn:x}T');
  });
  expect(calls).toEqual([]);
});
