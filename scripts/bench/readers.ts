/**
 * How messages are read with other libraries, as fast as they allow without leaving anything out: each gives the same
 * objects that we give, dates and numbers included.
 */
import { XMLParser } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';
import soap from 'soap';

type Texts = Readonly<Record<string, string | null | undefined>>;

/** The objects of a message's element texts; null stands for nil. */
const messageOf = (texts: Texts) => ({
  chatMessageId: Number(texts.ChatMessageId),
  chatSessionId: Number(texts.ChatSessionId),
  type: texts.Type,
  message: texts.Message,
  author: texts.Author,
  readByCustomer: Number(texts.ReadByCustomer),
  specialType: texts.SpecialType,
  specialParam: texts.SpecialParam,
  whenPosted: new Date(texts.WhenPosted ?? Number.NaN),
});

export function fastXmlParserReader(): (document: Buffer) => unknown {
  const parser = new XMLParser({
    ignoreAttributes: false,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'ChatMessage',
  });
  const textOf = (value: string | { '@_nil'?: string; '#text'?: string } | undefined): string | null | undefined =>
    typeof value === 'object' ? (value['@_nil'] === 'true' ? null : value['#text']) : value;
  return (document) => {
    const parsed = parser.parse(document.toString('utf8'));
    const items: Record<string, string>[] = parsed.Envelope.Body.GetChatMessagesResponse.Response.ChatMessage;
    return items.map((item) =>
      messageOf(Object.fromEntries(Object.entries(item).map(([name, value]) => [name, textOf(value)]))),
    );
  };
}

const isNil = (attributes: readonly { readonly local: string; readonly value: string }[]): boolean =>
  attributes.some(({ local, value }) => local === 'nil' && value === 'true');

/** Checks namespaces, as a reader that can be trusted has to. */
export function saxesReader(namespace: string): (document: Buffer) => unknown {
  return (document) => {
    const messages: unknown[] = [];
    let current: Record<string, string | null> | undefined;
    let text = '';
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ uri, local, attributes }) => {
      text = '';
      if (uri !== namespace) return;
      if (local === 'ChatMessage') current = {};
      else if (current && isNil(Object.values(attributes))) current[local] = null;
    });
    parser.on('text', (run) => {
      text += run;
    });
    parser.on('closetag', ({ uri, local }) => {
      if (uri !== namespace || !current) return;
      if (local === 'ChatMessage') {
        messages.push(messageOf(current));
        current = undefined;
      } else if (current[local] !== null) current[local] = text;
    });
    parser.write(document.toString('utf8')).close();
    return messages;
  };
}

interface NodeSoapReply {
  readonly Body: {
    readonly GetChatMessagesResponse: {
      readonly Response: { readonly ChatMessage: readonly Record<string, unknown>[] };
    };
  };
}

/** Its own objects already have numbers and dates; they are left as they are. */
export async function nodeSoapReader(wsdl: string): Promise<(document: Buffer) => unknown> {
  const client = await soap.createClientAsync(wsdl);
  return (document) => {
    const envelope: NodeSoapReply = client.wsdl.xmlToObject(document.toString('utf8'));
    return envelope.Body.GetChatMessagesResponse.Response.ChatMessage;
  };
}
