/**
 * `bridge`: callers of SOAP go on as they are, while their calls go out as REST, until it is interrupted.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { BridgeRoute } from '../migrate.js';
import type { Routes } from '../transports/route.js';
import { address } from './numbers.js';
import type { Address } from './serving.js';

export interface BridgeCommandOptions {
  readonly listen: Address;
  readonly rest?: string;
  readonly soap?: string;
  readonly route?: Routes<BridgeRoute>;
  readonly style: 'agent' | 'entity';
  readonly logins: 'basic' | 'access-token';
  readonly errors: 'exception-info' | 'soap-fault';
  readonly language?: string;
  readonly includeTzOffset?: boolean;
  readonly sample: number;
  readonly differences?: string;
  readonly metrics?: Address;
  readonly log?: boolean;
  readonly allowInsecure?: boolean;
}

export const bridgeCommand = (): Command =>
  new Command('bridge')
    .description(
      'Answers callers of Chat.svc and SoPrincipal.svc while their calls go out as REST, and prints the URL for them.',
    )
    .addOption(
      new Option('--listen <address>', 'port to listen on, for this machine alone, or host:port, as 0.0.0.0:8088')
        .argParser(address)
        .default({ port: 0 }, 'any free port'),
    )
    .option('--rest <url>', 'the folder of the REST API, as https://host/SuperOffice/api; or SUPEROFFICE_REST_URL')
    .option('--soap <url>', 'the folder of the .svc files, for what goes over SOAP still')
    .option(
      '--route <routes>',
      'rest, soap or shadow: one for all, or as default=soap,getChatMessages=rest; what is not named is shadow with --soap, else rest',
      routes,
    )
    .addOption(new Option('--style <style>', 'how REST is called').choices(['agent', 'entity']).default('agent'))
    .addOption(
      new Option('--logins <how>', 'what a login by name and password becomes where it goes over REST')
        .choices(['basic', 'access-token'])
        .default('basic'),
    )
    .addOption(
      new Option('--errors <form>', 'how refusals are told')
        .choices(['exception-info', 'soap-fault'])
        .default('exception-info'),
    )
    .option('--language <code>', 'language of texts that have several, which SOAP gives raw')
    .option('--include-tz-offset', 'have REST write the offset of times')
    .option('--sample <share>', 'which part of shadowed reads is compared, from 0 to 1', share, 1)
    .option('--differences <file>', 'append what differs to this file, a line of JSON each')
    .option('--metrics <address>', 'serve counts on this port: /metrics for Prometheus, /metrics.json', address)
    .option('--log', 'write a line for each call to stderr')
    .option('--allow-insecure', 'let credentials go over http: to another machine; or SUPEROFFICE_ALLOW_INSECURE=1')
    .addHelpText('after', `\n${ABOUT}`)
    .action(async (options: BridgeCommandOptions) => {
      // Nothing of it is loaded for the other commands.
      const { runBridge } = await import('./bridge-run.js');
      await runBridge(options);
    });

const ABOUT = `Callers of Services84 to Services88 are answered, in SOAP 1.1 and 1.2. The header x-served-by of each answer says who
answered. With the route "shadow" SOAP answers, and reads are made over REST as well, and compared. Tickets go to REST as
SOTicket. AuthenticateGeneric and GetSystemInfo, which REST cannot do, are faults without --soap; AuthenticateImplicit is
one always, since a Windows login belongs to a connection, which ends here. What listens here speaks http: put TLS in front
of it where others can listen in.
`;

function routes(text: string): Routes<BridgeRoute> {
  if (!text.includes('=')) return text as BridgeRoute;
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [method = '', name = '', more] = part.split('=').map((each) => each.trim());
      if (!method || !name || more !== undefined)
        throw new InvalidArgumentError(`${JSON.stringify(part)} is no method=route.`);
      // Operations are named as in logs, Chat.GetChatMessages, as well.
      const key = method.replace(/^\w+\./, '');
      return [key.charAt(0).toLowerCase() + key.slice(1), name];
    }),
  );
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It is not a number from 0 to 1.');
  return value;
}
