/**
 * The client as a collection of fault cases drives it: names as on the wire, and errors by the role that they have.
 */
import { Chat, createClient, deadline, intercept, isCallError, retry, soapTransport, ticket } from 'services88-chat';

export const name = 'services88-chat';

/** A client of the Chat.svc at `endpoint` that logs in at `loginEndpoint`, which may be on another server. */
export async function makeClient({ endpoint, loginEndpoint, userName, password, applicationToken, limits }) {
  const options = {
    header: { applicationToken },
    // The servers of the cases know neither https nor proxies.
    allowInsecure: true,
    proxy: false,
    timeouts: { headers: limits.headersTimeoutMs, idle: limits.bodyIdleTimeoutMs },
    limits: { replyBytes: limits.maxResponseBytes, depth: limits.maxDepth },
  };
  const chat = soapTransport({ ...options, baseUrl: folderOf(endpoint) });
  const principal = soapTransport({ ...options, baseUrl: folderOf(loginEndpoint) });
  const attempts = limits.maxAttempts;
  const client = createClient(
    Chat,
    intercept(
      (call) => (call.operation.service.name === 'Chat' ? chat(call) : principal(call)),
      deadline(limits.totalDeadlineMs),
      retry({ attempts }),
      ticket({ userName, password }, { attempts, loginMs: limits.totalDeadlineMs }),
    ),
  );
  return {
    call: async (operation, args, { signal } = {}) => client[lowered(operation)](renamed(args, lowered), { signal }),
    close: () => Promise.all([chat.close(), principal.close()]),
  };
}

const roles = {
  connect: 'ConnectError',
  connection: 'TransportError',
  timeout: 'TimeoutError',
  aborted: 'AbortError',
  'http-status': 'HttpStatusError',
  redirect: 'RedirectError',
  'too-large': 'ResponseTooLargeError',
  'content-type': 'ContentTypeError',
  encoding: 'EncodingError',
  'xml-syntax': 'XmlSyntaxError',
  'xml-forbidden': 'XmlForbiddenError',
  'xml-limit': 'XmlLimitError',
  envelope: 'SoapEnvelopeError',
  version: 'SoapVersionError',
  schema: 'SchemaError',
  'soap-fault': 'SoapFaultError',
  service: 'ServiceError',
  login: 'AuthError',
};

/** The role of an error; null for what is no error of this library, or has none of these roles. */
export const classify = (error) => (isCallError(error) && roles[error.code]) || null;

export const outcomeUnknown = (error) => error.outcome === 'unknown';

/** A result with the names of the wire. */
export const unwrap = (result) => renamed(result, raised);

const folderOf = (endpoint) => endpoint.replace(/\/[^/]*$/, '');

const lowered = (text) => text[0].toLowerCase() + text.slice(1);

const raised = (text) => text[0].toUpperCase() + text.slice(1);

function renamed(value, rename) {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [rename(key), renamed(member, rename)]));
}
