/**
 * Whatever is asked of a REST server, it answers in the words of HTTP, and never with a failure of its own.
 */
import { connect } from 'node:net';
import fc from 'fast-check';
import { Chat, type Operation } from '../../lib/index.js';
import { encodeRestRequest } from '../../lib/rest/request.js';
import { createSimulator, type RestServer, serveRest } from '../../lib/server.js';
import { membersOf, randomFrom } from '../contract/values.js';
import { effort } from './effort.js';

const operations: readonly Operation[] = Object.values(Chat);
const told: unknown[] = [];
let server: RestServer;

beforeAll(async () => {
  server = await serveRest(createSimulator(), { onError: (error) => told.push(error) });
});

afterAll(() => server.close());

beforeEach(() => {
  told.length = 0;
});

/** The first line of what is answered to these bytes, when the server or this client has ended the connection. */
const statusOf = (bytes: Buffer): Promise<number> =>
  new Promise((resolve) => {
    let received = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1] ?? 0)));
  });

/** A request that is right, for an operation and a seed. */
function requestFor(operation: Operation, seed: number, style: 'agent' | 'entity'): readonly [string, string] {
  const fields = operation.request.fields.map((field) => ({ ...field, required: !field.nillable }));
  const { method, path, body = '' } = encodeRestRequest(operation, membersOf(fields, randomFrom(seed)), { style });
  return [`${method} /api/${path}`, body];
}

const bytesOf = (title: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`${title} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer 8A:demo-anna\r\n`),
    Buffer.from(`Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`),
    body,
  ]);

const requests = fc
  .tuple(fc.constantFrom(...operations), fc.integer({ min: 1, max: 1e6 }), fc.constantFrom('agent', 'entity'))
  .map(([operation, seed, style]) => requestFor(operation, seed, style as 'agent' | 'entity'));

/** A text of which a piece is taken out or put in. */
const changed = (text: string, [at, drop, put]: readonly [number, number, string]): string => {
  const index = Math.floor(at * text.length);
  return text.slice(0, index) + put + text.slice(index + drop);
};

const changes = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 6 }),
  fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom(
      'null',
      '[',
      '{',
      '"',
      '1e999',
      '-0',
      '"__proto__":',
      '%',
      '%00',
      '//',
      '/../',
      '?',
      '\\',
      '9'.repeat(20),
    ),
  ),
);

/** Those by which a client is told of its own doing; 409 and others are not in use. */
const answers = [200, 204, 400, 401, 403, 404, 405, 406, 413, 415];

test('a request with another body is understood or refused', () =>
  fc.assert(
    fc.asyncProperty(requests, fc.array(changes, { minLength: 1, maxLength: 3 }), async ([title, body], edits) => {
      const edited = Buffer.from(edits.reduce(changed, body));
      expect(answers).toContain(await statusOf(bytesOf(title, edited)));
      expect(told).toEqual([]);
    }),
    effort(5),
  ));

test('a request for another target is understood or refused', () =>
  fc.assert(
    fc.asyncProperty(requests, changes, async ([title, body], edit) => {
      const [method = '', target = ''] = title.split(' ');
      const edited = changed(target, edit).replace(/[^\x21-\x7e]/g, '~');
      expect(answers).toContain(await statusOf(bytesOf(`${method} /${edited.slice(1)}`, Buffer.from(body))));
      expect(told).toEqual([]);
    }),
    effort(5),
  ));

test('any bytes for a body are understood or refused', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(...operations), fc.uint8Array({ maxLength: 60 }), async (operation, bytes) => {
      const title = `POST /api/v1/Agents/Chat/${operation.name}`;
      expect(answers).toContain(await statusOf(bytesOf(title, Buffer.from(bytes))));
      expect(told).toEqual([]);
    }),
    effort(5),
  ));
