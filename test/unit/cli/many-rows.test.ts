import { renderMessages, renderSessions } from '../../../lib/cli/conversation.js';
import { renderInventory } from '../../../lib/cli/inventory-table.js';
import type { ChatMessage, ChatSessionEntity } from '../../../lib/index.js';
import type { Inventory, LogRead } from '../../../lib/migrate.js';

/** More than a call may have arguments. */
const COUNT = 200_000;

const many = <Row>(rowOf: (index: number) => object): Row[] =>
  Array.from({ length: COUNT }, (_, index) => rowOf(index) as Row);

const lines = (text: string): string[] => text.split('\n').slice(0, -1);

test('a table may have very many rows, in columns as wide as the widest', () => {
  const sessions = many<ChatSessionEntity>((index) => ({ chatSessionId: index, status: 'InQueue' }));
  expect(lines(renderSessions(sessions))).toHaveLength(COUNT + 1);
  expect(lines(renderSessions(sessions))[COUNT]).toBe('199999   InQueue');
  const logs = many<LogRead>((index) => ({
    file: `${index}.log`,
    format: 'IIS',
    requests: index,
    calls: 0,
    unreadable: 0,
  }));
  const inventory = { operations: [], callers: [], logs, unreadable: [], complete: true, otherRequests: {} };
  const table = lines(renderInventory(inventory as unknown as Inventory));
  expect(table.slice(-COUNT)[1]).toBe('1.log       IIS            1');
});

test('so may a conversation, and a message have very many lines', () => {
  const messages = many<ChatMessage>((index) => ({ chatMessageId: index, author: 'Kari', message: 'a' }));
  expect(lines(renderMessages(messages))).toHaveLength(COUNT);
  const long = [{ chatMessageId: 1, author: 'Kari', message: 'a\n'.repeat(COUNT) } as ChatMessage];
  expect(lines(renderMessages(long)).length).toBeGreaterThanOrEqual(COUNT);
});
