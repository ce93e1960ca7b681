/**
 * Reads 1,000 messages with other libraries and with ours in one process.
 */
import { codec } from './built.js';
import { replyDocument } from './documents.js';
import { type Run, race, type Times } from './measure.js';
import { messagesOf } from './messages.js';
import { fastXmlParserReader, nodeSoapReader, saxesReader } from './readers.js';
import { firstDifference } from './same.js';
import { found } from './task.js';

export interface ReaderTimes {
  readonly times: Times<'ours' | 'saxes' | 'fastXmlParser' | 'nodeSoap'>;
  /** Where a library read something else than we did; undefined where nothing differs. */
  readonly differences: Readonly<Record<string, string | undefined>>;
}

const { Chat, decodeReply } = codec;
const operation = Chat.getChatMessages;
const document = replyDocument(operation, messagesOf(1000, 'mixed', 0), 'wcf');

const readers = {
  ours: (bytes: Buffer): unknown => decodeReply(operation, bytes).output,
  saxes: saxesReader(operation.service.namespace),
  fastXmlParser: fastXmlParserReader(),
  nodeSoap: await nodeSoapReader('wsdl/Chat.wsdl'),
};

const ours = readers.ours(document);
const differences = Object.fromEntries(
  Object.entries(readers).map(([name, read]) => [name, firstDifference(read(document), ours)]),
);
const run =
  (read: (bytes: Buffer) => unknown): Run =>
  () =>
    read(document);
const times = await race(
  {
    ours: run(readers.ours),
    saxes: run(readers.saxes),
    fastXmlParser: run(readers.fastXmlParser),
    nodeSoap: run(readers.nodeSoap),
  },
  { rounds: 9, round: 60, warmUp: 400 },
);
found({ times, differences } satisfies ReaderTimes);
