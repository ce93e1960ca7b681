#!/usr/bin/env node
/**
 * The command line. Data goes to stdout, everything else to stderr.
 */
import { Command } from 'commander';
import { exitCodes, report } from './failure.js';
import { messagesCommand } from './messages.js';
import { sendCommand } from './send.js';
import { sessionsCommand } from './sessions.js';
import { simulateCommand } from './simulate.js';
import { ticketCommand } from './ticket.js';

const program = new Command('services88-chat')
  .description('Calls the Chat service (Services88, SOAP) of a SuperOffice installation.')
  .addHelpText('after', () => `\n${ENVIRONMENT}\n${exitCodes}`)
  .showHelpAfterError('Run with --help for the commands.');

const ENVIRONMENT = `Environment:
  SUPEROFFICE_URL                the folder with the .svc files, as https://host/Remote/Services88
  SUPEROFFICE_USER               user name to log in with
  SUPEROFFICE_PASSWORD           password; never taken from the command line
  SUPEROFFICE_TICKET             a ticket, instead of user name and password
  SUPEROFFICE_APPLICATION_TOKEN  for SuperOffice's hosted service only
`;

for (const command of [messagesCommand, sessionsCommand, sendCommand, ticketCommand, simulateCommand]) {
  program.addCommand(command());
}

// A reader that has seen enough, as \`head\`, ends the program without a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});
