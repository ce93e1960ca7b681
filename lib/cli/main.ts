#!/usr/bin/env node
/**
 * The command line. Data goes to stdout, everything else to stderr.
 */
import { readFileSync } from 'node:fs';
import { Command, type CommanderError } from 'commander';
import { bridgeCommand } from './bridge.js';
import { exitCodes, report } from './failure.js';
import { inventoryCommand } from './inventory.js';
import { messagesCommand } from './messages.js';
import { parityCommand } from './parity.js';
import { sendCommand } from './send.js';
import { sessionsCommand } from './sessions.js';
import { simulateCommand } from './simulate.js';
import { ticketCommand } from './ticket.js';
import { translateCommand } from './translate.js';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

const program = new Command('services88-chat')
  .version(version)
  .description(
    'Calls the Chat service of a SuperOffice installation, over SOAP or REST, and helps to move from one to the other.',
  )
  .addHelpText('after', () => `\n${ENVIRONMENT}\n${exitCodes}`)
  .showHelpAfterError('Run with --help for the commands.')
  .exitOverride(endWithUsage);

const ENVIRONMENT = `Environment:
  SUPEROFFICE_URL                the folder with the .svc files, as https://host/Remote/Services88
  SUPEROFFICE_REST_URL           the folder of the REST API, as https://host/SuperOffice/api; calls go there where
                                 SUPEROFFICE_URL is not set
  SUPEROFFICE_USER               user name to log in with
  SUPEROFFICE_PASSWORD           password; never taken from the command line
  SUPEROFFICE_PASSWORD_FILE      a file with the password, instead
  SUPEROFFICE_TICKET             a ticket, instead of user name and password
  SUPEROFFICE_TICKET_STORE       a folder that keeps the ticket from one run to the next, readable by you alone
  SUPEROFFICE_ALLOW_INSECURE     1 lets credentials go over http: to another machine
  SUPEROFFICE_APPLICATION_TOKEN  for SuperOffice's hosted service only
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS have their usual meanings.
`;

/** One form for all that goes wrong. */
const output = {
  outputError: (text: string, write: (text: string) => void) => write(text.replace(/^error:/, 'services88-chat:')),
};
program.configureOutput(output);

const commands = [
  messagesCommand, //
  sessionsCommand,
  sendCommand,
  ticketCommand,
  simulateCommand,
  bridgeCommand,
  translateCommand,
  inventoryCommand,
  parityCommand,
];

for (const command of commands) {
  program.addCommand(
    command()
      .showHelpAfterError('Run with --help for how it is used.')
      .exitOverride(endWithUsage)
      .configureOutput(output),
  );
}

// A reader that has seen enough, as head(1), ends the program without a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  console.error(`services88-chat: stdout cannot be written: ${error.message}`);
  process.exit(1);
});

program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});

/** What commander would end with 1 is a matter of usage; help that was asked for is none. */
function endWithUsage({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : 2);
}
