/**
 * All operations with generated values, called on PHP's SoapServer: what our client sends is what PHP reads, and what
 * PHP writes is what our client sees.
 */
import { type ClosableTransport, type SoapVersion, soapTransport } from '../../lib/index.js';
import { plain } from '../contract/values.js';
import { exchangesWith, operations } from './exchanges.js';
import { describeWith, php } from './peers.js';
import { type PhpServer, startPhpServer } from './php-server.js';
import { formsIn } from './wire-form.js';

const forms = formsIn(php.spelling);

// PHP's server, unlike its client, takes text of blanks alone for indentation.
const exchanges = exchangesWith({ ...php.gaps, blankText: true });

/** The header parts but those that are nil, which PHP would write as empty. */
const withoutNil = (header: object): object =>
  Object.fromEntries(Object.entries(header).filter(([, part]) => part !== null));

describeWith([php], () => {
  let server: PhpServer;
  beforeAll(async () => {
    server = await startPhpServer('php-replies.php');
  });
  afterAll(() => server?.close());

  describe.each<SoapVersion>(['1.1', '1.2'])('called with SOAP %s', (version) => {
    let transport: ClosableTransport;
    beforeAll(() => {
      transport = soapTransport({ baseUrl: server.baseUrl, version });
    });
    afterAll(() => transport.close());

    it.each(operations)('$name: input and reply arrive as they were sent', async (operation) => {
      for (const { input, reply } of exchanges.filter((each) => each.operation === operation)) {
        const replyHeader = withoutNil(reply.header);
        const header = forms.replyHeader(operation, replyHeader);
        server.replyWith({ header, body: forms.output(operation, reply.output) });
        const got = await transport({ operation, input, header: { applicationToken: ' <&token> ' } });
        expect(plain(got.output)).toStrictEqual(plain(reply.output));
        expect(plain(got.header)).toStrictEqual(plain(replyHeader));
        expect(server.received().slice(-2)).toStrictEqual([
          { operation: 'ApplicationToken', input: ' <&token> ' },
          { operation: operation.name, input: forms.input(operation, input) },
        ]);
      }
    });
  });
});
