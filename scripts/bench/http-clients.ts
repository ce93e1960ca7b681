/**
 * How the messages are asked for over HTTP, with ours and with other clients. All keep connections open, and those
 * that let one say how many have 16, as ours has.
 */
import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import soap from 'soap';
import { Pool } from 'undici';
import { codec } from './built.js';
import { client } from './built-whole.js';
import { fastXmlParserReader } from './readers.js';
import { readRestMessages } from './rest.js';
import { sample } from './writers.js';

export interface HttpClient {
  /** Gives the messages, or the bytes or the text of the reply where nothing reads them. */
  readonly call: () => Promise<unknown>;
  readonly close: () => unknown;
}

export type MakeHttpClient = (origin: string) => HttpClient | Promise<HttpClient>;

const CONNECTIONS = 16;
const operation = codec.Chat.getChatMessages;
const { chatSessionId, applicationToken, ticket } = sample;
const input = { chatSessionId, after: 7 };
const folder = '/Remote/Services88';
const header = { applicationToken, credentials: { ticket } };
const envelope = Buffer.from(codec.encodeRequest(operation, input, { header }));
const soapHeaders = { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${operation.soapAction}"` };
const restHeaders = { authorization: `SOTicket ${ticket}`, 'so-apptoken': applicationToken };

/** As a program has it, with a login. */
export function oursClient(origin: string): HttpClient {
  const chat = client.createChatClient({
    baseUrl: `${origin}${folder}`,
    credentials: { userName: 'anna', password: 'demo' },
    applicationToken,
  });
  return { call: () => chat.getChatMessages(input), close: chat.close };
}

/** The same client, over REST. */
export function oursRestClient(origin: string): HttpClient {
  const chat = client.createChatClient({
    rest: { baseUrl: `${origin}/api` },
    credentials: { ticket },
    applicationToken,
  });
  return { call: () => chat.getChatMessages(input), close: chat.close };
}

/** The same bytes, which nothing writes and nothing reads. */
export function bareClient(origin: string): HttpClient {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const request = { path: `${folder}/Chat.svc`, method: 'POST', headers: soapHeaders, body: envelope } as const;
  return { call: async () => (await pool.request(request)).body.bytes(), close: () => pool.close() };
}

/** What an integrator writes for the REST API. */
export function restClient(origin: string): HttpClient {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const path = '/api/v1/Agents/Chat/GetChatMessages';
  const headers = { ...restHeaders, 'content-type': 'application/json', accept: 'application/json' };
  const call = async (): Promise<unknown> => {
    const body = JSON.stringify({ ChatSessionId: input.chatSessionId, After: input.after });
    const reply = await pool.request({ path, method: 'POST', headers, body });
    if (reply.statusCode !== 200) throw new Error(`HTTP ${reply.statusCode}`);
    return readRestMessages(Buffer.from(await reply.body.arrayBuffer()));
  };
  return { call, close: () => pool.close() };
}

export function fetchClient(origin: string, read: (text: string) => unknown = (text) => text): HttpClient {
  const url = `${origin}${folder}/Chat.svc`;
  const call = async (): Promise<unknown> => {
    const body = codec.encodeRequest(operation, input, { header });
    return read(await (await fetch(url, { method: 'POST', headers: soapHeaders, body })).text());
  };
  // Its connections are not the program's to close; they do not keep the process alive.
  return { call, close: () => {} };
}

export function fetchParserClient(origin: string): HttpClient {
  const read = fastXmlParserReader();
  return fetchClient(origin, (text) => read(Buffer.from(text)));
}

export async function nodeSoapClient(origin: string): Promise<HttpClient> {
  const agent = keepAliveAgent();
  const service = await soap.createClientAsync('wsdl/Chat.wsdl', { endpoint: `${origin}${folder}/Chat.svc` });
  service.addSoapHeader({ ApplicationToken: applicationToken }, '', 'tns');
  service.addSoapHeader({ Credentials: { 'tns:Ticket': ticket } }, '', 'tns');
  const parameters = { ChatSessionId: input.chatSessionId, After: input.after };
  const call = async (): Promise<unknown> => {
    const [result] = await service.GetChatMessagesAsync(parameters, { httpAgent: agent, forever: true });
    return result.Response.ChatMessage;
  };
  return { call, close: () => agent.destroy() };
}

/** The vendor's own client of the REST API. Its build for `import` cannot be loaded by Node. */
export function webapiClient(origin: string): HttpClient {
  const agent = keepAliveAgent();
  const { ChatAgent } = createRequire(import.meta.url)('@superoffice/webapi') as typeof import('@superoffice/webapi');
  const messages = new ChatAgent({ baseUrl: origin, axiosConfig: { httpAgent: agent, headers: restHeaders } });
  return { call: () => messages.getChatMessagesAsync(input), close: () => agent.destroy() };
}

const keepAliveAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
