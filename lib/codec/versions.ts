/**
 * SOAP 1.1 and 1.2 as two rows of one table.
 */
import {
  type ComplexSchema,
  type Direction,
  type Field,
  type Member,
  member,
  nillable,
  schemasOf,
  xs,
} from './schema.js';
import { table } from './table.js';
import type { XmlElement } from './xml.js';

export type SoapVersion = '1.1' | '1.2';

interface VersionFacts {
  readonly namespace: string;
  readonly mediaType: string;
  /** The fault codes that the version defines, by their 1.1 names. */
  readonly faultCodes: Readonly<Record<string, string>>;
}

const sharedCodes = { VersionMismatch: 'VersionMismatch', MustUnderstand: 'MustUnderstand' };

export const versions: Readonly<Record<SoapVersion, VersionFacts>> = {
  '1.1': {
    namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
    mediaType: 'text/xml',
    faultCodes: table({ ...sharedCodes, Client: 'Client', Server: 'Server' }),
  },
  '1.2': {
    namespace: 'http://www.w3.org/2003/05/soap-envelope',
    mediaType: 'application/soap+xml',
    faultCodes: table({ ...sharedCodes, Client: 'Sender', Server: 'Receiver' }),
  },
};

/** What a Fault element holds, of either version: some servers put the children of the one into the other. */
export interface FaultParts {
  readonly faultcode?: string;
  /** Free-form, so that markup in it does not hide the Fault. */
  readonly faultstring?: XmlElement | null;
  readonly detail?: XmlElement;
  readonly detailOf12?: XmlElement;
  readonly code?: FaultCodePart;
  readonly reason?: readonly (XmlElement | null)[];
}

export interface FaultCodePart {
  readonly value?: string;
  readonly subcode?: FaultCodePart;
}

/**
 * The schema of whole documents: an Envelope of either version whose Body holds one of the wrappers, or in a reply a Fault. The
 * member of the document is named by the version. Header parts are read in Header, and beside it, where the published
 * samples put them.
 */
export function documentSchema(
  headerParts: readonly Field[],
  wrappers: readonly Field[],
  direction: Direction,
): ComplexSchema {
  const envelopes = (Object.keys(versions) as SoapVersion[]).map((version): Field => {
    const { namespace } = versions[version];
    const { element } = schemasOf(namespace);
    const body = [...wrappers, ...(direction === 'reply' ? [element(member('Fault', faultSchema(namespace)))] : [])];
    const envelope = [
      element(member('Header', complex('Header', headerParts))),
      ...headerParts,
      element(member('Body', { ...complex('Body', body), strict: 'closed' })),
    ];
    return { ...element(member('Envelope', { ...complex('Envelope', envelope), strict: 'open' })), key: version };
  });
  return complex('document', envelopes);
}

const complex = (name: string, fields: readonly Field[]): ComplexSchema => ({
  kind: 'complex',
  name,
  namespace: '',
  base: null,
  fields,
});

function faultSchema(namespace: string): ComplexSchema {
  const { element } = schemasOf(namespace);
  const local = schemasOf('');
  const soap = schemasOf(namespace);
  const code: ComplexSchema = soap.complex('Code', null, () => [member('Value', xs.QName), member('Subcode', code)]);
  const of11: Member[] = [
    member('faultcode', xs.QName),
    nillable('faultstring', xs.anyType),
    member('faultactor', xs.string),
    member('detail', xs.anyType),
  ];
  const of12: Member[] = [
    member('Code', code),
    member('Reason', soap.array('Reason', nillable('Text', xs.anyType))),
    member('Node', xs.string),
    member('Role', xs.string),
  ];
  // A key of its own, since a Fault may have the one and the other.
  const detail: Field = { ...element(member('Detail', xs.anyType)), key: 'detailOf12' };
  return complex('Fault', [...of11.map(local.element), ...of12.map(element), detail]);
}
