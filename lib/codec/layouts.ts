/**
 * The two ways to lay out an envelope: ours, and that of the published samples.
 */
import type { Layout } from './members.js';
import type { Service } from './operation.js';
import { type SoapVersion, versions } from './versions.js';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XSD = 'http://www.w3.org/2001/XMLSchema';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';
const CRYPTOGRAPHY = 'http://schemas.datacontract.org/2004/07/System.Security.Cryptography';

/** The layouts of the two parts, and what is written around them. */
export interface EnvelopeLayout {
  readonly header: Layout;
  readonly body: Layout;
  readonly envelope: (version: SoapVersion, declarations: string, header: string, body: string) => string;
}

/**
 * Ours: the namespace of the service is the default, others are declared on the envelope as far as they are used, and
 * no byte is spent on white space.
 */
export function plainLayout({ namespace }: Pick<Service, 'namespace'>): EnvelopeLayout {
  const prefixOf = (uri: string): string => {
    const prefix = uri === namespace ? '' : plainPrefixes.get(uri);
    if (prefix === undefined) throw new Error(`there is no prefix for ${uri}`);
    return prefix;
  };
  const layout: Layout = {
    typed: false,
    indent: null,
    prefixOf,
    declarationOf: (uri) => (uri === namespace ? '' : ` xmlns:${prefixOf(uri).slice(0, -1)}="${uri}"`),
  };
  const own = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return {
    header: layout,
    body: layout,
    envelope: (version, declarations, header, body) => {
      const head = header === '' ? '' : `<s:Header>${header}</s:Header>`;
      return `<s:Envelope xmlns:s="${versions[version].namespace}"${own}${declarations}>${head}<s:Body>${body}</s:Body></s:Envelope>`;
    },
  };
}

/** All that the contract has elements or attributes of, beside the services' own. */
const plainPrefixes: ReadonlyMap<string, string> = new Map([
  [XSI, 'i:'],
  [ARRAYS, 'a:'],
  [CRYPTOGRAPHY, 'c:'],
]);

/**
 * That of the published samples: gSOAP's prefixes, a type on every element of the body, and the header blocks beside
 * the Body, without a Header around them. The service's WSDL asks for none of this; it is for comparing with the
 * documentation.
 */
export function sampleLayout(
  { name, namespace }: Pick<Service, 'name' | 'namespace'>,
  version: SoapVersion,
): EnvelopeLayout {
  const numbered = name === 'SoPrincipal' ? [SERIALIZATION, CRYPTOGRAPHY, ARRAYS] : [SERIALIZATION, ARRAYS];
  const encoding =
    version === '1.2' ? 'http://www.w3.org/2003/05/soap-encoding' : 'http://schemas.xmlsoap.org/soap/encoding/';
  const declared: readonly (readonly [string, string])[] = [
    ['SOAP-ENV', versions[version].namespace],
    ['SOAP-ENC', encoding],
    ['xsi', XSI],
    ['xsd', XSD],
    ...numbered.map((uri, index) => [`NetServerServices88${index + 1}`, uri] as const).reverse(),
    [name, namespace],
  ];
  const prefixes = new Map(declared.map(([prefix, uri]) => [uri, `${prefix}:`]));
  const declarations = declared.map(([prefix, uri]) => `\n xmlns:${prefix}="${uri}"`).join('');
  const prefixOf = (uri: string): string => prefixes.get(uri) ?? '';
  const declarationOf = (): string => '';
  return {
    header: { prefixOf, declarationOf, typed: false, indent: (depth) => `\n${' '.repeat(2 + 2 * depth)}` },
    body: { prefixOf, declarationOf, typed: true, indent: (depth) => `\n${' '.repeat(3 + depth)}` },
    envelope: (_version, _declarations, header, body) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope${declarations}>${header}\n <SOAP-ENV:Body>${body}\n\n </SOAP-ENV:Body>\n</SOAP-ENV:Envelope>\n`,
  };
}
