/**
 * `messages SESSION`: the messages of one session.
 */
import { Command } from 'commander';
import { printableJson, renderMessages } from './conversation.js';
import { withClient } from './environment.js';
import { id } from './numbers.js';

export const messagesCommand = (): Command =>
  new Command('messages')
    .description('Prints the messages of a session.')
    .argument('<session>', 'id of the session', id)
    .option('--after <id>', 'only messages with a higher id', id, 0)
    .option('--json', 'print them as JSON')
    .action(async (chatSessionId: number, { after, json }: { after: number; json?: boolean }) => {
      const messages = (await withClient((chat) => chat.getChatMessages({ chatSessionId, after }))) ?? [];
      process.stdout.write(json ? printableJson(messages) : renderMessages(messages));
      if (messages.length === 0) console.error('There are no messages.');
    });
