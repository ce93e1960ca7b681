/**
 * What the reader remembers of earlier documents makes it faster, and nothing else: every document is read as a codec
 * reads it that was loaded for it alone.
 */
import fc from 'fast-check';
import { copyOfCodec } from './copy-of-codec.js';
import { corpus, type Sample } from './corpus.js';
import { effort } from './effort.js';
import { mutated } from './mutations.js';
import { decoded } from './outcomes.js';

const documents = corpus.map(({ document }) => document);

/** The outcome in a codec that has read nothing before. */
function alone(sample: Sample, document = sample.document): string {
  const copy = copyOfCodec();
  return decoded(copy, { Chat: copy.Chat, SoPrincipal: copy.SoPrincipal }, sample, document).text;
}

/** The outcomes in one codec that reads all of them, one after the other. */
function together(samples: readonly (readonly [Sample, Buffer])[]): string[] {
  const copy = copyOfCodec();
  const services = { Chat: copy.Chat, SoPrincipal: copy.SoPrincipal };
  return samples.map(([sample, document]) => decoded(copy, services, sample, document).text);
}

/** Good documents from the start of the corpus, where several are of one operation, and damaged ones. */
const good = corpus.slice(0, 24).map((sample) => [sample, sample.document] as const);
const damaged = Array.from({ length: 24 }, (_, index) => {
  const { index: of, bytes } = mutated(documents, good.length, 7_000_000 + index);
  return [corpus[of] as Sample, bytes] as const;
});

test('documents in any order, and as often as one likes, are read as each is read alone', () => {
  const samples = [...good, ...damaged];
  const expected = samples.map(([sample, document]) => alone(sample, document));
  fc.assert(
    fc.property(fc.array(fc.nat({ max: samples.length - 1 }), { maxLength: 60, size: 'max' }), (order) => {
      const read = together(order.map((index) => samples[index] as (typeof samples)[number]));
      expect(read).toStrictEqual(order.map((index) => expected[index]));
    }),
    effort(0.5),
  );
});

test('a document is held to the limits of its own call, whatever the limits were when its tags were first seen', () => {
  const { Chat, decodeReply, encodeReply } = copyOfCodec();
  const document = encodeReply(Chat.getChatMessages, [{ chatMessageId: 1, author: null }]);
  const codes = () =>
    [{ attributes: 1 }, { name: 10 }, { depth: 3 }, { bytes: 100 }].map((limits) => {
      try {
        return decodeReply(Chat.getChatMessages, document, { limits }).output;
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    });
  const before = codes();
  expect(before).toStrictEqual(['xml-limit', 'xml-limit', 'xml-limit', 'xml-limit']);
  expect(decodeReply(Chat.getChatMessages, document).output).toHaveLength(1);
  expect(codes()).toStrictEqual(before);
});
