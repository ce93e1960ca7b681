/**
 * `send SESSION TEXT`: a message to the customer.
 */
import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { UsageError, withClient } from './environment.js';
import { id } from './numbers.js';

export const sendCommand = (): Command =>
  new Command('send')
    .description('Sends a message to the customer of a session, and prints the id that it got.')
    .argument('<session>', 'id of the session', id)
    .argument('<text>', 'the message; - reads it from stdin')
    .action(async (chatSessionId: number, text: string) => {
      const message = text === '-' ? (await readAll(process.stdin)).replace(/\n$/, '') : text;
      if (message.trim() === '') throw new UsageError('the message is empty');
      const stored = await withClient((chat) =>
        chat.addChatMessage({ chatSessionId, message: { chatSessionId, type: 'ToCustomer', message } }),
      );
      process.stdout.write(`${stored?.chatMessageId ?? ''}\n`);
    });
