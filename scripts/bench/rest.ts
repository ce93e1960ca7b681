/**
 * What an integrator writes to read the same from the REST API: JSON.parse, and the dates made into Dates.
 */
type Members = Record<string, unknown>;

interface RestMessage {
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

export function readRestSession(body: Buffer): unknown {
  const session = JSON.parse(body.toString('utf8'));
  makeDates(session, ['WhenRequested', 'WhenStarted', 'WhenEnded', 'WhenIdle', 'WhenFetched']);
  makeDates(session.Project, ['Updated', 'PublishTo', 'PublishFrom']);
  makeDates(session.Sale, ['SaleDate', 'NextDueDate']);
  makeDates(session.Ticket, ['CreatedAt', 'LastChanged', 'ReadByOwner', 'ReadByCustomer', 'FirstReadByUser']);
  makeDates(session.Ticket, ['Activate', 'ClosedAt', 'RepliedAt', 'AlertTimeout', 'Deadline']);
  return session;
}

function makeDates(object: Members, names: readonly string[]): void {
  for (const name of names) object[name] = new Date(object[name] as string);
}
