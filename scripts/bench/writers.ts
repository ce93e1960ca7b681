/**
 * How the request for messages is written with other libraries: the same header parts and the same body.
 */
import soap from 'soap';
import { create } from 'xmlbuilder2';
import type { Service } from '../../lib/codec/operation.js';

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

export const sample = {
  chatSessionId: 2347,
  applicationToken: 'Sample & Co 0123456789abcdef',
  ticket: '7T:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=',
  zone: 'NO',
};

export type Write = (after: number) => string;

/** Node by node, by namespace and name, which is the fastest that it does. */
export function xmlbuilderWriter({ namespace }: Service): Write {
  return (after) =>
    create()
      .ele(ENVELOPE, 's:Envelope')
      .ele(ENVELOPE, 's:Header')
      .ele(namespace, 'ApplicationToken')
      .txt(sample.applicationToken)
      .up()
      .ele(namespace, 'Credentials')
      .ele(namespace, 'Ticket')
      .txt(sample.ticket)
      .up()
      .up()
      .ele(namespace, 'TimeZone')
      .ele(namespace, 'SoTimeZoneLocationCode')
      .txt(sample.zone)
      .up()
      .up()
      .up()
      .ele(ENVELOPE, 's:Body')
      .ele(namespace, 'GetChatMessages')
      .ele(namespace, 'ChatSessionId')
      .txt(String(sample.chatSessionId))
      .up()
      .ele(namespace, 'After')
      .txt(String(after))
      .end({ headless: true });
}

/** From an object, which is the shortest to write for a programmer. */
export function xmlbuilderObjectWriter({ namespace }: Service): Write {
  return (after) => {
    const header = {
      ApplicationToken: { '@xmlns': namespace, '#': sample.applicationToken },
      Credentials: { '@xmlns': namespace, Ticket: sample.ticket },
      TimeZone: { '@xmlns': namespace, SoTimeZoneLocationCode: sample.zone },
    };
    const body = { GetChatMessages: { '@xmlns': namespace, ChatSessionId: sample.chatSessionId, After: after } };
    const envelope = { 's:Envelope': { '@xmlns:s': ENVELOPE, 's:Header': header, 's:Body': body } };
    return create(envelope).end({ headless: true });
  };
}

/** It writes an envelope only on the way to sending it, so it gets an HTTP client that keeps it. */
export async function nodeSoapWriter(wsdl: string): Promise<Write> {
  let envelope = '';
  const request = (_url: string, data: string): never => {
    envelope = data;
    return undefined as never;
  };
  const client = await soap.createClientAsync(wsdl, { httpClient: { request } });
  client.addSoapHeader({ ApplicationToken: sample.applicationToken }, '', 'tns');
  // Without the prefix its members would be in no namespace.
  client.addSoapHeader({ Credentials: { 'tns:Ticket': sample.ticket } }, '', 'tns');
  client.addSoapHeader({ TimeZone: { 'tns:SoTimeZoneLocationCode': sample.zone } }, '', 'tns');
  const ignore = (): void => {};
  return (after) => {
    client.GetChatMessages({ ChatSessionId: sample.chatSessionId, After: after }, ignore);
    return envelope;
  };
}
