/**
 * Serves any transport as the .svc files of an installation, in the manner of the WCF services it stands in for.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply, Transport } from '../call.js';
import { type DecodedRequest, decodeRequest } from '../codec/decode.js';
import { encodeFault, encodeReply } from '../codec/encode.js';
import { defaultLimits } from '../codec/lexer.js';
import type { Operations, Service } from '../codec/operation.js';
import { type SoapVersion, versions } from '../codec/versions.js';
import type { IllegalCharacters } from '../codec/writer.js';
import { Fault, InputError, isCallError, ProtocolError } from '../errors.js';
import { type ContentType, parseContentType } from '../transports/content-type.js';
import { wireTroubleOf } from './trouble.js';

export interface ServeSoapOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** The address to listen on; `127.0.0.1` by default, so that nothing outside this machine can connect. */
  readonly host?: string | undefined;
  /** The folder of the .svc files; `/Remote/Services88` by default. */
  readonly path?: string | undefined;
  /**
   * How a refused call is answered, as the service's own setting WrapExceptions decides: by a reply with the header
   * parts ExceptionInfo and Succeeded=false under HTTP 200 (the default), or by a soap:Fault under HTTP 500.
   */
  readonly errors?: 'exception-info' | 'soap-fault' | undefined;
  /** The versions that are answered; only `'1.1'` by default, as the service's WSDL binds. */
  readonly versions?: readonly SoapVersion[] | undefined;
  /** The most bytes of a request; 16 MiB by default. */
  readonly requestBytes?: number | undefined;
  /** What becomes of characters in a reply that XML cannot carry: a Fault (`'refuse'`, the default), or U+FFFD for each. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
}

export interface SoapServer {
  /** What clients are to be given as `baseUrl`. */
  readonly baseUrl: string;
  readonly port: number;
  /** Stops listening, and ends when the calls that are being answered are. */
  readonly close: () => Promise<void>;
}

/** An answer before it is sent. */
interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How the connection ends in place of an answer, or in the middle of it. */
  readonly broken?: 'reset' | 'truncate';
}

/**
 * Listens on HTTP and passes each call to the transport. `GET …/Chat.svc?wsdl` and `?singleWsdl` give the WSDL with the
 * address that it was asked for at.
 */
export async function serveSoap(
  services: readonly Operations[],
  transport: Transport,
  options: ServeSoapOptions = {},
): Promise<SoapServer> {
  const { port = 0, host = '127.0.0.1', path = '/Remote/Services88' } = options;
  const answer = answerer(services, transport, path, options);
  let answering = 0;
  let closing = false;
  const server = createServer((request, response) => {
    answering++;
    response.once('close', () => {
      answering--;
      if (closing && answering === 0) server.closeAllConnections();
    });
    answer(request)
      .catch(() => plain(500, 'the server was unable to process the request'))
      .then((made) => send(response, made, closing));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const bound = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    baseUrl: `http://${name}:${bound.port}${path}`,
    port: bound.port,
    close: () =>
      new Promise((resolve, reject) => {
        closing = true;
        server.close((error) => (error ? reject(error) : resolve()));
        // Connections on which nothing is asked would be waited for.
        if (answering === 0) server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status, type, body, headers, broken }: Answer, last: boolean): void {
  const { socket } = response;
  if (broken === 'reset') {
    socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    ...(last && { connection: 'close' }),
    ...headers,
  });
  if (broken) response.write(bytes.subarray(0, bytes.length / 2), () => socket?.destroySoon());
  else response.end(bytes);
}

function answerer(services: readonly Operations[], transport: Transport, path: string, options: ServeSoapOptions) {
  // IIS does not mind the case of a path.
  const byPath = new Map(
    services.map((operations) => [`${path}/${serviceOf(operations).path}`.toLowerCase(), operations]),
  );
  return async (request: IncomingMessage): Promise<Answer> => {
    if (!URL.canParse(request.url ?? '', 'http://localhost')) return plain(400, 'the target is not a URL');
    const url = new URL(request.url ?? '', 'http://localhost');
    const operations = byPath.get(url.pathname.toLowerCase());
    if (!operations) return plain(404, 'there is no service here');
    if (request.method === 'GET') return describe(operations, url, request);
    if (request.method !== 'POST') return plain(405, 'calls are made with POST', { allow: 'GET, POST' });
    const media = contentTypeOf(request).mediaType;
    const known = versionsOf(options).some((version) => versions[version].mediaType === media);
    if (!known)
      return plain(
        415,
        `Content-Type must be ${versionsOf(options)
          .map((version) => versions[version].mediaType)
          .join(' or ')}`,
      );
    const document = await readBody(request, options.requestBytes ?? defaultLimits.bytes);
    if (!document) return plain(413, 'the request is too large', { connection: 'close' });
    return answerCall([operations], document, request, transport, options);
  };
}

const versionsOf = ({ versions: answered = ['1.1'] }: ServeSoapOptions): readonly SoapVersion[] => answered;

const serviceOf = (operations: Operations): Service => {
  const [first] = Object.values(operations);
  if (!first) throw new Error('a service needs an operation');
  return first.service;
};

const plain = (status: number, text: string, headers?: Answer['headers']): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
  ...(headers && { headers }),
});

const contentTypeOf = ({ headers }: IncomingMessage): ContentType => parseContentType(headers['content-type']);

