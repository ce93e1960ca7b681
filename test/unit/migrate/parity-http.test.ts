import {
  Chat,
  type Interceptor,
  intercept,
  type RestStyle,
  restTransport,
  SoPrincipal,
  soapTransport,
  ticket,
} from '../../../lib/index.js';
import { runParity } from '../../../lib/migrate.js';
import type { ErrorForm } from '../../../lib/server/rest/rest-answer.js';
import { serveRest, serveSoap } from '../../../lib/server.js';
import { changing, credentials, later, type TwoSides, twoSides } from './two-sides.js';

jest.setTimeout(60_000);

const COUNT = 200;
let sides: TwoSides;

beforeAll(async () => {
  sides = await twoSides(COUNT);
});

/** The report of a comparison over HTTP on both sides, where that of REST may be given other answers. */
async function overHttp(
  style: RestStyle,
  sessions: readonly number[],
  { wrong = [], errors }: { readonly wrong?: Interceptor[]; readonly errors?: ErrorForm } = {},
) {
  const soapServer = await serveSoap([Chat, SoPrincipal], sides.store);
  const restServer = await serveRest(intercept(sides.store, ...wrong), { errors });
  const soap = soapTransport({ baseUrl: soapServer.baseUrl });
  const rest = restTransport({ baseUrl: restServer.baseUrl, style });
  try {
    // A login over SOAP is for both.
    const login = ticket(credentials);
    const both = { soap: intercept(soap, login), rest: intercept(rest, login) };
    return await runParity({ ...both, sessions });
  } finally {
    for (const each of [soap, rest, soapServer, restServer]) await each.close();
  }
}

test.each<RestStyle>(['agent', 'entity'])(
  'SOAP and REST in the style %s answer the same, in 200 sessions',
  async (style) => {
    const report = await overHttp(style, sides.sessions);
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({ same: true, complete: true, calls: 8 + 5 * COUNT + 8, refused: 0 });
    expect(report.folded.map(({ code }) => code)).toEqual([]);
  },
);

test.each<[RestStyle, ErrorForm]>([
  ['agent', 'status'],
  ['agent', 'message'],
  ['agent', 'null'],
  ['entity', 'status'],
])('a refusal in the style %s, told by %s, is that of SOAP', async (style, errors) => {
  expect(await overHttp(style, [7], { errors })).toMatchObject({ differences: [], same: true, refused: 4 });
});

test('what is wrong on the side of REST is found on the wire as well', async () => {
  const chosen = sides.sessions[3] as number;
  const shifted = changing(
    'GetChatMessages',
    (output) => (output as { whenPosted: never }[]).map((each) => ({ ...each, whenPosted: later(each.whenPosted) })),
    { chatSessionId: chosen, after: 0 },
  );
  const { differences } = await overHttp('agent', sides.sessions.slice(0, 5), { wrong: [shifted] });
  expect(differences.map(({ kind, path, input }) => [kind, path, input.chatSessionId])).toEqual(
    [0, 1, 2, 3].map((index) => ['time', `[${index}].whenPosted`, chosen]),
  );
});
