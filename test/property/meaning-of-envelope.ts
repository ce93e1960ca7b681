/**
 * What an envelope means, worked out a second time from a whole tree: the oracle for documents that nobody has looked at.
 */
import type { ArraySchema, ComplexSchema, Field, Schema } from '../../lib/codec/schema.js';
import { textOf } from '../../lib/codec/xml.js';
import type { Operation, Operations, ReplyHeader, SoapVersion, XmlElement } from '../../lib/codec.js';
import { elementsOnly, isNil, isOf, meaningOf, membersOf, nothing, refuse } from './meaning-by-type.js';

const soap: Readonly<Record<string, SoapVersion>> = {
  'http://schemas.xmlsoap.org/soap/envelope/': '1.1',
  'http://www.w3.org/2003/05/soap-envelope': '1.2',
};

interface Envelope {
  readonly version: SoapVersion;
  readonly header: ReplyHeader;
  readonly child: XmlElement | undefined;
}

/** The parts of an envelope, for which there are more rules than for values. */
function envelopeOf(root: XmlElement, parts: readonly Field[]): Envelope {
  const version = root.name === 'Envelope' ? soap[root.namespace] : undefined;
  if (version === undefined || isNil(root)) return refuse('no envelope');
  const isSoap = (element: XmlElement, name: string): boolean =>
    element.name === name && element.namespace === root.namespace;
  const children = elementsOnly(root);
  const bodies = children.filter((child) => isSoap(child, 'Body'));
  const headers = children.filter((child) => isSoap(child, 'Header'));
  const known = children.filter(
    (child) => [...bodies, ...headers].includes(child) || parts.some((part) => isOf(part, child)),
  );
  const [body] = bodies;
  if (bodies.length !== 1 || headers.length > 1 || !body || known[known.length - 1] !== body)
    return refuse('no envelope');
  const beside = membersOf(
    { ...root, children: children.filter((child) => !headers.includes(child) && child !== body) },
    parts,
  );
  const inside = headers.map((header) => meaningOf(header, { nillable: false, type: { ...nameless, fields: parts } }));
  const [child, more] = elementsOnly(body);
  if (more || (isNil(body) && child)) refuse('too much in the Body');
  if (isNil(body)) refuse('no Body');
  return { version, header: Object.assign(beside, ...inside.filter((header) => header !== nothing)), child };
}

const nameless: ComplexSchema = { kind: 'complex', name: '', namespace: '', base: null, fields: [] };

/** What a reply says: a value, or a refusal. */
export type ReplyMeaning =
  | { readonly version: SoapVersion; readonly header: ReplyHeader; readonly output: unknown }
  | { readonly refused: string | undefined };

export function interpretReply({ reply, replyHeader, service }: Operation, root: XmlElement): ReplyMeaning {
  const { version, header, child } = envelopeOf(root, replyHeader);
  const isFault = child?.name === 'Fault' && child.namespace === root.namespace;
  const isReply = child?.name === reply.name && child.namespace === service.namespace;
  if (child && !isFault && !isReply) refuse('another reply');
  if (isFault && !isNil(child)) return { refused: reasonOf(child) };
  const type = { ...nameless, fields: isFault ? [] : reply.fields };
  const members = child === undefined ? nothing : meaningOf(child, { nillable: false, type });
  // A refusal in the header counts, whatever there is in the Body.
  if (isRefusal(header)) return { refused: reasonInHeader(header) };
  const { fields } = reply;
  const told = child === undefined ? [] : elementsOnly(child);
  const strange = told.length > 0 && !told.some((each) => fields.some((field) => isOf(field, each)));
  if (!isFault && fields.length > 0 && strange) refuse('a result that is not known');
  if (members === nothing) return refuse('an empty Body');
  const [only, more] = reply.fields;
  if (!only || more) return { version, header, output: only && members };
  const output = (members as Record<string, unknown>)[only.key] ?? null;
  return output === null && !only.nillable ? refuse('no result') : { version, header, output };
}

const isRefusal = ({ succeeded, exceptionInfo }: ReplyHeader): boolean => Boolean(exceptionInfo) || succeeded === false;

const reasonInHeader = ({ exceptionInfo }: ReplyHeader): string | undefined =>
  exceptionInfo?.message || exceptionInfo?.friendlyText || undefined;

const string: Field['type'] = { kind: 'string', name: 'string', namespace: '' };
const qname: Field['type'] = { kind: 'QName', name: 'QName', namespace: '' };

/** The reason that a Fault gives; its other parts must be what they should be. */
function reasonOf(fault: XmlElement): string | undefined {
  const { namespace } = fault;
  const field = (name: string, type: Schema, uri = '', nillable = false): Field => ({
    ...{ name, key: name, type, namespace: uri, nillable, required: false },
  });
  const code: ComplexSchema = { ...nameless, fields: [field('Value', qname, namespace)] };
  Object.assign(code, { fields: [...code.fields, field('Subcode', code, namespace)] });
  const any: Schema = { kind: 'anyType', name: '', namespace: '' };
  const text: ArraySchema = { kind: 'array', name: '', namespace: '', item: field('Text', any, namespace, true) };
  const parts = membersOf(fault, [
    field('faultcode', qname),
    field('faultstring', any, '', true),
    field('faultactor', string),
    field('detail', any),
    field('Code', code, namespace),
    field('Reason', text, namespace),
    field('Node', string, namespace),
    field('Role', string, namespace),
    field('Detail', any, namespace),
  ]);
  const said = (parts.faultstring ?? (parts.Reason as unknown[] | undefined)?.[0]) as XmlElement | null | undefined;
  return (said && textOf(said)) || undefined;
}

/** What a request to one of the services says. */
export function interpretRequest(services: readonly Operations[], root: XmlElement): object {
  const all = services.flatMap((service) => Object.values(service));
  const parts = new Map(all.flatMap((operation) => operation.requestHeader.map((part) => [part.name, part])));
  const { version, header, child } = envelopeOf(root, [...parts.values()]);
  const operation = all.find(
    ({ request, service }) => request.name === child?.name && service.namespace === child.namespace,
  );
  if (!operation || !child) return refuse('no request');
  const input = meaningOf(child, { nillable: false, type: { ...nameless, fields: operation.request.fields } });
  return input === nothing ? refuse('no request') : { operation: operation.name, version, header, input };
}
