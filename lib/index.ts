/**
 * The public surface of `services88-chat`: the client and the parts that it is made of.
 */
export {
  type Call,
  type ClosableTransport,
  type Deadline,
  type Interceptor,
  intercept,
  type Reply,
  signalOf,
  type Transport,
  type Until,
} from './call.js';
export { type ChatClient, type ChatClientOptions, createChatClient } from './chat.js';
export { type CallOptions, type Client, createClient, type FullReply, type Method } from './client.js';
export * from './codec.js';
export { deadline } from './interceptors/deadline.js';
export { type Credentials, obtainTicket } from './interceptors/login.js';
export { type Observation, type Observer, observe, trace } from './interceptors/observe.js';
export { isRetryable, type RetryOptions, retry } from './interceptors/retry.js';
export { type TicketOptions, ticket } from './interceptors/ticket.js';
export { type Reconciled, type ReconcileOptions, reconcile } from './reconcile.js';
export type { RestStyle } from './rest/endpoints.js';
export { fileTicketStore } from './tickets/file.js';
export { memoryTicketStore } from './tickets/memory.js';
export type { StoredTicket, TicketStore } from './tickets/store.js';
export type { HttpOptions, ReplyLimits, Timeouts } from './transports/http.js';
export { type RestTransportOptions, restTransport } from './transports/rest.js';
export { type SoapTransportOptions, soapTransport } from './transports/soap.js';
export type { TlsOptions } from './transports/tls.js';