async function describe(operations: Operations, url: URL, { headers }: IncomingMessage): Promise<Answer> {
  const wanted = [...url.searchParams.keys()].some((key) => /^(?:single)?wsdl$/i.test(key));
  if (!wanted) return plain(200, `${serviceOf(operations).name}: calls are made with POST, and ?wsdl describes them`);
  // The writer is loaded by those who ask for a WSDL only.
  const { writeWsdl } = await import('../wsdl/write.js');
  const address = `http://${headers.host ?? 'localhost'}${url.pathname}`;
  return { status: 200, type: 'text/xml; charset=utf-8', body: writeWsdl(operations, address) };
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answerCall(
  services: readonly Operations[],
  document: Buffer,
  request: IncomingMessage,
  transport: Transport,
  options: ServeSoapOptions,
): Promise<Answer> {
  const { mediaType, charset } = contentTypeOf(request);
  let version: SoapVersion = mediaType === versions['1.2'].mediaType ? '1.2' : '1.1';
  try {
    // The body was measured when it came, by the limit of this server; as UTF-8 it may be longer.
    const decoded = decodeRequest(services, document, { charset, limits: { bytes: Number.POSITIVE_INFINITY } });
    if (!versionsOf(options).includes(decoded.version)) {
      throw new Fault('soap-fault', `SOAP ${decoded.version} is not answered here`, { faultCode: 'VersionMismatch' });
    }
    version = decoded.version;
    requireAction(decoded, request);
    return await perform(decoded, transport, options).catch((error: unknown) => troubleAnswer(error, decoded, options));
  } catch (error) {
    return faultAnswer(error, version);
  }
}

/** WCF goes by the SOAPAction alone; one that names another operation than the Body is refused. */
function requireAction({ operation, version }: DecodedRequest, { headers }: IncomingMessage): void {
  const given = version === '1.1' ? headers.soapaction : /action="?([^";]*)/i.exec(headers['content-type'] ?? '')?.[1];
  const action = String(given ?? '').replace(/^"|"$/g, '');
  if (action === '' || action === operation.soapAction) return;
  throw new Fault('soap-fault', `the SOAPAction is not that of ${operation.name}`, { faultCode: 'ActionNotSupported' });
}

async function perform(request: DecodedRequest, transport: Transport, options: ServeSoapOptions): Promise<Answer> {
  const { errors, illegalCharacters } = options;
  const { operation, input, header } = request;
  let reply: Reply;
  try {
    reply = await transport({ operation, input, header });
  } catch (error) {
    if (errors === 'soap-fault' || !(error instanceof Fault) || error.code === 'soap-fault') throw error;
    reply = { output: undefined, header: refusalHeader(error) };
  }
  return encodeAnswer(request, reply, illegalCharacters);
}

/** Acts out what `trouble` asks for; any other error goes on. */
function troubleAnswer(error: unknown, request: DecodedRequest, { illegalCharacters }: ServeSoapOptions): Answer {
  const wire = wireTroubleOf(error);
  switch (wire?.kind) {
    case undefined:
      throw error;
    case 'unavailable':
      return plain(503, 'the service is not available', retryAfter(wire.retryAfterMs));
    case 'truncate':
      return { ...encodeAnswer(request, wire.reply, illegalCharacters), broken: 'truncate' };
    case 'reset':
      return { ...plain(500, ''), broken: 'reset' };
  }
}

const retryAfter = (ms: number | undefined): Answer['headers'] =>
  ms === undefined ? {} : { 'retry-after': String(Math.ceil(ms / 1000)) };

function encodeAnswer(
  { operation, version }: DecodedRequest,
  { output, header }: Reply,
  illegalCharacters: IllegalCharacters | undefined,
): Answer {
  try {
    const body = encodeReply(operation, output as never, { version, header, illegalCharacters });
    return { status: 200, type: `${versions[version].mediaType}; charset=utf-8`, body };
  } catch (cause) {
    // The client has no part in a reply that does not fit the contract.
    throw new Error(`the reply to ${operation.name} cannot be written`, { cause });
  }
}

function refusalHeader({ reason, friendlyText, exceptionType, parameters }: Fault): Reply['header'] {
  return {
    succeeded: false,
    exceptionInfo: {
      message: reason,
      friendlyText: friendlyText ?? reason,
      exceptionType: exceptionType ?? null,
      ...(Object.keys(parameters).length > 0 && { parameters }),
    },
  };
}

/** What is wrong with the request is the client's doing; anything else is told without its particulars. */
function faultAnswer(error: unknown, version: SoapVersion): Answer {
  const fault = faultContent(error);
  const clients = ['Client', 'MustUnderstand', 'VersionMismatch', 'ActionNotSupported'].includes(fault.faultCode ?? '');
  return {
    status: version === '1.2' && clients ? 400 : 500,
    type: `${versions[version].mediaType}; charset=utf-8`,
    body: encodeFault(fault, { version }),
  };
}

function faultContent(error: unknown): Parameters<typeof encodeFault>[0] {
  if (error instanceof Fault) return error;
  // What the transport would not send on is as wrong as what could not be read.
  if (error instanceof ProtocolError || error instanceof InputError) {
    return { faultCode: error.code === 'version' ? 'VersionMismatch' : 'Client', reason: error.message };
  }
  return {
    faultCode: 'InternalServiceFault',
    reason: isCallError(error) ? `the call failed: ${error.code}` : 'the server was unable to process the request',
  };
}
