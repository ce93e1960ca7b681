/**
 * Tells the pages that web servers answer with in the place of a service, and what each of them means.
 */

/**
 * What page of a web server this is, in a few words with a hint, or undefined where it is none:
 * `IIS's own page: the application pool is stopped (503)`. Of what the page says nothing is repeated but a short title,
 * since a page may show what was sent to it.
 */
export function describePage(
  status: number,
  mediaType: string,
  body: Uint8Array,
  wire: Wire = 'soap',
): string | undefined {
  const text = textOf(body);
  const [, , means, titled] = pages.find(([digits, words]) => `${status}`.startsWith(digits) && words.test(text)) ?? [];
  const said = means?.replace('{address}', hints[wire].address).replace('{handler}', hints[wire].handler);
  if (said !== undefined && !titled) return said;
  if (said === undefined && !(isHtml(mediaType) && /\S/.test(text))) return undefined;
  const title = titleOf(text);
  return `${said ?? 'a web page'}${title === undefined ? '' : `, titled ${JSON.stringify(title)}`}`;
}

/** What the status begins with, what is in the text, what it means, and whether the page's title tells more. */
type Page = readonly [status: string, text: RegExp, means: string, titled?: 'titled'];

const iis = "IIS's own page";
const aspNet = "ASP.NET's error page";
const wcf = "WCF's page";

/** What was called there. */
export type Wire = 'soap' | 'rest';

/** What may be wrong where nothing is at the address, or where nothing handles it. */
const hints: Readonly<Record<Wire, { readonly address: string; readonly handler: string }>> = {
  soap: {
    address: 'does the URL name the folder Services88, and is the service installed there?',
    handler: 'HTTP Activation of WCF is not installed on the server',
  },
  rest: {
    address: 'does the URL name the folder of the API, and is the REST API switched on there?',
    handler: 'WebDAV or request filtering of IIS keeps the method away from the API',
  },
};

const wrongAddress = '{address}';
const noActivation = '{handler}';
const limits = 'the request is larger than maxAllowedContentLength of IIS or maxReceivedMessageSize of WCF';

/**
 * The first that fits is taken, so that the special stand before the general. The numbers of IIS, as 404.3 and
 * 0x8007000d, are the same in all its languages; its words are not.
 */
