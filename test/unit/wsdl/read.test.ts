import type { Contract, OperationContract } from '../../../lib/wsdl/contract.js';
import { emitContract } from '../../../lib/wsdl/emit.js';
import { readContract } from '../../../lib/wsdl/read.js';

const NS = 'urn:example:notes';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const SER = 'http://schemas.microsoft.com/2003/10/Serialization/';

type Files = Readonly<Record<string, string>>;

/** Reads files that are given as text; locations are names of files in one folder. */
const read = (files: Files, ...starts: string[]): Contract =>
  readContract(starts.length > 0 ? starts : ['notes.wsdl'], (location) => {
    const text = files[location];
    return text === undefined ? undefined : { source: location, text };
  });

/** A contract laid out by hand: short prefixes declared once, the schemas in files of their own. */
function tidy(): Files {
  return {
    'notes.wsdl': `<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes -->
<definitions name="NotesService" targetNamespace="${NS}" xmlns="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${NS}">
  <types>
    <xs:schema targetNamespace="${NS}" elementFormDefault="qualified"><xs:include schemaLocation="notes.xsd"/></xs:schema>
  </types>
  <message name="Headers"><part name="Token" element="tns:Token"/></message>
  <message name="FindIn"><part name="parameters" element="tns:Find"/></message>
  <message name="FindOut"><part name="parameters" element="tns:FindResponse"/></message>
  <portType name="Notes">
    <operation name="Find"><input message="tns:FindIn"/><output message="tns:FindOut"/></operation>
  </portType>
  <binding name="Basic_Notes" type="tns:Notes">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Find">
      <soap:operation soapAction="${NS}/Find" style="document"/>
      <input><soap:header message="tns:Headers" part="Token" use="literal"/><soap:body use="literal"/></input>
      <output><soap:body use="literal"/></output>
    </operation>
  </binding>
  <service name="NotesService">
    <port name="Basic_Notes" binding="tns:Basic_Notes"><soap:address location="http://example.com/notes"/></port>
  </service>
</definitions>`,
    'notes.xsd': `<xs:schema targetNamespace="${NS}" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:a="${ARRAYS}" xmlns:t="${NS}" xmlns:ser="${SER}">
  <xs:import namespace="${ARRAYS}" schemaLocation="arrays.xsd"/>
  <xs:import namespace="${SER}" schemaLocation="ser.xsd"/>
  <xs:complexType name="Base"><xs:sequence><xs:element name="Id" type="xs:int" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="Note"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>
    <xs:element name="Text" type="xs:string" minOccurs="0" nillable="true"/>
    <xs:element name="Kind" type="t:Kind" minOccurs="0"/>
    <xs:element name="Marks" type="t:Marks" minOccurs="0"/>
    <xs:element name="Lasts" type="ser:duration" minOccurs="0"/>
    <xs:element name="Ids" type="a:ArrayOfint" minOccurs="0" nillable="true"/>
    <xs:element name="More" type="t:Extra" minOccurs="0" nillable="true"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="ArrayOfNote"><xs:sequence>
    <xs:element name="Note" type="t:Note" minOccurs="0" maxOccurs="unbounded" nillable="true"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Extra">
    <xs:annotation><xs:appinfo><ser:IsDictionary>true</ser:IsDictionary></xs:appinfo></xs:annotation>
    <xs:sequence><xs:element name="Pair" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="Key" type="xs:string" nillable="true"/><xs:element name="Value" type="xs:string" nillable="true"/>
    </xs:sequence></xs:complexType></xs:element></xs:sequence>
  </xs:complexType>
  <xs:simpleType name="Kind">
    <xs:annotation><xs:appinfo><ser:ActualType Name="short" Namespace="http://www.w3.org/2001/XMLSchema"/></xs:appinfo></xs:annotation>
    <xs:restriction base="xs:string">
      <xs:enumeration value="Plain"/>
      <xs:enumeration value="Rich"><xs:annotation><xs:appinfo><ser:EnumerationValue>7</ser:EnumerationValue></xs:appinfo></xs:annotation></xs:enumeration>
    </xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="Marks"><xs:list><xs:simpleType><xs:restriction base="xs:string">
    <xs:enumeration value="New"/><xs:enumeration value="Old"/><xs:enumeration value="Both"/>
  </xs:restriction></xs:simpleType></xs:list></xs:simpleType>
  <xs:element name="Token" type="xs:string" nillable="true"/>
  <xs:element name="Find"><xs:complexType><xs:sequence>
    <xs:element name="Like" type="t:Note" minOccurs="0" nillable="true"/><xs:element name="Most" type="xs:int" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="FindResponse"><xs:complexType><xs:sequence>
    <xs:element name="Response" type="t:ArrayOfNote" minOccurs="0" nillable="true"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`,
    'arrays.xsd': `<xs:schema targetNamespace="${ARRAYS}" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="ArrayOfint"><xs:sequence><xs:element name="int" type="xs:int" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
</xs:schema>`,
    'ser.xsd': `<xs:schema targetNamespace="${SER}" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="duration"><xs:restriction base="xs:duration"/></xs:simpleType>
</xs:schema>`,
  };
}

