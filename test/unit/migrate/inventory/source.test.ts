import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { Chat } from '../../../../lib/index.js';
import { scanSource } from '../../../../lib/migrate/inventory/source.js';
import { entityEndpointList } from '../../../../lib/rest/endpoints.js';

const NS = 'http://www.superoffice.net/ws/crm/NetServer/Services88';

/** What is found in a file with this text, as `line kind Service.Operation release`. */
const found = (text: string, ...pieces: readonly string[]): string[] => foundIn('file', text, ...pieces);

function foundIn(file: string, text: string, ...pieces: readonly string[]): string[] {
  const scan = scanSource(file);
  for (const piece of [text, ...pieces]) scan.take(piece);
  return scan
    .end()
    .findings.map(({ line, kind, service, operation, release }) =>
      [line, kind, [service, operation].filter(Boolean).join('.') || '-', release ?? '-'].join(' '),
    );
}

const texts = (text: string): string[] => {
  const scan = scanSource('file');
  scan.take(text);
  return scan.end().findings.map((finding) => finding.text);
};

describe('what shows by itself that the services are used', () => {
  it.each([
    ['a SOAPAction', `SOAPAction: "${NS}/Chat/GetChatMessages"`, ['1 action Chat.GetChatMessages 88']],
    [
      'a SOAPAction of another release and service',
      `'${NS.replace('88', '73')}/Contact/GetContactEntity'`,
      ['1 action Contact.GetContactEntity 73'],
    ],
    [
      'a SOAPAction in JSON',
      JSON.stringify({ action: `${NS}/Chat/GetChatMessages` }).replaceAll('/', '\\/'),
      ['1 action Chat.GetChatMessages 88'],
    ],
    ['the action of a reply', `case "${NS}/Chat/GetChatMessagesResponse":`, ['1 contract Chat.GetChatMessages 88']],
    ['a namespace', `xmlns:c="${NS}"`, ['1 namespace - 88']],
    ['an address', 'url = "https://crm.example.com/Remote/Services88/Chat.svc"', ['1 endpoint Chat 88']],
    ['an address without Remote', 'http://crm/Sales/Services84/Contact.svc', ['1 endpoint Contact 84']],
    ['an address in other letters', 'HTTPS://CRM/REMOTE/SERVICES86/CHAT.SVC', ['1 endpoint Chat 86']],
    ['the folder of the services', '"https://crm.example.com/Remote/Services88/"', ['1 endpoint - 88']],
    ['the file of the service, in a comment', '// calls Chat.svc', ['1 endpoint Chat -']],
    ['the name that a WSDL gives', 'new WcfChatService();', ['1 proxy Chat -']],
    ['a binding in a web.config', '<binding name="BasicHttpBinding_SoPrincipal"/>', ['1 proxy SoPrincipal -']],
    ['a WSDL', 'new SoapClient("WSDL/8.8/WcfChat.wsdl")', ['1 wsdl Chat -']],
    [
      'proxies of NetServer',
      'using SuperOffice.CRM.Services;\n new ContactAgent()',
      ['1 proxy - -', '2 proxy Contact -'],
    ],
    [
      'this package',
      "from 'services88-chat';\nchat.getChatMessages({})",
      ['1 proxy - -', '2 call Chat.GetChatMessages -'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('the address is told with its host and without what is secret', () => {
    expect(
      texts(`a "https://anna:pa ss@crm.example.com/Remote/Services88/Chat.svc?wsdl"
        https://anna:p@ss@crm.example.com/Services88/SoPrincipal.svc
        https://crm.example.com/;7T:MDdmMWVkZDE0ZmIzOTI/Services88/SoPrincipal.svc`),
    ).toEqual([
      '***@crm.example.com/Remote/Services88/Chat.svc',
      'https://***@crm.example.com/Services88/SoPrincipal.svc',
      '***',
    ]);
  });
});

describe('what means something where the file shows a sign of the services', () => {
  const sign = `const ns = '${NS}';\n`;

  it.each([
    ['an element with a prefix', '<Chat:GetChatMessages>', 'envelope Chat.GetChatMessages'],
    ['an element with another prefix', '<tns:GetChatMessages xmlns:tns="x">', 'envelope Chat.GetChatMessages'],
    ['an element without content', '<AuthenticateImplicit/>', 'envelope SoPrincipal.AuthenticateImplicit'],
    ['an escaped element', '&lt;c:GetChatPresence&gt;', 'envelope Chat.GetChatPresence'],
    ['an element in JSON', '\\u003cAddChatMessage\\u003e', 'envelope Chat.AddChatMessage'],
    ['a method in PHP', '$client->GetChatMessages($in)', 'call Chat.GetChatMessages'],
    ['an asynchronous method in C#', 'await c.GetChatMessagesAsync(1)', 'call Chat.GetChatMessages'],
    ['an older asynchronous method', 'c.BeginGetChatMessages(1)', 'call Chat.GetChatMessages'],
    ['a method in a language without case', '$c.getchatmessages(1)', 'call Chat.GetChatMessages'],
    ['a call by name', "$client->__soapCall('GetChatMessages', [])", 'call Chat.GetChatMessages'],
    ['the end of a SOAPAction', "ns + '/Chat/GetChatMessages'", 'action Chat.GetChatMessages'],
    ['the file of another service', "base + '/Contact.svc'", 'endpoint Contact'],
    ['a mention', 'op=GetChatMessages', 'possible Chat.GetChatMessages'],
    ['REST', "'api/v1/Agents/Chat/GetChatMessages'", 'rest Chat.GetChatMessages'],
  ])('%s', (_name, text, expected) => {
    expect(found(sign + text)).toEqual(['1 namespace - 88', `2 ${expected} 88`]);
  });

  it('a closing element, a reply, and a longer name are nothing', () => {
    expect(found(`${sign}</c:GetChatMessages><GetChatMessagesResponse> MyGetChatMessages`)).toEqual([
      '1 namespace - 88',
    ]);
  });

  it('the release is that which stands nearest before, or else the first after', () => {
    expect(found(`<AddChatMessage>\n${NS}\n<GetChatMessages>\n${NS.replace('88', '86')}\n<GetChatPresence>`)).toEqual([
      '1 envelope Chat.AddChatMessage 88',
      '2 namespace - 88',
      '3 envelope Chat.GetChatMessages 88',
      '4 namespace - 86',
      '5 envelope Chat.GetChatPresence 86',
    ]);
  });
});

describe('resources of REST', () => {
  const endpoints = Object.values(Chat).flatMap((operation) =>
    entityEndpointList(operation).map(({ method, path }) => [`${method} ${path}`, operation.name] as const),
  );

  it.each(endpoints)('%s, with a method before it, is %s', (title, name) => {
    const [method = '', path = ''] = title.split(' ');
    for (const filled of [
      path,
      path.replace(/\{[^}]+\}/g, '42'),
      path.replaceAll('{', '${'),
      path.replace(/\{[^}]+\}/g, '%d'),
    ]) {
      expect(found(`${method} https://crm.example.com/api/${filled}?x=1`)).toEqual([`1 rest Chat.${name} -`]);
      expect(found(`api.${method.toLowerCase()}('/api/${filled}')`)).toEqual([`1 rest Chat.${name} -`]);
      expect(found(`"${filled}"`)).toEqual([expect.stringMatching(/^1 rest Chat(?:\.\w+)? -$/)]);
    }
  });

  it.each([
    [
      'a path that is of one operation only',
      "fetch(base + 'v1/ChatSession/Pickup')",
      ['1 rest Chat.PickUpFirstChatSession -'],
    ],
    ['a path of several', "fetch(base + 'v1/ChatSession/42/Messages')", ['1 rest Chat -']],
    ['the beginning of a path', "post('v1/ChatSession/' + id + '/Pickup')", ['1 rest Chat -']],
    ['a folder', "const sessions = 'v1/ChatSession';", ['1 rest Chat -']],
    ['a folder with a method', "post('v1/ChatSession', session)", ['1 rest Chat.SaveChatSessionEntity -']],
    [
      'in JSON',
      '"url":"https:\\/\\/crm.example.com\\/api\\/v1\\/ChatTopic\\/7\\/IsOpen"',
      ['1 rest Chat.IsWithinOpeningHours -'],
    ],
    [
      'a name in a file with such',
      "'v1/ChatTopic/7'; api.getChatTopicEntity(7)",
      ['1 rest Chat -', '1 rest Chat.GetChatTopicEntity -'],
    ],
    ['what others have too', "'v1/Presence/Set' 'v1/ChatSessions' 'v1/ChatTopicList/1' 'v1/Contact/1'", []],
  ])('%s', (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('the address is told without what is secret', () => {
    expect(texts("get('https://anna:canary@crm.example.com/api/v1/ChatSession/42/Messages?after=1')")).toEqual([
      'https://***@crm.example.com/api/v1/ChatSession/42/Messages',
    ]);
  });
});

describe('what other systems have too', () => {
  it.each([
    ['a method of that name', 'telegram.GetChatMessages(5)', ['1 possible Chat.GetChatMessages -']],
    ['an element of that name', '<GetChatMessages/>', ['1 possible Chat.GetChatMessages -']],
    ['a proxy of that name', 'var c = new ChatClient();', ['1 possible Chat -']],
    ['a function of Windows', 'GetSystemInfo(&info); k.GetSystemInfo("x")', []],
    ['a method in the case of JavaScript', 'api.getChatMessages()', []],
    ['other services of WCF', 'Contact.svc BasicHttpBinding_IContact WcfOrderService Orders.wsdl new UserAgent()', []],
    ['what REST answers', '"$type":"SuperOffice.CRM.Services.FieldProperty, SuperOffice"', []],
    ['other words', 'Services88 chatclient ichat "Services 88" Remote/Desktop', []],
  ])('%s is possible at the most', (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('a proxy and an operation together are a sign', () => {
    expect(found('var c = new ChatClient();\nc.GetChatMessages(1);')).toEqual([
      '1 proxy Chat -',
      '2 call Chat.GetChatMessages -',
    ]);
  });

  it('the REST client of the vendor has the same names, and is REST', () => {
    expect(found('using SuperOffice.WebApi;\nnew ChatAgent(s).GetChatMessagesAsync(1);')).toEqual([
      '1 rest - -',
      '2 rest Chat -',
      '2 rest Chat.GetChatMessages -',
    ]);
  });
});

describe('what only says what there is to call', () => {
  it('a WSDL', () => {
    const wsdl = `<?xml version="1.0"?>\n<!-- ours --><wsdl:definitions targetNamespace="${NS}">
<wsdl:operation name="GetChatMessages"><soap:operation soapAction="${NS}/Chat/GetChatMessages"/>
<wsdl:output wsaw:Action="${NS}/Contact/GetContactResponse"/><wsdl:input wsaw:Action="${NS}/Contact/GetContact"/>`;
    expect(found(wsdl).slice(1)).toEqual([
      '3 contract Chat.GetChatMessages 88',
      '3 contract Chat.GetChatMessages 88',
      '4 contract Contact.GetContact 88',
      '4 contract Contact.GetContact 88',
    ]);
  });

  it('a generated proxy', () => {
    const proxy = `// <auto-generated>\n[OperationContract(Action="${NS}/Chat/GetChatMessages")]\nbase.Channel.GetChatMessages(r);`;
    expect(found(proxy)).toEqual(['2 contract Chat.GetChatMessages 88', '3 contract Chat.GetChatMessages 88']);
  });
});

describe('a line that begins as a comment of its language', () => {
  const sign = `"${NS}"`;

  it.each([
    ['a.php', '  # $c->DeleteChatTopicEntity($x);'],
    ['a.php', ' * $c->DeleteChatTopicEntity($x);'],
    ['a.PY', '# c.DeleteChatTopicEntity(x)'],
    ['a.cs', '\t// c.DeleteChatTopicEntity(x);'],
    ['a.vbs', "' c.DeleteChatTopicEntity(x)"],
    ['a.bas', 'Rem c.DeleteChatTopicEntity(x)'],
    ['a.sql', "-- 'DeleteChatTopicEntity'"],
    ['a.xml', `<!-- <DeleteChatTopicEntity/> -->`],
    ['a.cs', `/// ${NS}/Chat/DeleteChatTopicEntity`],
  ])('is no call: %s %s', (file, line) => {
    expect(foundIn(file, `${sign}\n${line}\n`).slice(1)).toEqual(['2 possible Chat.DeleteChatTopicEntity 88']);
  });

  it.each([
    ['a.cs', '# c.DeleteChatTopicEntity(x)'],
    ['a.php', '#[Call] $c->DeleteChatTopicEntity($x);'],
    ['a.js', '*c.DeleteChatTopicEntity(x)'],
    ['a.js', 'f(); // c.DeleteChatTopicEntity(x)'],
    ['file', '# c.DeleteChatTopicEntity(x)'],
  ])('in the language of another, or not at its beginning, it is as any line: %s %s', (file, line) => {
    expect(foundIn(file, `${sign}\n${line}\n`).slice(1)).toEqual(['2 call Chat.DeleteChatTopicEntity 88']);
  });

  it('is one from its beginning to its end, and not further', () => {
    const line = `// ${'x '.repeat(40_000)} c.DeleteChatTopicEntity(x)`;
    const pieces = (`${sign}\n${line}\nc.AddChatMessage(x)`.match(/[\s\S]{1,1000}/g) ?? []) as [string];
    expect(foundIn('a.js', ...pieces).slice(1)).toEqual([
      '2 possible Chat.DeleteChatTopicEntity 88',
      '3 call Chat.AddChatMessage 88',
    ]);
  });
});

describe('the text comes in pieces', () => {
  const filler = 'x = 1; // nothing here\r\n'.repeat(1500);
  const text = `${filler}"${NS}/Chat/GetChatMessages"\n${filler}<Chat:AddChatMessage>${filler}https://crm.example.com/Remote/Services88/Contact.svc`;

  it('and is the same wherever it is cut', () => {
    const whole = found(text);
    expect(whole).toEqual([
      '1501 action Chat.GetChatMessages 88',
      '3002 envelope Chat.AddChatMessage 88',
      '4502 endpoint Contact 88',
    ]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(text.length), { minLength: 1, maxLength: 30 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const [first = '', ...rest] = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(found(first, ...rest)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('a line of 5 MB is looked through in a time that grows with its length', () => {
    const hard =
      '<a:a:a.a.a-a/Services/Services8/x.y.z->Begin new a.b.c.d.e BasicHttpBinding_ Wcfaaaaaaaaaaaaaaaaaaaaa';
    const part = `${hard.repeat(40)}"${NS}/Chat/GetChatMessages"`;
    const line = part.repeat(Math.ceil(5e6 / part.length));
    const began = performance.now();
    const scan = scanSource('file');
    scan.take(line);
    const { findings, leftOut } = scan.end();
    expect(findings.length + leftOut).toBe(line.length / part.length);
    expect(findings.length).toBe(1000);
    // A quadratic search would take hours.
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
