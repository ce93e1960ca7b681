/**
 * What an integrator writes to read the same from the REST API: JSON.parse, and the dates made into Dates.
 */
export interface RestMessage {
  ChatMessageId: number;
  ChatSessionId: number;
  Type: string;
  Message: string | null;
  Author: string | null;
  ReadByCustomer: number;
  SpecialType: string;
  SpecialParam: string | null;
  WhenPosted: string | Date;
}

export function readRestMessages(body: Buffer): RestMessage[] {
  const messages = JSON.parse(body.toString('utf8')) as RestMessage[];
  for (const message of messages) message.WhenPosted = new Date(message.WhenPosted);
  return messages;
}
