/**
 * What is found in a source file.
 */

/**
 * - `action`: a SOAPAction, whole or below a namespace that is elsewhere in the file
 * - `namespace`: the namespace of a release of the services
 * - `endpoint`: the address of a service, or the folder of all
 * - `envelope`: an element of a request, written by hand
 * - `call`: a method or a quoted name of an operation, in a file that shows signs of the service
 * - `proxy`: a name that a generator of proxies, or this package, gives
 * - `wsdl`: the name of a WSDL file
 * - `contract`: in a WSDL or schema, in a file that says that it is generated, or the action of a reply; no call of its own
 * - `rest`: a use of the REST API, which is there already
 * - `possible`: a name only, in no form of a call or in a file that shows no sign of the service; or a call in a comment
 */
export type FindingKind =
  | 'action'
  | 'namespace'
  | 'endpoint'
  | 'envelope'
  | 'call'
  | 'proxy'
  | 'wsdl'
  | 'contract'
  | 'rest'
  | 'possible';

/** Those that show that an operation is called. */
export const isUse = (kind: FindingKind): boolean => kind === 'action' || kind === 'envelope' || kind === 'call';

export interface Finding {
  readonly file: string;
  /** From 1 up. */
  readonly line: number;
  readonly kind: FindingKind;
  /** `Chat`; null where the place names none. */
  readonly service: string | null;
  /** `88`; null where neither the place nor another in the file names one. */
  readonly release: string | null;
  readonly operation: string | null;
  /** What stands there, without secrets. */
  readonly text: string;
}
