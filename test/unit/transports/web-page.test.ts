import { describePage } from '../../../lib/transports/web-page.js';

const describeHtml = (status: number, html: string): string | undefined =>
  describePage(status, 'text/html', Buffer.from(html));

const page = (title: string, body: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${body}</body></html>`;

/** As IIS shows an error to a browser on the server itself. */
const detailed = (code: string, text: string): string =>
  page(
    `IIS 10.0 Detailed Error - ${code} - ${text}`,
    `<h3>HTTP Error ${code} - ${text}</h3><h4>Most likely causes:</h4>`,
  );

/** As IIS shows it to everyone else. */
const custom = (text: string): string =>
  page(text, `<div id="header"><h1>Server Error</h1></div><div id="content"><h2>${text}</h2></div>`);

/** As the kernel of Windows answers where no process does. */
const kernel = (title: string, heading: string, text: string): string =>
  `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\r\n<BODY><h2>${heading}</h2>\r\n<hr><p>${text}</p>\r\n</BODY></HTML>`;

/** As ASP.NET shows an exception. */
const yellow = (title: string, heading = title): string =>
  page(title, `<span><H1>Server Error in '/Remote' Application.<hr></H1><h2><i>${heading}</i></h2></span>`);

describe('a page of IIS is told', () => {
  test.each<[string, number, string, RegExp]>([
    ['a wrong user', 401, detailed('401.1', 'Unauthorized'), /does not know the user \(401\.1\)/],
    ['a login that the site wants', 401, detailed('401.2', 'Unauthorized'), /wants a login of its own/],
    ['a folder that may not be read', 401, detailed('401.3', 'Unauthorized'), /may not read the folder/],
    ['a refusal without details', 401, custom('401 - Unauthorized: Access is denied.'), /wants a login of its own/],
    ['https that is required', 403, detailed('403.4', 'Forbidden'), /wants https \(403\.4\)/],
    ['an address that is not let in', 403, detailed('403.6', 'Forbidden'), /address of this machine/],
    ['a certificate that is missing', 403, detailed('403.7', 'Forbidden'), /client certificate/],
    ['a folder', 403, detailed('403.14', 'Forbidden'), /listing is denied \(403\.14\); does the URL name the folder/],
    ['access denied', 403, custom('403 - Forbidden: Access is denied.'), /access is denied \(403\)/],
    ['a missing file', 404, detailed('404.0', 'Not Found'), /no such file \(404\.0\); does the URL name the folder/],
    ['a missing file without details', 404, custom('404 - File or directory not found.'), /no such file/],
    ['a missing handler', 404, detailed('404.3', 'Not Found'), /HTTP Activation of WCF is not installed/],
    ['a handler of static files', 404, detailed('404.17', 'Not Found'), /HTTP Activation of WCF is not installed/],
    ['a refused file name', 404, detailed('404.7', 'Not Found'), /request filtering/],
    ['a request that is too large', 404, detailed('404.13', 'Not Found'), /maxAllowedContentLength/],
    ['a refused verb', 405, detailed('405.0', 'Method Not Allowed'), /nothing takes a POST/],
    ['a broken configuration', 500, detailed('500.19', 'Internal Server Error'), /web\.config/],
    ['a missing module', 500, detailed('500.21', 'Internal Server Error'), /a handler is missing \(500\.21\)/],
    ['the wrong pipeline', 500, detailed('500.22', 'Internal Server Error'), /pipeline mode/],
    ['any error', 500, custom('500 - Internal server error.'), /^IIS's own page: an error of the server \(500\)$/],
    ['a gateway', 502, custom('502 - Web server received an invalid response.'), /^IIS's own page, as a proxy/],
    ['too many requests', 503, detailed('503.2', 'Service Unavailable'), /more requests at a time/],
    [
      'a stopped application pool',
      503,
      kernel('Service Unavailable', 'Service Unavailable', 'HTTP Error 503. The service is unavailable.'),
      /^IIS's own page: the application pool is stopped \(503\)$/,
    ],
    [
      'an unknown host name',
      400,
      kernel('Bad Request', 'Bad Request - Invalid Hostname', 'HTTP Error 400. The request hostname is invalid.'),
      /no site has this host name/,
    ],
    [
      'an unknown site',
      404,
      kernel('Not Found', 'Not Found', 'HTTP Error 404. The requested resource is not found.'),
      /no site has this URL/,
    ],
  ])('for %s', (_, status, html, expected) => {
    expect(describeHtml(status, html)).toMatch(expected);
  });

  test('by its numbers, in whatever language it is', () => {
    const german = page('IIS 10.0: Detaillierter Fehler - 404.3 - Nicht gefunden', '<h3>HTTP-Fehler 404.3</h3>');
    expect(describeHtml(404, german)).toMatch(/HTTP Activation of WCF/);
    expect(describeHtml(500, page('Fehler', '<th>Fehlercode</th><td>0x8007000D</td>'))).toMatch(/500\.19/);
    expect(describeHtml(404, custom('404 - Datei oder Verzeichnis wurde nicht gefunden.'))).toMatch(/404\.0/);
  });

  test.each(['latin1', 'utf16le'] as const)('in the encoding %s', (encoding) => {
    const body = Buffer.from(page('Fehler für alle', '<h3>HTTP-Fehler 404.3</h3>'), encoding);
    expect(describePage(404, 'text/html', body)).toMatch(/HTTP Activation of WCF/);
  });
});

describe('a page of ASP.NET or WCF is told', () => {
  test.each<[string, number, string, RegExp]>([
    ['an error that is hidden', 500, yellow('Runtime Error'), /an error that is shown on the server only/],
    ['a broken configuration', 500, yellow('Configuration Error'), /web\.config is not right/],
    ['a broken file', 500, yellow('Compilation Error'), /does not compile, titled "Compilation Error"/],
    [
      'an exception',
      500,
      yellow('Could not load type X.'),
      /an error of the application, titled "Could not load type X\."/,
    ],
    ['a service that does not start', 500, yellow('The service could not be activated.'), /the service does not start/],
    ['the wrong scheme', 500, yellow('Could not find a base address that matches scheme https'), /one is https/],
    ['too little memory', 500, yellow('Memory gates checking failed'), /too little free memory/],
    ['no endpoint', 404, page('Service', '<p>Endpoint not found.</p>'), /^WCF's page: no endpoint is here \(404\)/],
    ['its own help', 200, page('Chat Service', '<P>You have created a service.'), /made a GET of the POST/],
  ])('for %s', (_, status, html, expected) => {
    expect(describeHtml(status, html)).toMatch(expected);
  });

  test.each<[number, RegExp]>([
    [413, /maxReceivedMessageSize/],
    [415, /version of SOAP/],
  ])('by the status %d alone, which WCF sends without a page', (status, expected) => {
    expect(describePage(status, '', Buffer.alloc(0))).toMatch(expected);
  });
});

describe('other pages are told', () => {
  test.each<[string, number, string, RegExp]>([
    ['a gateway', 502, page('502 Bad Gateway', '<center>nginx</center>'), /^a proxy's page: no good answer/],
    ['a gateway that waited', 504, page('504 Gateway Time-out', '<center>nginx</center>'), /no answer in time/],
    ['http where https is spoken', 400, 'The plain HTTP request was sent to HTTPS port', /speaks https/],
    ['a missing file', 404, page('404 Not Found', '<center>nginx</center>'), /nothing is here \(404\); does the URL/],
    ['a request that is too large', 413, page('413 Request Entity Too Large', 'nginx'), /refusal of its size/],
    ['a login', 200, page('Sign in', '<form><INPUT name=p TYPE="password"></form>'), /^a login page: /],
    ['a login elsewhere', 200, page('', '<form><input type="hidden" name="SAMLRequest"/></form>'), /^a login page: /],
    [
      'a page of its own',
      503,
      page(' Closed for maintenance ', 'sorry'),
      /^a web page, titled "Closed for maintenance"$/,
    ],
    ['a page without a title', 200, '<p>Hello</p>', /^a web page$/],
  ])('for %s', (_, status, html, expected) => {
    expect(describeHtml(status, html)).toMatch(expected);
  });

  test.each<[string, number, string, string]>([
    ['nothing', 200, 'text/html', ' \r\n'],
    ['nothing under an error', 500, 'text/html', ''],
    ['JSON', 500, 'application/json', '{"error":"<title>x</title>"}'],
    ['XML', 200, 'text/xml', '<feed><title>x</title></feed>'],
    ['plain text', 500, 'text/plain', 'out of order'],
  ])('but %s is none', (_, status, mediaType, text) => {
    expect(describePage(status, mediaType, Buffer.from(text))).toBeUndefined();
  });
});

describe('of a page', () => {
  test('nothing is repeated but its title', () => {
    const html = page('Oops', 'ticket 7T:secret <form><input type="text" value="7T:secret"></form>');
    expect(describeHtml(500, html)).toBe('a web page, titled "Oops"');
  });

  test.each([
    ['is longer than 80 characters', 'x'.repeat(81)],
    ['has control characters', 'one\u0007two'],
    ['has characters that turn the direction of the text', 'one\u202etwo'],
    ['has references, which would have to be resolved', 'one &amp; two'],
    ['is empty', ' '],
  ])('a title is left out that %s, and never cut', (_, title) => {
    expect(describeHtml(500, page(title, 'x'))).toBe('a web page');
  });

  test('a title of 80 characters in any script is repeated', () => {
    const title = 'Påloggingsside – サイン'.padEnd(80, '!');
    expect(describeHtml(500, page(title, 'x'))).toBe(`a web page, titled ${JSON.stringify(title)}`);
  });

  test('only the first 16 KiB are looked at', () => {
    const login = '<input type=password';
    expect(describeHtml(200, login.padStart(16 * 1024))).toMatch(/login/);
    expect(describeHtml(200, login.padStart(16 * 1024 + 1, '-'))).toBe('a web page');
  });

  test('the part of a buffer that is its body is looked at', () => {
    const pool = Buffer.from(`${page('Oops', '404.3')}<p>Endpoint not found.</p>`);
    expect(describePage(404, 'text/html', pool.subarray(pool.indexOf('<p>')))).toMatch(/^WCF's page/);
  });

  test.each(['<input ', '<title ', '<input type', 'type ', 'plain HTTP ', ' '.repeat(9), '<', 'Server Error in '])(
    'that repeats %j as often as it can little time is spent on',
    (piece) => {
      const html = piece.repeat(1 + (1 << 20) / piece.length);
      const start = performance.now();
      for (const status of [200, 400, 404, 500]) describeHtml(status, html);
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});