/** The same contract as an installation serves it: one file, `q1` on each element, and imports that lead nowhere. */
function served(): Files {
  const of = (prefix: string, local: string, namespace: string): string =>
    `xmlns:${prefix}="${namespace}" type="${prefix}:${local}"`;
  return {
    'notes.wsdl': `<?xml version="1.0" encoding="utf-8"?><wsdl:definitions name="NotesService" targetNamespace="${NS}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:wsu="urn:example:unused" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:tns="${NS}" xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl"><wsdl:types>
<xs:schema elementFormDefault="qualified" targetNamespace="${NS}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${NS}"><xs:import namespace="${ARRAYS}"/><xs:import namespace="${SER}"/>
<xs:element name="Find"><xs:complexType><xs:sequence><xs:element minOccurs="0" name="Like" nillable="true" ${of('q1', 'Note', NS)}/><xs:element minOccurs="0" name="Most" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="FindResponse"><xs:complexType><xs:sequence><xs:element minOccurs="0" name="Response" nillable="true" ${of('q2', 'ArrayOfNote', NS)}/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Token" nillable="true" type="xs:string"/>
<xs:complexType name="Note"><xs:complexContent mixed="false"><xs:extension base="tns:Base"><xs:sequence>
<xs:element minOccurs="0" name="Text" nillable="true" type="xs:string"/>
<xs:element minOccurs="0" name="Kind" type="tns:Kind"/>
<xs:element minOccurs="0" name="Marks" type="tns:Marks"/>
<xs:element minOccurs="0" name="Lasts" ${of('q3', 'duration', SER)}/>
<xs:element minOccurs="0" name="Ids" nillable="true" ${of('q4', 'ArrayOfint', ARRAYS)}/>
<xs:element minOccurs="0" name="More" nillable="true" type="tns:Extra"/>
</xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:element name="Note" nillable="true" type="tns:Note"/>
<xs:complexType name="Base"><xs:sequence><xs:element minOccurs="0" name="Id" type="xs:int"/></xs:sequence></xs:complexType><xs:element name="Base" nillable="true" type="tns:Base"/>
<xs:complexType name="ArrayOfNote"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Note" nillable="true" type="tns:Note"/></xs:sequence></xs:complexType>
<xs:simpleType name="Kind"><xs:annotation><xs:appinfo><ActualType Name="short" Namespace="http://www.w3.org/2001/XMLSchema" xmlns="${SER}"/></xs:appinfo></xs:annotation><xs:restriction base="xs:string"><xs:enumeration value="Plain"><xs:annotation><xs:appinfo><EnumerationValue xmlns="${SER}">0</EnumerationValue></xs:appinfo></xs:annotation></xs:enumeration><xs:enumeration value="Rich"><xs:annotation><xs:appinfo><EnumerationValue xmlns="${SER}">7</EnumerationValue></xs:appinfo></xs:annotation></xs:enumeration></xs:restriction></xs:simpleType>
<xs:simpleType name="Marks"><xs:list><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="New"><xs:annotation><xs:appinfo><EnumerationValue xmlns="${SER}">1</EnumerationValue></xs:appinfo></xs:annotation></xs:enumeration><xs:enumeration value="Old"><xs:annotation><xs:appinfo><EnumerationValue xmlns="${SER}">2</EnumerationValue></xs:appinfo></xs:annotation></xs:enumeration><xs:enumeration value="Both"><xs:annotation><xs:appinfo><EnumerationValue xmlns="${SER}">4</EnumerationValue></xs:appinfo></xs:annotation></xs:enumeration></xs:restriction></xs:simpleType></xs:list></xs:simpleType>
<xs:complexType name="Extra"><xs:annotation><xs:appinfo><IsDictionary xmlns="${SER}">true</IsDictionary></xs:appinfo></xs:annotation><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Pair"><xs:complexType><xs:sequence><xs:element name="Key" nillable="true" type="xs:string"/><xs:element name="Value" nillable="true" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
</xs:schema>
<xs:schema attributeFormDefault="qualified" elementFormDefault="qualified" targetNamespace="${SER}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${SER}"><xs:element name="anyType" nillable="true" type="xs:anyType"/><xs:simpleType name="duration"><xs:restriction base="xs:duration"><xs:minInclusive value="-P10675199D"/></xs:restriction></xs:simpleType><xs:attribute name="FactoryType" type="xs:QName"/></xs:schema>
<xs:schema elementFormDefault="qualified" targetNamespace="${ARRAYS}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${ARRAYS}"><xs:complexType name="ArrayOfint"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="int" type="xs:int"/></xs:sequence></xs:complexType><xs:element name="ArrayOfint" nillable="true" type="tns:ArrayOfint"/></xs:schema>
</wsdl:types>
<wsdl:message name="FindRequest"><wsdl:part name="parameters" element="tns:Find"/></wsdl:message><wsdl:message name="FindRequest_Headers"><wsdl:part name="Token" element="tns:Token"/></wsdl:message><wsdl:message name="FindReply"><wsdl:part name="parameters" element="tns:FindResponse"/></wsdl:message>
<wsdl:portType name="Notes"><wsdl:operation name="Find"><wsdl:input wsaw:Action="${NS}/Find" name="FindRequest" message="tns:FindRequest"/><wsdl:output wsaw:Action="${NS}/FindResponse" name="FindReply" message="tns:FindReply"/></wsdl:operation></wsdl:portType>
<wsdl:binding name="Basic_Notes" type="tns:Notes"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><wsdl:operation name="Find"><soap:operation soapAction="${NS}/Find" style="document"/><wsdl:input name="FindRequest"><soap:header message="tns:FindRequest_Headers" part="Token" use="literal"/><soap:body use="literal"/></wsdl:input><wsdl:output name="FindReply"><soap:body use="literal"/></wsdl:output></wsdl:operation></wsdl:binding>
<wsdl:service name="NotesService"><wsdl:port name="Basic_Notes" binding="tns:Basic_Notes"><soap:address location="http://example.com/notes"/></wsdl:port></wsdl:service>
</wsdl:definitions>`,
  };
}

