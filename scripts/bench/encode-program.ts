/**
 * Writes requests with other libraries and with ours in one process.
 */
import { codec } from './built.js';
import { type Run, race, type Times } from './measure.js';
import { requireSame } from './same.js';
import { found } from './task.js';
import { nodeSoapWriter, sample, type Write, xmlbuilderObjectWriter, xmlbuilderWriter } from './writers.js';

export type EncodeTimes = Times<'ours' | 'oursAsBytes' | 'json' | 'xmlbuilder2' | 'xmlbuilder2Object' | 'nodeSoap'>;

const { Chat, decodeRequest, encodeRequest } = codec;
const operation = Chat.getChatMessages;
const { applicationToken, ticket, zone } = sample;
const header = { applicationToken, credentials: { ticket }, timeZone: { soTimeZoneLocationCode: zone } };

const writers = {
  ours: (after: number) => encodeRequest(operation, { chatSessionId: sample.chatSessionId, after }, { header }),
  xmlbuilder2: xmlbuilderWriter(operation.service),
  xmlbuilder2Object: xmlbuilderObjectWriter(operation.service),
  nodeSoap: await nodeSoapWriter('wsdl/Chat.wsdl'),
};
for (const [name, write] of Object.entries(writers)) {
  const { input, header: parts } = decodeRequest([Chat], write(7));
  requireSame(name, { input, parts }, { input: { chatSessionId: sample.chatSessionId, after: 7 }, parts: header });
}

/** Every request asks for something else, as those of a program that follows a conversation do. */
const counting = (write: Write | ((after: number) => Buffer)): Run => {
  let after = 0;
  return () => write(after++);
};

const times = await race(
  {
    ours: counting(writers.ours),
    oursAsBytes: counting((after) => Buffer.from(writers.ours(after))),
    json: counting((after) => Buffer.from(JSON.stringify({ ChatSessionId: sample.chatSessionId, After: after }))),
    xmlbuilder2: counting(writers.xmlbuilder2),
    xmlbuilder2Object: counting(writers.xmlbuilder2Object),
    nodeSoap: counting(writers.nodeSoap),
  },
  { rounds: 9, warmUp: 300 },
);
found(times satisfies EncodeTimes);
