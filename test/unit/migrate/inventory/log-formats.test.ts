import { recognise } from '../../../../lib/migrate/inventory/log-formats.js';
import { type LineRead, serviceRequestOf } from '../../../../lib/migrate/inventory/log-request.js';

const ACTION = 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatMessages';

/** What each line says, read as a log of the format that they are recognised as. */
function read(...lines: readonly string[]): {
  readonly format: string | undefined;
  readonly lines: readonly unknown[];
} {
  const format = recognise(lines.join('\n'), true);
  const reader = format?.newReader();
  const told = (line: LineRead): unknown => {
    if (typeof line === 'string') return line;
    const { request, ...named } = serviceRequestOf(line) ?? {};
    return request ? { ...request, ...named } : 'elsewhere';
  };
  return { format: format?.name, lines: reader ? lines.map((line) => told(reader(line))) : [] };
}

const call = {
  release: '88',
  service: 'Chat',
  operation: 'GetChatMessages',
  isCall: true,
  method: 'POST',
  path: '/Remote/Services88/Chat.svc',
  status: 200,
  time: '2026-03-01T09:00:00Z',
  userAgent: 'PHP-SOAP/8.2 (x)',
  address: '192.0.2.7',
  user: 'CRM\\anna',
};

describe('W3C extended, as IIS writes it', () => {
  const software = '#Software: Microsoft Internet Information Services 10.0';
  const fields =
    '#Fields: date time cs-method cs-uri-stem cs-uri-query cs-username c-ip cs(User-Agent) sc-status time-taken cs(SOAPAction)';
  const line = `2026-03-01 09:00:00 POST /Remote/Services88/Chat.svc - CRM\\anna 192.0.2.7 PHP-SOAP/8.2+(x) 200 31 "${ACTION}"`;

  it('tells of a call all that the log has', () => {
    expect(read(software, fields, line)).toEqual({
      format: 'iis',
      lines: ['nothing', 'nothing', { ...call, action: `"${ACTION}"` }],
    });
  });

  it('fields may change on the way, and the date may be that of a directive', () => {
    const { lines } = read(
      software,
      fields,
      line,
      '#Date: 2026-03-02 00:00:00',
      '#Fields: time cs-uri-stem sc-status',
      '00:10:00 /remote/services84/contact.svc 500',
      line,
    );
    expect(lines.slice(5)).toEqual([
      expect.objectContaining({
        release: '84',
        service: 'contact',
        operation: null,
        isCall: true,
        status: 500,
        time: '2026-03-02T00:10:00Z',
      }),
      'unreadable',
    ]);
  });

  it('a line with other fields than it should have cannot be read, be it of these services or not', () => {
    const other = '2026-03-01 09:00:00 GET /app.js - - 192.0.2.7 x 200 3 -';
    expect(read(software, fields, other, other.slice(0, 40), line.slice(0, 60)).lines.slice(2)).toEqual([
      'other',
      'unreadable',
      'unreadable',
    ]);
  });

  it('before it is said which fields there are, nothing can be read', () => {
    expect(read(software, line).lines).toEqual(['nothing', 'unreadable']);
  });

  it('values in quotes may have spaces, as other servers write them', () => {
    expect(
      read('#Version: 1.0', '#Fields: cs-uri-stem cs(User-Agent)', '/Services88/Chat.svc "a b ""c"""').lines[2],
    ).toMatchObject({ service: 'Chat', userAgent: '"a b ""c"""' });
  });

  it('a SOAPAction of SOAP 1.2 is in the Content-Type', () => {
    const content = `application/soap+xml;+action="${ACTION}"`;
    expect(
      read('#Version: 1.0', '#Fields: cs-uri-stem cs(Content-Type)', `/Services88/Chat.svc ${content}`).lines[2],
    ).toMatchObject({ operation: 'GetChatMessages' });
  });
});

describe('common and combined, as Apache and nginx write them', () => {
  const when = '[01/Mar/2026:10:00:00 +0100]';
  const common = `192.0.2.7 - CRM\\anna ${when} "POST /Remote/Services88/Chat.svc HTTP/1.1" 200 512`;

  it('common tells the service', () => {
    const { userAgent: _, ...known } = call;
    expect(read(common)).toEqual({ format: 'common', lines: [{ ...known, operation: null }] });
  });

  it.each([
    ['combined with a SOAPAction, as Apache writes it', `${common} "-" "PHP-SOAP/8.2 (x)" "\\"${ACTION}\\""`],
    ['combined with a SOAPAction, as nginx writes it', `${common} "-" "PHP-SOAP/8.2 (x)" "\\x22${ACTION}\\x22"`],
    ['with the name of a virtual host', `crm.example.com:443 ${common} "-" "PHP-SOAP/8.2 (x)" "${ACTION}"`],
    ['with the SOAPAction first', `${common} "${ACTION}" "-" "PHP-SOAP/8.2 (x)"`],
  ])('%s', (_name, line) => {
    expect(read(line).lines).toEqual([{ ...call, action: expect.stringContaining(ACTION) }]);
  });

  it.each([
    ['a request of something else', `::1 - - ${when} "GET / HTTP/1.1" 304 -`, 'other'],
    ['what is no HTTP', `::1 - - ${when} "\\x16\\x03\\"" 400 0 "-" "-"`, 'other'],
    ['the WSDL', common.replace('POST', 'GET').replace('.svc', '.svc?wsdl'), { isCall: false }],
    ['a line that is cut off', common.slice(0, 70), 'unreadable'],
    ['no line of a log', 'Chat.svc was here', 'unreadable'],
    ['a name with spaces and brackets', common.replace('CRM\\anna', 'a [b] c'), { user: 'a [b] c' }],
  ])('%s', (_name, line, expected) => {
    const read3 = read(common, common, line).lines[2];
    if (typeof expected === 'string') expect(read3).toBe(expected);
    else expect(read3).toMatchObject(expected);
  });
});

