/**
 * What a WSDL states, apart from how it is laid out: the same for one file and for many, whatever the prefixes.
 */

/** An expanded name, `{namespace}local`. */
export type QName = string;

export interface Contract {
  readonly types: readonly NamedType[];
  readonly services: readonly ServiceContract[];
}

export type NamedType = ComplexType | EnumType | RestrictedType;

export interface ComplexType {
  readonly kind: 'complex';
  readonly name: QName;
  readonly base: QName | null;
  readonly dictionary: boolean;
  readonly members: readonly MemberContract[];
  readonly doc: string;
}

export interface EnumType {
  readonly kind: 'enum' | 'flags';
  readonly name: QName;
  readonly underlying: 'int' | 'short';
  readonly values: readonly { readonly name: string; readonly number: number; readonly doc: string }[];
  readonly doc: string;
}

/** A simple type that narrows another, as the Serialization namespace has them. */
export interface RestrictedType {
  readonly kind: 'restricted';
  readonly name: QName;
  readonly base: QName;
  readonly doc: string;
}

export interface MemberContract {
  readonly name: string;
  /** Null where the type stands inside the element. */
  readonly type: QName | null;
  readonly members: readonly MemberContract[];
  readonly nillable: boolean;
  readonly required: boolean;
  readonly many: boolean;
  readonly doc: string;
}

export interface ServiceContract {
  readonly name: string;
  readonly namespace: string;
  readonly wsdlService: string;
  readonly wsdlPort: string;
  readonly address: string;
  readonly operations: readonly OperationContract[];
  readonly doc: string;
}

export interface OperationContract {
  readonly name: string;
  readonly soapAction: string;
  readonly request: WrapperContract;
  readonly reply: WrapperContract;
  readonly requestHeader: readonly MemberContract[];
  readonly replyHeader: readonly MemberContract[];
  readonly doc: string;
}

export interface WrapperContract {
  readonly name: string;
  readonly members: readonly MemberContract[];
}

export const namespaceOf = (name: QName): string => name.slice(1, name.lastIndexOf('}'));
export const localOf = (name: QName): string => name.slice(name.lastIndexOf('}') + 1);