const pages: readonly Page[] = [
  ['400', /invalid hostname/i, `${iis}: no site has this host name (400)`],
  ['400', /plain HTTP.{0,30} port/i, "a web server's page: this port speaks https, and the URL says http (400)"],

  ['401', /\b401\.1\b/, `${iis}: Windows does not know the user (401.1)`],
  ['401', /\b401\.3\b/, `${iis}: the user may not read the folder (401.3)`],
  ['401', /\b401\.\d|<h2>401 - /i, `${iis}: the site wants a login of its own, without which nobody is let in (401)`],

  ['403', /\b403\.4\b/, `${iis}: the site wants https (403.4)`],
  ['403', /\b403\.(?:6|50[123])\b/, `${iis}: the address of this machine is not let in (403.6)`],
  ['403', /\b403\.(?:7|1[367])\b/, `${iis}: the site wants a client certificate (403.7)`],
  ['403', /\b403\.14\b/, `${iis}: a folder, whose listing is denied (403.14); ${wrongAddress}`],
  ['403', /\b403\.\d|<h2>403 - /i, `${iis}: access is denied (403); does the site want https?`],

  ['404', /\b404\.13\b/, `${iis}: ${limits} (404.13)`],
  ['404', /\b404\.(?:3|17)\b/, `${iis}: nothing runs .svc files (404.3); ${noActivation}`],
  ['404', /\b404\.[5-8]\b/, `${iis}: request filtering refuses the URL or the ending .svc (404.7)`],
  ['404', /endpoint not found/i, `${wcf}: no endpoint is here (404); ${wrongAddress}`],
  ['404', /HTTP Error 404\. /i, `${iis}: no site has this URL (404); are the host name, the port and https right?`],
  ['404', /\b404\.0\b|<h2>404 - /i, `${iis}: no such file (404.0); ${wrongAddress}`],
  ['404', /\S/, `a page that says that nothing is here (404); ${wrongAddress}`],
  ['405', /\b405\.0\b|<h2>405 - /i, `${iis}: nothing takes a POST here (405); ${wrongAddress} If so, ${noActivation}`],

  // WCF writes no page for these two.
  ['413', /(?:)/, `a refusal of its size: ${limits} (413)`],
  ['415', /(?:)/, 'a refusal of its media type (415); does the binding of the service want the other version of SOAP?'],

  ['500', /\b500\.19\b|0x8007000d|0x80070021/i, `${iis}: web.config is not right, or a part of it is locked (500.19)`],
  ['500', /\b500\.21\b/, `${iis}: a handler is missing (500.21); ASP.NET is not registered, or ${noActivation}`],
  ['500', /\b500\.2[234]\b/, `${iis}: web.config does not fit the pipeline mode of the application pool (500.22)`],
  ['500', /could not find a base address/i, `${aspNet}: of the service's binding and the site, one is https, one http`],
  ['50', /memory gates checking failed/i, `${aspNet}: the server has too little free memory to start the service`],
  ['500', /could not be activated|ServiceActivationException/i, `${aspNet}: the service does not start`, 'titled'],
  ['500', /\b(?:Compilation|Parser) Error\b/i, `${aspNet}: a file of the installation does not compile`, 'titled'],
  ['500', /\bConfiguration Error\b/i, `${aspNet}: web.config is not right`],
  ['500', /\bRuntime Error\b/i, `${aspNet}: an error that is shown on the server only, as in its event log`],
  ['5', /Server Error in (?:'|&#39;)|\bASP\.NET Version:/i, `${aspNet}: an error of the application`, 'titled'],
  ['500', /\b500\.\d|<h2>500 - /i, `${iis}: an error of the server (500)`],

  ['502', /\b502\.\d|<h2>502 - /i, `${iis}, as a proxy: no good answer from the server behind it (502)`],
  ['502', /\S/, "a proxy's page: no good answer from the server behind it (502)"],
  ['503', /\b503\.2\b/, `${iis}: more requests at a time than it takes (503.2)`],
  ['503', /HTTP Error 503|\b503\.\d/i, `${iis}: the application pool is stopped (503)`],
  ['504', /\S/, "a proxy's page: no answer in time from the server behind it (504)"],

  ['2', /you have created a service/i, `${wcf} for browsers: something on the way made a GET of the POST`],
  [
    '2',
    /<input\b[^<>]{0,400}\btype\s{0,9}=\s{0,9}["']?password|\bname\s{0,9}=\s{0,9}["']?SAMLRe/i,
    'a login page: the address needs single sign-on or is not the service folder',
  ],
];

/** As much of a page as is looked at, in bytes. */
const ENOUGH = 16 * 1024;

/**
 * The text as far as it is ASCII, which is all that is looked for; other characters may come out wrong. In UTF-16 there
 * is a NUL beside each of these characters.
 */
const textOf = (body: Uint8Array): string =>
  Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, ENOUGH)).toString('utf8').replaceAll('\0', '');

const isHtml = (mediaType: string): boolean => mediaType === 'text/html' || mediaType === 'application/xhtml+xml';

/**
 * The title as it stands on the page if it is short and plain, else undefined. Nothing is cut off it or put right,
 * since who takes the secrets out of it could not know a part of one, or one with other characters.
 */
function titleOf(text: string): string | undefined {
  const title = /<title\b[^<>]{0,200}>([^<>&]{1,200})<\/title/i.exec(text)?.[1]?.trim() ?? '';
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,80}$/u.test(title) ? title : undefined;
}
