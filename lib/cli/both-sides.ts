/**
 * Both APIs of the installation that the environment names, with one login for both.
 */
import { createHash } from 'node:crypto';
import { type Interceptor, intercept, type Transport } from '../call.js';
import { deadline } from '../interceptors/deadline.js';
import { retry } from '../interceptors/retry.js';
import { ticket } from '../interceptors/ticket.js';
import { memoryTicketStore } from '../tickets/memory.js';
import { type BaseUrl, parseBaseUrl, REST_FOLDER } from '../transports/base-url.js';
import { restTransport } from '../transports/rest.js';
import { soapTransport } from '../transports/soap.js';
import { readEnvironment, UsageError } from './environment.js';

export interface BothOptions {
  readonly soap?: string;
  readonly rest?: string;
  readonly style?: 'agent' | 'entity';
}

export interface BothSides {
  readonly soap: Transport;
  readonly rest: Transport;
  /** The addresses, whose paths may name a tenant, without anything that could be a secret. */
  readonly names: { readonly soap: string; readonly rest: string };
  /** Tells those apart who call, without saying who they are: of a ticket, that it is another. */
  readonly user: string;
  /** The last error of a side, for one that cannot be used. */
  readonly lastError: (side: 'soap' | 'rest') => unknown;
  readonly close: () => Promise<void>;
}

/** The login goes over SOAP, and its ticket to both. */
export function openBothSides({ soap, rest, style }: BothOptions): BothSides {
  const given = { ...(soap !== undefined && { SUPEROFFICE_URL: soap }), ...(rest && { SUPEROFFICE_REST_URL: rest }) };
  const { baseUrl, restUrl, ...installation } = readEnvironment({ ...process.env, ...given });
  const { credentials, applicationToken, allowInsecure, ticketStore } = installation;
  if (!baseUrl) throw new UsageError('neither --soap nor SUPEROFFICE_URL says where the .svc files are');
  if (!restUrl) throw new UsageError('neither --rest nor SUPEROFFICE_REST_URL says where the REST API is');
  const shared = { allowInsecure, header: applicationToken === undefined ? {} : { applicationToken } };
  const wires = {
    soap: soapTransport({ ...shared, baseUrl }),
    rest: restTransport({ ...shared, baseUrl: restUrl, style }),
  };
  const errors: { soap?: unknown; rest?: unknown } = {};
  const remembering =
    (side: 'soap' | 'rest'): Interceptor =>
    (next) =>
    async (call) => {
      try {
        return await next(call);
      } catch (error) {
        errors[side] = error;
        throw error;
      }
    };
  const names = {
    soap: nameOf(parseBaseUrl(baseUrl, undefined)),
    rest: nameOf(parseBaseUrl(restUrl, undefined, REST_FOLDER)),
  };
  const store = 'ticket' in credentials ? undefined : (ticketStore ?? memoryTicketStore());
  const login = ticket(credentials, { store, endpoint: `${names.soap} ${applicationToken ?? ''}` });
  const side = (name: 'soap' | 'rest'): Transport => {
    const wire: Transport = (call) => (call.operation.service.name === 'Chat' ? wires[name] : wires.soap)(call);
    return intercept(wire, remembering(name), deadline(60_000), retry(), login);
  };
  return {
    soap: side('soap'),
    rest: side('rest'),
    names,
    user: digestOf(names.soap, 'userName' in credentials ? credentials.userName : JSON.stringify(credentials)),
    lastError: (name) => errors[name],
    close: async () => {
      await Promise.all([wires.soap.close(), wires.rest.close()]);
    },
  };
}

const nameOf = ({ origin, path }: BaseUrl): string => origin + path;

/** Of this installation alone, so that the same name elsewhere is not known by it. */
const digestOf = (installation: string, who: string): string =>
  createHash('sha256')
    .update(JSON.stringify([installation, who]))
    .digest('hex')
    .slice(0, 16);