/** Files with a piece of text replaced, which must be there. */
function changed(files: Files, file: string, from: string, to: string): Files {
  const text = files[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { ...files, [file]: text.replaceAll(from, to) };
}

const byName = (contract: Contract) => [...contract.types].sort((a, b) => (a.name < b.name ? -1 : 1));

const operationOf = (contract: Contract): OperationContract => {
  const operation = contract.services[0]?.operations[0];
  if (!operation) throw new Error('there is no operation');
  return operation;
};

describe('one file as an installation serves it and tidy files', () => {
  test('say the same', () => {
    expect(byName(read(served()))).toEqual(byName(read(tidy())));
    expect(read(served()).services).toEqual(read(tidy()).services);
  });

  test('are emitted as the same code', () => {
    const classes = { Notes: { Find: 'read' } } as const;
    const emitted = emitContract(read(served()), classes);
    expect([...emitted]).toEqual([...emitContract(read(tidy()), classes)]);
    expect([...emitted.keys()]).toEqual(['types.ts', 'schemas.ts', 'notes.ts']);
  });
});

describe('a contract', () => {
  test('has types with base, members in order, and the names they refer to expanded', () => {
    const note = byName(read(served())).find(({ name }) => name === `{${NS}}Note`);
    expect(note).toMatchObject({ kind: 'complex', base: `{${NS}}Base`, dictionary: false });
    const members = note?.kind === 'complex' ? note.members : [];
    expect(members.map(({ name, type, nillable, required, many }) => [name, type, nillable, required, many])).toEqual([
      ['Text', '{http://www.w3.org/2001/XMLSchema}string', true, false, false],
      ['Kind', `{${NS}}Kind`, false, false, false],
      ['Marks', `{${NS}}Marks`, false, false, false],
      ['Lasts', `{${SER}}duration`, false, false, false],
      ['Ids', `{${ARRAYS}}ArrayOfint`, true, false, false],
      ['More', `{${NS}}Extra`, true, false, false],
    ]);
  });

  test('has enums and flags, numbered by annotation or by the rule of .NET', () => {
    const names = byName(read(tidy())).flatMap((type) =>
      type.kind === 'enum' || type.kind === 'flags'
        ? [[type.kind, type.underlying, ...type.values.map(({ name, number }) => `${name} ${number}`)]]
        : [],
    );
    expect(names).toEqual([
      ['enum', 'short', 'Plain 0', 'Rich 7'],
      ['flags', 'int', 'New 1', 'Old 2', 'Both 4'],
    ]);
  });

  test('has operations with their action, wrappers and header parts', () => {
    const contract = read(served());
    expect(contract.services[0]).toMatchObject({
      name: 'Notes',
      namespace: NS,
      wsdlService: 'NotesService',
      wsdlPort: 'Basic_Notes',
      address: 'http://example.com/notes',
    });
    const { name, soapAction, request, reply, requestHeader, replyHeader } = operationOf(contract);
    expect([name, soapAction, request.name, reply.name]).toEqual(['Find', `${NS}/Find`, 'Find', 'FindResponse']);
    expect(request.members.map((each) => each.name)).toEqual(['Like', 'Most']);
    expect(reply.members.map((each) => each.type)).toEqual([`{${NS}}ArrayOfNote`]);
    expect(requestHeader.map((each) => [each.name, each.nillable])).toEqual([['Token', true]]);
    expect(replyHeader).toEqual([]);
  });

  test('has the documentation, without its line breaks', () => {
    const documented = changed(
      tidy(),
      'notes.xsd',
      '<xs:complexType name="Base">',
      '<xs:complexType name="Base"><xs:annotation><xs:documentation>What all\n   have.</xs:documentation></xs:annotation>',
    );
    expect(byName(read(documented)).find(({ name }) => name === `{${NS}}Base`)?.doc).toBe('What all have.');
  });

  test('may take in files that name each other', () => {
    const circular = changed(
      tidy(),
      'arrays.xsd',
      '<xs:complexType',
      `<xs:import namespace="${NS}" schemaLocation="notes.xsd"/><xs:complexType`,
    );
    expect(read(circular)).toEqual(read(tidy()));
  });

  test('of several files has each type once', () => {
    const files = { ...tidy(), 'served.wsdl': served()['notes.wsdl'] ?? '' };
    const both = read(files, 'notes.wsdl', 'served.wsdl');
    expect(byName(both)).toEqual(byName(read(tidy())));
    expect(both.services).toHaveLength(2);
  });
});

test.each<[string, Files, string]>([
  [
    'a member of a type that is not declared',
    changed(tidy(), 'notes.xsd', 'type="t:Kind"', 'type="t:Sort"'),
    `{${NS}}Note/Kind is of the type {${NS}}Sort, which is not declared`,
  ],
  [
    'a base that is not declared',
    changed(tidy(), 'notes.xsd', 'base="t:Base"', 'base="t:Basis"'),
    `{${NS}}Note is of the type {${NS}}Basis, which is not declared`,
  ],
  [
    'an item in a dictionary of a type that is not declared',
    changed(
      served(),
      'notes.wsdl',
      'name="Value" nillable="true" type="xs:string"',
      'name="Value" nillable="true" type="tns:Gone"',
    ),
    `{${NS}}Extra/Pair/Value is of the type {${NS}}Gone`,
  ],
  [
    'a parameter of a type that is not declared',
    changed(tidy(), 'notes.xsd', 'name="Like" type="t:Note"', 'name="Like" type="t:Gone"'),
    `Like is of the type {${NS}}Gone, which is not declared`,
  ],
  [
    'a header part of a type that is not declared',
    changed(tidy(), 'notes.xsd', 'name="Token" type="xs:string"', 'name="Token" type="t:Gone"'),
    `Token is of the type {${NS}}Gone, which is not declared`,
  ],
  [
    'a schema file that is not there',
    changed(tidy(), 'notes.xsd', 'arrays.xsd', 'gone.xsd'),
    `{${NS}}Note/Ids is of the type {${ARRAYS}}ArrayOfint, which is not declared`,
  ],
  [
    'an undeclared prefix in a type',
    changed(tidy(), 'notes.xsd', 'type="t:Kind"', 'type="q:Kind"'),
    'notes.xsd: the prefix of q:Kind is not declared',
  ],
  [
    'an undeclared prefix of an element',
    changed(tidy(), 'notes.xsd', '<xs:list>', '<xs:list><q:note/>'),
    'notes.xsd: the prefix of q:note is not declared',
  ],
  [
    'a prefix that was declared on another element',
    changed(served(), 'notes.wsdl', 'type="tns:Extra"', 'type="q4:Extra"'),
    'notes.wsdl: the prefix of q4:Extra is not declared',
  ],
  [
    'no SOAP 1.1 binding',
    changed(served(), 'notes.wsdl', '<soap:binding ', '<soap12:binding '),
    'NotesService has no SOAP 1.1 binding',
  ],
  [
    'a port whose binding is not there',
    changed(tidy(), 'notes.wsdl', 'binding="tns:Basic_Notes"', 'binding="tns:Gone"'),
    'NotesService has no SOAP 1.1 binding',
  ],
  [
    'a service without a port',
    changed(
      tidy(),
      'notes.wsdl',
      '<port name="Basic_Notes" binding="tns:Basic_Notes"><soap:address location="http://example.com/notes"/></port>',
      '',
    ),
    'NotesService has no SOAP 1.1 binding',
  ],
  [
    'an operation that is not bound',
    changed(tidy(), 'notes.wsdl', '<operation name="Find">\n', '<operation name="Seek">\n'),
    'Find is not bound to SOAP 1.1',
  ],
  [
    'a message that is not there',
    changed(tidy(), 'notes.wsdl', '<input message="tns:FindIn"/>', '<input message="tns:Gone"/>'),
    `{${NS}}Gone is not declared`,
  ],
  [
    'a wrapper that is not there',
    changed(tidy(), 'notes.wsdl', 'element="tns:Find"', 'element="tns:Gone"'),
    `{${NS}}Gone is not declared`,
  ],
  [
    'a port type that is not there',
    changed(tidy(), 'notes.wsdl', 'type="tns:Notes"', 'type="tns:Gone"'),
    `{${NS}}Gone is not declared`,
  ],
  ['a tag that does not match', changed(tidy(), 'notes.xsd', '</xs:list>', '</xs:lists>'), 'notes.xsd:'],
  ['a file that is cut', { ...tidy(), 'notes.wsdl': (tidy()['notes.wsdl'] ?? '').slice(0, 900) }, 'notes.wsdl:'],
  ['an empty file', { 'notes.wsdl': '' }, 'notes.wsdl'],
  ['a file of another kind', { 'notes.wsdl': '<html></html>' }, 'notes.wsdl: {}html is neither a WSDL nor a schema'],
  ['a file that is not there', {}, 'notes.wsdl: no such file'],
  [
    'a type that is declared twice, differently',
    changed(
      served(),
      'notes.wsdl',
      '<xs:complexType name="Base">',
      '<xs:complexType name="Base"><xs:sequence/></xs:complexType><xs:complexType name="Base">',
    ),
    `{${NS}}Base is declared twice, differently`,
  ],
])('%s is an error that names it', (_what, files, words) => {
  expect(() => read(files)).toThrow(words);
});

test('malformed XML is refused with its file and line', () => {
  const files = changed(tidy(), 'arrays.xsd', '<xs:sequence>', '<xs:sequence>\n\n<xs:oops>');
  expect(() => read(files)).toThrow(/^arrays\.xsd:[45]: /);
});
