/**
 * `sessions`: the sessions of the user's topics.
 */
import { Command } from 'commander';
import { printableJson, renderSessions } from './conversation.js';
import { withClient } from './environment.js';

export const sessionsCommand = (): Command =>
  new Command('sessions')
    .description('Lists the sessions in the topics that the user belongs to.')
    .option('--json', 'print them as JSON; session keys, which are secrets, are left out')
    .action(async ({ json }: { json?: boolean }) => {
      const sessions = (await withClient((chat) => chat.chatSessionsForUser())) ?? [];
      const withoutKeys = sessions.map((session) => session && { ...session, sessionKey: undefined });
      process.stdout.write(json ? printableJson(withoutKeys) : renderSessions(sessions));
    });
