/**
 * `bridge`: callers of SOAP go on as they are, while their calls go out as REST, until it is interrupted.
 */
import { appendFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { intercept, type Transport } from '../call.js';
import type { Operation } from '../codec/operation.js';
import { RELEASES } from '../codec/release.js';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { deadline } from '../interceptors/deadline.js';
import { retry } from '../interceptors/retry.js';
import { shownCaller } from '../migrate/inventory/shown.js';
import type { BridgeRoute, ShadowedCall } from '../migrate.js';
import type { ServedCall } from '../server/http/served-call.js';
import { restTransport } from '../transports/rest.js';
import { type Routes, routeFor } from '../transports/route.js';
import { soapTransport } from '../transports/soap.js';
import { printable } from './conversation.js';
import { UsageError } from './environment.js';
import { address } from './numbers.js';
import { type Address, interrupted, tellError as onError, serving } from './serving.js';

interface Options {
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
    .option(
      '--listen <address>',
      'port to listen on, or host:port; any free port of this machine by default',
      address,
      { port: 0 },
    )
    .option('--rest <url>', 'the folder of the REST API, as https://host/SuperOffice/api; or SUPEROFFICE_REST_URL')
    .option('--soap <url>', 'the folder of the .svc files, for what goes over SOAP still')
    .option(
      '--route <routes>',
      'rest, soap or shadow: one for all, or as default=soap,getChatMessages=rest; what is not named is shadow with --soap',
      routes,
    )
    .addOption(new Option('--style <style>', 'how REST is called').choices(['agent', 'entity']).default('agent'))
    .addOption(
      new Option('--logins <how>', 'what a login by name and password becomes, where there is no --soap')
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
    .option('--allow-insecure', 'let credentials go over http: to another machine')
    .addHelpText('after', `\n${ABOUT}`)
    .action(run);

const ABOUT = `Callers of Services84 to Services88 are answered, in SOAP 1.1 and 1.2. The header x-served-by of each answer says who
answered. With the route "shadow" SOAP answers, and reads are made over REST as well, and compared. Tickets go to REST as
SOTicket. AuthenticateGeneric and GetSystemInfo, which REST cannot do, are faults without --soap; AuthenticateImplicit is
one always, since a Windows login belongs to a connection, which ends here. What listens here speaks http: put TLS in front
of it where others can listen in.
`;

async function run(options: Options): Promise<void> {
  const { listen, metrics: metricsAt, errors, route, soap: soapUrl, log } = options;
  const restUrl = options.rest ?? process.env.SUPEROFFICE_REST_URL;
  if (!restUrl) throw new UsageError('neither --rest nor SUPEROFFICE_REST_URL says where the REST API is');
  const [{ bridge, createMetrics, serveMetrics }, { serveSoap }] = await Promise.all([
    import('../migrate.js'),
    import('../server.js'),
  ]);
  requireTickets(options);
  const { open, close } = serving();
  const metrics = createMetrics();
  const over = <T extends Transport>(transport: T): Transport => intercept(transport, deadline(CALL_MS), retry());
  const rest = restTransport({ baseUrl: restUrl, ...restOptions(options) });
  const soap = soapUrl ? soapTransport({ baseUrl: soapUrl, ...insecure(options) }) : undefined;
  const differences = differencesTo(options.differences);
  const transport = bridge({
    rest: over(rest),
    ...(soap && { soap: over(soap) }),
    ...(route !== undefined && { routes: route }),
    sample: options.sample,
    // Who asks REST for one language knows that SOAP has all.
    ...(options.language !== undefined && { allowLanguage: true }),
    onComparison: (seen) => {
      metrics.onComparison(seen);
      if (!seen.equal) differences(seen);
    },
  });
  const onCall = (seen: ServedCall): void => {
    metrics.onCall(seen);
    if (log) console.error(lineOf(seen));
  };
  const server = await open(listen, (at) =>
    serveSoap([Chat, SoPrincipal], transport, {
      ...at,
      errors,
      versions: ['1.1', '1.2'],
      releases: RELEASES,
      illegalCharacters: 'replace',
      callMs: CALL_MS + 1000,
      onError,
      onCall,
    }),
  );
  const counted = metricsAt && (await open(metricsAt, (at) => serveMetrics(metrics, at)));
  process.stdout.write(`${server.baseUrl}\n${counted ? `${counted.url}\n` : ''}`);
  await interrupted();
  await close();
  for (const each of [transport, rest, soap]) await each?.close();
}

/** Milliseconds that a call has behind the bridge. */
const CALL_MS = 60_000;

const insecure = ({ allowInsecure }: Options) => ({ ...(allowInsecure && { allowInsecure }) });

const restOptions = ({ style, logins, language, includeTzOffset, ...options }: Options) => ({
  style,
  logins,
  ...(language !== undefined && { language }),
  ...(includeTzOffset && { includeTZOffset: true }),
  ...insecure(options as Options),
});

function lineOf({
  operation,
  style,
  release,
  servedBy,
  outcome,
  durationMs,
  userAgent = '-',
  address: from,
}: ServedCall) {
  const when = new Date().toISOString();
  const by = servedBy === undefined ? '' : ` by ${servedBy}`;
  return `${when} ${from ?? '-'} ${operation} ${style} Services${release}${by} ${outcome} ${Math.round(durationMs)} ms ${printable(shownCaller(userAgent)).replaceAll('\n', ' ').slice(0, 120)}`;
}

/** A ticket that a login over REST gets is known to the bridge alone, and of no use over SOAP. */
function requireTickets({ soap, route = {}, logins }: Options): void {
  const overRest = (operation: Operation): boolean =>
    routeFor(route, operation, { logins: 'soap', others: 'shadow' }) === 'rest';
  if (!soap || logins !== 'basic' || !overRest(SoPrincipal.authenticateUsernamePassword)) return;
  if (Object.values(Chat).every(overRest)) return;
  throw new UsageError(
    'SOAP knows nothing of the tickets that logins over REST give, unless with --logins access-token',
  );
}

/**
 * What differs is told in a line, and written to the file where there is one.
 * @throws UsageError for a file that cannot be written
 */
function differencesTo(file: string | undefined): (seen: ShadowedCall) => void {
  if (file) appendTo(file, '');
  return ({ operation, input, differences, folded }) => {
    const when = new Date().toISOString();
    const [first] = differences;
    console.error(
      `${when} ${operation}: REST would have answered otherwise, ${differences.length} differences, the first at ${printable(first?.path || 'its result')}`,
    );
    if (file) appendTo(file, `${JSON.stringify({ when, operation, input, differences, folded })}\n`);
  };
}

function appendTo(file: string, text: string): void {
  try {
    appendFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`--differences ${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}

function routes(text: string): Routes<BridgeRoute> {
  if (!text.includes('=')) return text as BridgeRoute;
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [method = '', name = '', more] = part.split('=').map((each) => each.trim());
      if (!method || !name || more !== undefined)
        throw new InvalidArgumentError(`${JSON.stringify(part)} is no method=route.`);
      return [method, name];
    }),
  );
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It is not a number from 0 to 1.');
  return value;
}