describe('JSON, an object in each line', () => {
  const { release, service, operation, isCall, ...known } = call;
  const named = { release, service, operation, isCall };

  it.each([
    [
      'of nginx',
      {
        time_iso8601: '2026-03-01T10:00:00+01:00',
        remote_addr: known.address,
        remote_user: known.user,
        request: 'POST /Remote/Services88/Chat.svc HTTP/1.1',
        status: '200',
        http_user_agent: known.userAgent,
        http_soapaction: ACTION,
      },
    ],
    [
      'of Caddy',
      {
        ts: 1772355600.123,
        request: {
          client_ip: known.address,
          method: 'POST',
          uri: known.path,
          headers: { 'User-Agent': [known.userAgent], Soapaction: [ACTION] },
        },
        user_id: known.user,
        status: 200,
      },
    ],
    [
      'with the names of IIS',
      {
        '@timestamp': 1772355600000,
        'c-ip': known.address,
        'cs-username': known.user,
        'cs-method': 'POST',
        'cs-uri-stem': known.path,
        'cs(User-Agent)': known.userAgent,
        'sc-status': 200,
        'cs(SOAPAction)': ACTION,
      },
    ],
    [
      'of the Elastic Common Schema, with dots',
      {
        '@timestamp': '2026-03-01T09:00:00Z',
        'log.file.path': '/var/log/iis/u_ex.log',
        'url.path': known.path,
        'url.original': 'https://crm.example.com/Remote/Services88/Chat.svc',
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'user_agent.original': known.userAgent,
        'client.ip': known.address,
        'user.name': known.user,
        'http.request.headers.SOAPAction': 'not looked at',
        soapaction: ACTION,
      },
    ],
    [
      'of the Elastic Common Schema, nested',
      {
        '@timestamp': '2026-03-01T09:00:00Z',
        log: { file: { path: '/var/log/iis/u_ex.log' } },
        host: { ip: ['192.0.2.99'] },
        url: { original: known.path },
        http: { request: { method: 'POST', headers: { SOAPAction: [ACTION] } }, response: { status_code: 200 } },
        user_agent: { original: known.userAgent, name: 'Other' },
        source: { ip: known.address },
        user: { name: known.user },
      },
    ],
  ])('%s', (_name, members) => {
    const { format, lines } = read(JSON.stringify(members));
    expect(format).toBe('json');
    expect(lines).toEqual([{ ...known, ...named, action: ACTION }]);
  });

  it('a log of two lines, of which one is cut off, is one', () => {
    const line = JSON.stringify({ path: '/Services88/Chat.svc', status: 200 });
    expect(read(line, line.slice(0, 20))).toMatchObject({ format: 'json', lines: [{ service: 'Chat' }, 'unreadable'] });
    expect(read(line.slice(20), line)).toMatchObject({ format: 'json', lines: ['unreadable', { service: 'Chat' }] });
  });

  it('what is cut off cannot be read, and what is no request is nothing of ours', () => {
    const line = JSON.stringify({ path: '/Services88/Chat.svc', status: 500 });
    expect(read(line, '{"message":"Chat.svc"}', '{}', line.slice(0, 20), '[]').lines.slice(1)).toEqual([
      'other',
      'other',
      'unreadable',
      'unreadable',
    ]);
  });

  it('a time or status of another kind is none', () => {
    const line = JSON.stringify({ path: '/Services88/Chat.svc', status: 'fine', time: 'now' });
    expect(read('{"url":"/","status":200}', line).lines[1]).toMatchObject({ status: undefined, time: undefined });
    const made = JSON.stringify({ path: '/Services88/Chat.svc', status: 123456 });
    expect(read('{"url":"/","status":200}', made).lines[1]).toMatchObject({ status: undefined });
  });
});

it.each([
  ['a source', 'const path = 1;\n'],
  ['JSON that is no log', '{"name":"x","path":"y"}\n'],
  ['settings in JSON', '{"url":"https://crm.example.com/Remote/Services88/Chat.svc","method":"POST"}'],
  ['requests that a browser recorded', '{"log":{"entries":[{"request":{"url":"/x"},"response":{"status":200}}]}}'],
  ['a list in JSON', '[{"path":"/","status":200}]\n'],
  [
    'a text with a line of a log',
    'See\n\n127.0.0.1 - - [01/Mar/2026:10:00:00 +0100] "GET / HTTP/1.1" 200 5\n\nthere\n',
  ],
  ['nothing', ''],
])('%s is no log', (_name, text) => {
  expect(recognise(text, true)).toBeUndefined();
});

it('a path that a proxy rewrote is known by the action, and a service by its file alone', () => {
  expect(serviceRequestOf({ path: '/chat', action: ACTION })).toMatchObject({ operation: 'GetChatMessages' });
  expect(serviceRequestOf({ path: '/so/SOPRINCIPAL.svc' })).toMatchObject({ service: 'SoPrincipal', release: null });
  expect(serviceRequestOf({ path: '/so/Contact.svc' })).toBeUndefined();
});
