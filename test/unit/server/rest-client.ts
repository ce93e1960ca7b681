/**
 * Requests of REST to a server in this process, as bytes.
 */
import type { Transport } from '../../../lib/index.js';
import { type RestServer, type ServeRestOptions, serveRest } from '../../../lib/server.js';
import { sendRaw } from './raw-client.js';

/** Runs the test with a server, and closes it. */
export async function withRest<Result>(
  transport: Transport,
  options: ServeRestOptions,
  test: (server: RestServer) => Promise<Result>,
): Promise<Result> {
  const server = await serveRest(transport, options);
  try {
    return await test(server);
  } finally {
    await server.close();
  }
}

export interface RestAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const TICKET = 'Authorization: SOTicket 7T:demo';
export const JSON_TYPE = 'Content-Type: application/json; charset=utf-8';

/** A request with these lines of a head and this body, as the last on its connection. */
export const requestOf = (title: string, lines: readonly string[] = [TICKET], body = ''): string => {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${title} HTTP/1.1`, 'Host: crm.example.com', 'Connection: close', ...lines, ...length];
  return `${head.join('\r\n')}\r\n\r\n${Buffer.from(body).toString('latin1')}`;
};

/** What is answered to a request: `ask(port, 'GET /api/v1/ChatSession/42')`. */
export async function ask(
  port: number,
  title: string,
  lines: readonly string[] = [TICKET],
  body = '',
): Promise<RestAnswer> {
  return parsed(await sendRaw(port, requestOf(title, lines, body)));
}

/** The same with a body of JSON. */
export const askWith = (port: number, title: string, json: unknown, lines: readonly string[] = [TICKET]) =>
  ask(port, title, [...lines, JSON_TYPE], JSON.stringify(json));

function parsed(text: string): RestAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.toLowerCase(), value.join(':').trim()];
  });
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString('utf8'),
  };
}
