/**
 * The bridge at work: what it is made of, from start to end.
 */
import { type ClosableTransport, intercept, type Transport } from '../call.js';
import type { Operation } from '../codec/operation.js';
import { RELEASES } from '../codec/release.js';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { deadline } from '../interceptors/deadline.js';
import { retry } from '../interceptors/retry.js';
import { type Bridge, bridge, createMetrics, type Metrics, serveMetrics } from '../migrate.js';
import { serveSoap } from '../server.js';
import { parseBaseUrl, REST_FOLDER, requireSecure } from '../transports/base-url.js';
import { restTransport } from '../transports/rest.js';
import { routeFor } from '../transports/route.js';
import { soapTransport } from '../transports/soap.js';
import type { BridgeCommandOptions } from './bridge.js';
import { differencesTo, lineOf } from './bridge-report.js';
import { UsageError } from './environment.js';
import { type Address, interrupted, tellError as onError, serving } from './serving.js';

export async function runBridge(options: BridgeCommandOptions): Promise<void> {
  const { rest, soap } = sidesOf(options);
  const { open, close } = serving();
  const metrics: Metrics = createMetrics({ comparisons: () => transport.comparisons() });
  const transport = bridgeOver(rest, soap, options, metrics);
  const server = await open(options.listen, (at) => serve(transport, options, metrics, at));
  const counted = options.metrics && (await open(options.metrics, (at) => serveMetrics(metrics, at)));
  process.stdout.write(`${server.baseUrl}\n${counted ? `${counted.url}\n` : ''}`);
  await interrupted();
  await Promise.all([close(), endOf(transport)]);
  // What is still under way is given up with the process.
  process.exit();
}

interface Sides {
  readonly rest: ClosableTransport;
  readonly soap: ClosableTransport | undefined;
}

/** @throws UsageError, and InputError, for what would fail with each call */
function sidesOf(options: BridgeCommandOptions): Sides {
  const { soap, style, logins, language, includeTzOffset } = options;
  const restUrl = options.rest ?? process.env.SUPEROFFICE_REST_URL;
  if (!restUrl) throw new UsageError('neither --rest nor SUPEROFFICE_REST_URL says where the REST API is');
  const allowInsecure = options.allowInsecure || /^(?:1|true)$/i.test(process.env.SUPEROFFICE_ALLOW_INSECURE ?? '');
  requireSecure(parseBaseUrl(restUrl, undefined, REST_FOLDER), allowInsecure);
  if (soap) requireSecure(parseBaseUrl(soap, undefined), allowInsecure);
  requireRoutes(options);
  const asked = { style, logins, ...(language && { language }), ...(includeTzOffset && { includeTZOffset: true }) };
  return {
    rest: restTransport({ baseUrl: restUrl, allowInsecure, ...asked }),
    soap: soap ? soapTransport({ baseUrl: soap, allowInsecure }) : undefined,
  };
}

/** A ticket that a login over REST gets is known to the bridge alone, and of no use over SOAP. */
function requireRoutes({ soap, route = {}, logins }: BridgeCommandOptions): void {
  const named = typeof route === 'string' ? [route] : Object.values(route);
  const overSoap = named.find((name) => name === 'soap' || name === 'shadow');
  if (overSoap && !soap) throw new UsageError(`the route ${overSoap} needs --soap`);
  const overRest = (operation: Operation): boolean =>
    routeFor(route, operation, { logins: 'soap', others: 'shadow' }) === 'rest';
  if (!soap || logins !== 'basic' || !overRest(SoPrincipal.authenticateUsernamePassword)) return;
  if (Object.values(Chat).every(overRest)) return;
  throw new UsageError(
    'SOAP knows nothing of the tickets that logins over REST give, unless with --logins access-token',
  );
}

function bridgeOver(
  rest: Transport,
  soap: Transport | undefined,
  { route, sample, language, differences: file }: BridgeCommandOptions,
  metrics: Metrics,
): Bridge {
  const tell = differencesTo(file);
  const over = (transport: Transport): Transport => intercept(transport, deadline(CALL_MS), retry());
  return bridge({
    rest: over(rest),
    ...(soap && { soap: over(soap) }),
    ...(route !== undefined && { routes: route }),
    sample,
    // Who asks REST for one language knows that SOAP has all.
    ...(language !== undefined && { allowLanguage: true }),
    onComparison: (seen) => {
      metrics.onComparison(seen);
      if (!seen.equal) tell(seen);
    },
  });
}

/** Milliseconds that a call has behind the bridge. */
const CALL_MS = 60_000;

const serve = (transport: Transport, { errors, log }: BridgeCommandOptions, metrics: Metrics, at: Address) =>
  serveSoap([Chat, SoPrincipal], transport, {
    ...at,
    errors,
    versions: ['1.1', '1.2'],
    releases: RELEASES,
    illegalCharacters: 'replace',
    callMs: CALL_MS + 1000,
    onError,
    onCall: (seen) => {
      metrics.onCall(seen);
      if (log) console.error(lineOf(seen));
    },
  });

/** Waits for comparisons under way, though not as long as they may take. */
async function endOf(transport: Bridge): Promise<void> {
  const { pending } = transport.comparisons();
  if (pending === 0) return;
  console.error(`Waiting up to ${WAIT_MS / 1000} s for ${pending} comparisons; Ctrl-C ends it at once.`);
  await Promise.race([transport.close(), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
}

const WAIT_MS = 5000;
