/**
 * The two ways to lay out an envelope: ours, and that of the published samples.
 */
import type { Service } from './operation.js';
import { type SoapVersion, versions } from './versions.js';
import type { Layout } from './writer.js';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XSD = 'http://www.w3.org/2001/XMLSchema';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';
const CRYPTOGRAPHY = 'http://schemas.datacontract.org/2004/07/System.Security.Cryptography';

/** The layouts of the two parts, and what is written around them. */
export interface EnvelopeLayout {
  readonly header: Layout;
  readonly body: Layout;
  readonly envelope: (header: string, body: string) => string;
}

/**
 * Ours: the namespace of the service is the default, others are declared on the envelope as far as they are used, and
 * no byte is spent on white space.
 */
export function plainLayout({ namespace }: Pick<Service, 'namespace'>, version: SoapVersion): EnvelopeLayout {
  const used = new Map<string, string>();
  const layout: Layout = {
    typed: false,
    indent: () => '',
    prefixOf: (uri) => {
      if (uri === namespace) return '';
      const prefix = used.get(uri) ?? (uri === XSI ? 'i:' : `n${used.size}:`);
      used.set(uri, prefix);
      return prefix;
    },
  };
  return {
    header: layout,
    body: layout,
    envelope: (header, body) => {
      let declarations = namespace === '' ? '' : ` xmlns="${namespace}"`;
      for (const [uri, prefix] of used) declarations += ` xmlns:${prefix.slice(0, -1)}="${uri}"`;
      const head = header === '' ? '' : `<s:Header>${header}</s:Header>`;
      return `<s:Envelope xmlns:s="${versions[version].namespace}"${declarations}>${head}<s:Body>${body}</s:Body></s:Envelope>`;
    },
  };
}

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
  return {
    header: { prefixOf, typed: false, indent: (depth) => `\n${' '.repeat(2 + 2 * depth)}` },
    body: { prefixOf, typed: true, indent: (depth) => `\n${' '.repeat(3 + depth)}` },
    envelope: (header, body) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope${declarations}>${header}\n <SOAP-ENV:Body>${body}\n\n </SOAP-ENV:Body>\n</SOAP-ENV:Envelope>\n`,
  };
}
