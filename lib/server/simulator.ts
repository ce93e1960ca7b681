/**
 * An in-memory stand-in for the service.
 */

import { abortedBy, type Call, type Transport } from '../call.js';
import { encodeRequest } from '../codec/encode.js';
import { type Operation, qualifiedName, type ReplyHeader, type Wrapper } from '../codec/operation.js';
import { keyOf } from '../codec/schema.js';
import { Fault, isCallError } from '../errors.js';
import { completeMember, completeMembers } from './simulator/complete.js';
import { demoUsers, fillWithDemo } from './simulator/demo-company.js';
import { ticketRefused } from './simulator/faults.js';
import type { ChatHandlers } from './simulator/handlers.js';
import { messageHandlers } from './simulator/messages.js';
import { presenceHandlers } from './simulator/presence.js';
import { principalHandlers } from './simulator/principal.js';
import { queueHandlers } from './simulator/queue.js';
import { sessionHandlers } from './simulator/sessions.js';
import { createStore, type Store } from './simulator/store.js';
import { createTickets, type Tickets } from './simulator/tickets.js';
import { topicAgentHandlers } from './simulator/topic-agents.js';
import { topicHandlers } from './simulator/topics.js';
import { type SimulatorUser, type User, usersOf } from './simulator/users.js';

export type { SimulatorUser };

export interface SimulatorOptions {
  /** Where all time comes from; the system's clock if left out. */
  readonly clock?: () => Date;
  /** How long a ticket is valid after its last use, in milliseconds; six hours if left out, as the service documents. */
  readonly ticketLifetimeMs?: number;
  /** Users beside those of the demo company, and agents of all its topics. One of the same name takes a demo user's place. */
  readonly users?: readonly SimulatorUser[];
  /** The user name that AuthenticateImplicit signs in; it refuses everybody if left out. */
  readonly implicitUser?: string;
}

export interface Simulator extends Transport {
  /** Makes all tickets invalid, as a restart of the service may do. Access tokens stay valid. */
  readonly expireTickets: () => void;
}

/**
 * A transport that answers all operations of Chat and SoPrincipal itself. It is a stand-in for development and tests,
 * built from the published documentation and not from a running installation; where the documentation is silent, the
 * source says "Inferred". Each simulator has its own memory, which begins with the demo company "Fjellrad":
 *   - users `anna`, `joerg`, `mette`, `paal` and `zoe`, all with the password `demo`, and Anna's access token
 *     `8A:demo-anna`, which signs in or stands in the place of a ticket
 *   - topics 1 Sales, 2 Support and 3 Spare parts, where Anna is in the first two
 *   - sessions 41 to 43 finished, 44 live with customer, company and request, 45 live, 46 and 47 in the queue, 48
 *     offered to Anna by Mette, 49 given up; all dated back from the moment of creation
 *
 * A call with an input that the contract does not allow rejects with the InputError that the SOAP transport gives, a
 * refused one with a Fault. Application tokens are not checked, as on site.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { clock = () => new Date(), ticketLifetimeMs = 6 * 3_600_000, users: added = [], implicitUser } = options;
  const users = usersOf(demoUsers, added);
  const store = createStore(users, clock);
  const tickets = createTickets(users, clock, ticketLifetimeMs);
  fillWithDemo(store);

  const services = { Chat: chatHandlers(store), SoPrincipal: principalHandlers(users, tickets, implicitUser) };
  const answer = (call: Call): unknown => {
    const handler = handlerOf(services, call.operation);
    // The input is checked before anything else, as by a client that writes it.
    const input = inputOf(call);
    const caller = callerOf(tickets, call);
    return outputOf(call.operation.reply, handler(input, caller));
  };
  const transport: Transport = async (call) => {
    try {
      if (call.signal?.aborted) throw abortedBy(call.signal, 'not-sent');
      return { output: answer(call), header: replyHeader(call) };
    } catch (error) {
      if (isCallError(error)) error.operation ??= qualifiedName(call.operation);
      throw error;
    }
  };
  return Object.assign(transport, { expireTickets: tickets.expire });
}

/** One handler for each operation of Chat; the return type has the compiler check that all are there. */
function chatHandlers(store: Store): ChatHandlers {
  return {
    ...sessionHandlers(store),
    ...queueHandlers(store),
    ...messageHandlers(store),
    ...topicHandlers(store),
    ...topicAgentHandlers(store),
    ...presenceHandlers(store),
  };
}

/** What a handler is to the dispatch, which looks one up by name and so cannot know its types. */
type AnyHandler = (input: unknown, caller: User | undefined) => unknown;

function handlerOf(services: object, operation: Operation): AnyHandler {
  // The one place where a type is asserted: `inputOf` gives what the schema of the same operation says.
  const tables = services as Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>;
  const { service, name } = operation;
  const table = Object.hasOwn(tables, service.name) ? tables[service.name] : undefined;
  const handler = table && Object.hasOwn(table, keyOf(name)) ? table[keyOf(name)] : undefined;
  if (handler) return handler;
  throw new Fault('soap-fault', `There is no operation ${qualifiedName(operation)}`, {
    faultCode: 'ActionNotSupported',
  });
}

/** The user whose ticket a call carries. SoPrincipal needs none. */
function callerOf(tickets: Tickets, { operation, header }: Call): User | undefined {
  if (operation.service.name !== 'Chat') return undefined;
  const caller = tickets.userOf(header.credentials?.ticket);
  if (!caller) throw ticketRefused();
  return caller;
}

/** A complete copy of the input. Writing it as a request refuses whatever the contract does not allow. */
function inputOf({ operation, input }: Call): Record<string, unknown> {
  const { fields } = operation.request;
  const object = typeof input === 'object' && input !== null && !Array.isArray(input);
  // What a caller over the wire leaves out has the default of its type.
  encodeRequest(operation, (object ? { ...completeMembers(fields, {}), ...input } : input) as never);
  return completeMembers(fields, input);
}

/** A complete copy of what a handler gave: its value for a reply with one member, an object where there are several. */
function outputOf({ fields }: Wrapper, output: unknown): unknown {
  const [only, more] = fields;
  if (!only) return undefined;
  return more ? completeMembers(fields, output) : completeMember(only, output);
}

/** The time zone is repeated as it came; it changes no time, since all times state their own zone. */
function replyHeader({ header }: Call): ReplyHeader {
  return header.timeZone ? { succeeded: true, timeZone: { ...header.timeZone } } : { succeeded: true };
}
