/**
 * `ticket`: logs in and prints the ticket.
 */
import { Command } from 'commander';
import { intercept } from '../call.js';
import { deadline } from '../interceptors/deadline.js';
import { obtainTicket } from '../interceptors/login.js';
import { retry } from '../interceptors/retry.js';
import { soapTransport } from '../transports/soap.js';
import { readEnvironment, UsageError } from './environment.js';

export const ticketCommand = (): Command =>
  new Command('ticket')
    .description(
      'Logs in and prints the ticket, as for SUPEROFFICE_TICKET. It is a secret, and lasts six hours from its last use.',
    )
    .action(async () => {
      const { baseUrl, credentials, applicationToken, allowInsecure } = readEnvironment();
      if (baseUrl === undefined) throw new UsageError('SUPEROFFICE_URL is not set, and REST gives no tickets');
      const header = applicationToken === undefined ? {} : { applicationToken };
      const transport = soapTransport({ baseUrl, header, allowInsecure });
      try {
        process.stdout.write(`${await obtainTicket(credentials, intercept(transport, deadline(60_000), retry()))}\n`);
      } finally {
        await transport.close();
      }
    });
