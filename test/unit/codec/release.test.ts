import {
  Chat,
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
  inRelease,
  type Operation,
  RELEASES,
  SoPrincipal,
  soapTransport,
} from '../../../lib/index.js';
import { createSimulator, serveSoap } from '../../../lib/server.js';
import { membersOf, plain, randomFrom } from '../../contract/values.js';

const SEEDS = [1, 2, 3, 4];

const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

const required = ({ request }: Operation) => request.fields.map((field) => ({ ...field, required: true }));

describe.each(RELEASES)('Services%i', (release) => {
  const services = [inRelease(Chat, release), inRelease(SoPrincipal, release)];
  const pairs = services.flatMap((service, index) =>
    Object.entries(service).map(([key, operation]) => ({
      operation: operation as Operation,
      generated: Object.entries([Chat, SoPrincipal][index] ?? {}).find(([name]) => name === key)?.[1] as Operation,
    })),
  );

  it('has its own namespace in requests and replies, and no other of the kind', () => {
    for (const { operation } of pairs) {
      const input = membersOf(required(operation), randomFrom(7));
      const [only] = operation.reply.fields;
      const output = only && membersOf([{ ...only, required: true }], randomFrom(8))[only.key];
      const texts = [encodeRequest(operation, input as never), encodeReply(operation, output as never)];
      for (const text of texts) {
        expect(new Set(text.match(/NetServer\/Services\d+/g))).toEqual(new Set([`NetServer/Services${release}`]));
      }
      expect(operation.soapAction).toContain(`/Services${release}/${operation.service.name}/${operation.name}`);
    }
  });

  it('what is written in it reads as what was written, and is refused by any other release', () => {
    for (const { operation, generated } of pairs) {
      for (const seed of SEEDS) {
        const input = membersOf(required(operation), randomFrom(seed));
        const request = encodeRequest(operation, input as never);
        const read = decodeRequest(services, request);
        expect(read.operation).toBe(operation);
        expect(plain(read.input)).toStrictEqual(plain(input));
        const other = release === 84 ? 85 : 84;
        expect(thrown(() => decodeRequest([inRelease(Chat, other)], request))).toMatchObject({ kind: 'protocol' });
        // Apart from the namespace, it is what the generated tables write.
        expect(request.replaceAll(`Services${release}`, 'Services88')).toBe(encodeRequest(generated, input as never));
      }
    }
  });

  it('replies of recursive types are read', () => {
    const { getUserAgentList } = inRelease(Chat, release);
    const output = [{ id: 1, childItems: [{ id: 2, childItems: [{ id: 3, name: 'Æ' }] }] }];
    const { output: read } = decodeReply(getUserAgentList, encodeReply(getUserAgentList, output));
    expect(plain(read)).toEqual(output);
  });

  it('a server and a client of it understand each other', async () => {
    const chat = inRelease(Chat, release);
    const server = await serveSoap([chat, inRelease(SoPrincipal, release)], createSimulator());
    const transport = soapTransport({ baseUrl: server.baseUrl });
    try {
      const login = inRelease(SoPrincipal, release).authenticateUsernamePassword;
      const { output } = await transport({
        operation: login,
        input: { userName: 'anna', password: 'demo' },
        header: {},
      });
      expect(output).toMatchObject({ authenticationSucceeded: true });
    } finally {
      await transport.close();
      await server.close();
    }
  });
});

it('the tables of a release are the same objects each time', () => {
  expect(inRelease(Chat, 86)).toBe(inRelease(Chat, 86));
  expect(inRelease(Chat, 88)).toBe(Chat);
});

it('a release that there is not is refused', () => {
  expect(thrown(() => inRelease(Chat, 83 as never))).toMatchObject({ kind: 'input', path: 'release' });
});
