/**
 * Replies as other servers write them: as .NET's WCF does and as a typed gSOAP server does; and the same as JSON, as
 * the service's REST API writes it. All are driven by the contract's tables, so that they serve every operation.
 */
import type { Operation } from '../../lib/codec/operation.js';
import type { Field, Schema } from '../../lib/codec/schema.js';

export const forms = ['wcf', 'gsoap'] as const;
export type Form = (typeof forms)[number];

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/**
 * The document of a reply. Of the WCF form there are two variants, taken in turn: with an XML declaration and the one
 * header part that always is there, and without a declaration and with all of them.
 */
export function replyDocument(operation: Operation, output: unknown, form: Form, variant = 0): Buffer {
  const [result] = operation.reply.fields;
  if (!result) throw new Error(`${operation.name} replies with nothing`);
  const write = form === 'wcf' ? wcfReply : gsoapReply;
  return Buffer.from(write(operation, result, output, variant % 2 === 1));
}

function wcfReply({ service, reply }: Operation, result: Field, output: unknown, full: boolean): string {
  const space = service.namespace;
  const head = full ? wcfHeader(space) : `<Succeeded xmlns="${space}">true</Succeeded>`;
  const content = wcfElement(result, output, space, ` xmlns:i="${XSI}"`);
  const body = `<${reply.name} xmlns="${space}">${content}</${reply.name}>`;
  return `${full ? '' : DECLARATION}<s:Envelope xmlns:s="${ENVELOPE}"><s:Header>${head}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

const wcfHeader = (space: string): string =>
  `<h:ExceptionInfo i:nil="true" xmlns:h="${space}" xmlns:i="${XSI}"/><h:ExtraInfo xmlns:h="${space}" xmlns:i="${XSI}"/>` +
  `<h:Succeeded xmlns:h="${space}">true</h:Succeeded><h:TimeZone xmlns:h="${space}" xmlns:i="${XSI}">` +
  `<SoTimeZoneId xmlns="${space}">0</SoTimeZoneId><SoTimeZoneLocationCode i:nil="true" xmlns="${space}"/></h:TimeZone>`;

/** Every member is there. Namespaces other than the service's get a prefix on the array or dictionary around them. */
function wcfElement(field: Field, value: unknown, space: string, attributes = ''): string {
  const tag = field.namespace === space ? field.name : `a:${field.name}`;
  if (value === null || value === undefined) {
    return field.type.kind === 'dateTime'
      ? `<${tag}>0001-01-01T00:00:00</${tag}>`
      : `<${tag} i:nil="true"${attributes}/>`;
  }
  const foreign = (inner: Field): string => (inner.namespace === space ? '' : ` xmlns:a="${inner.namespace}"`);
  const [declared, content] = contentOf(field.type, value, (inner, item) => wcfElement(inner, item, space), foreign);
  const start = `${tag}${attributes}${declared}`;
  return content === '' && field.type.kind !== 'string' ? `<${start}/>` : `<${start}>${content}</${tag}>`;
}

function gsoapReply({ service, reply }: Operation, result: Field, output: unknown): string {
  const prefixes = new Map([
    ['http://www.w3.org/2001/XMLSchema', 'xsd'],
    ['http://schemas.microsoft.com/2003/10/Serialization/Arrays', 'arr'],
    [service.namespace, 'ns1'],
  ]);
  const body = `<ns1:${reply.name}>${gsoapElement(result, output, prefixes)}</ns1:${reply.name}>`;
  const declared = [...prefixes].map(([uri, prefix]) => ` xmlns:${prefix}="${uri}"`).join('');
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ENVELOPE}"` +
    ` xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="${XSI}"${declared}>` +
    '<SOAP-ENV:Header><ns1:Succeeded xsi:type="xsd:boolean">true</ns1:Succeeded></SOAP-ENV:Header>' +
    `<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}

/** What is null is not there, and every element says its type. */
function gsoapElement(field: Field, value: unknown, prefixes: Map<string, string>): string {
  if (value === null || value === undefined) return '';
  const prefixOf = (uri: string): string => {
    const prefix = prefixes.get(uri) ?? `ns${prefixes.size}`;
    prefixes.set(uri, prefix);
    return prefix;
  };
  const tag = `${prefixOf(field.namespace)}:${field.name}`;
  const start = `${tag} xsi:type="${prefixOf(field.type.namespace)}:${field.type.name}"`;
  if (value instanceof Date) return `<${start}>${value.toISOString().slice(0, -1)}000Z</${tag}>`;
  const [, content] = contentOf(field.type, value, (inner, item) => gsoapElement(inner, item, prefixes));
  return content === '' && field.type.kind === 'string' ? `<${start}/>` : `<${start}>${content}</${tag}>`;
}

/** What stands inside an element, and the declarations that it needs. */
function contentOf(
  type: Schema,
  value: unknown,
  write: (inner: Field, item: unknown) => string,
  declare: (inner: Field) => string = () => '',
): [string, string] {
  switch (type.kind) {
    case 'complex':
      return ['', type.fields.map((inner) => write(inner, Reflect.get(value as object, inner.key))).join('')];
    case 'array':
      return [declare(type.item), (value as unknown[]).map((item) => write(type.item, item)).join('')];
    case 'dictionary': {
      const pairs = Object.entries(value as object).map(([key, item]) => ({ key, value: item }));
      return [declare(type.entry), pairs.map((pair) => write(type.entry, pair)).join('')];
    }
    case 'flags':
      return ['', (value as string[]).join(' ')];
    default:
      return ['', value instanceof Date ? lexicalOf(value) : escapeText(String(value))];
  }
}

const lexicalOf = (date: Date): string => ('lexical' in date ? String(date.lexical) : date.toISOString());

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The same output as the body of a REST reply. */
export function restDocument(operation: Operation, output: unknown): Buffer {
  const [result] = operation.reply.fields;
  return Buffer.from(JSON.stringify(result ? restValue(result.type, output) : null));
}

/** The object that JSON.stringify makes the REST body of; its names are those of the contract. */
export function restValue(type: Schema, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'complex':
      return Object.fromEntries(
        type.fields.map(({ name, key, type }) => [name, restValue(type, Reflect.get(value as object, key))]),
      );
    case 'array':
      return (value as unknown[]).map((item) => restValue(type.item.type, item));
    case 'dictionary':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [key, restValue(type.value.type, item)]),
      );
    case 'flags':
      return (value as string[]).join(', ');
    default:
      return value;
  }
}
