/**
 * A service as an object with one method for each operation.
 */
import type { Transport } from './call.js';
import type { InputOf, Operation, Operations, OutputOf, RequestHeader } from './codec/operation.js';

export interface CallOptions {
  /** Ends the call; the error has the code `aborted` and the signal's reason as its cause. */
  readonly signal?: AbortSignal | undefined;
  /** Header parts of this call, before those of the client. */
  readonly header?: RequestHeader | undefined;
}

/** One operation as a method. Operations without parameters need no input. */
export type Method<O extends Operation> = (
  ...args: InputOf<O> extends Readonly<Record<string, never>>
    ? [input?: InputOf<O>, options?: CallOptions]
    : [input: InputOf<O>, options?: CallOptions]
) => Promise<OutputOf<O>>;

export type Client<Service extends Operations> = { readonly [Name in keyof Service]: Method<Service[Name]> };

/** The methods of a service over a transport: `createClient(SoPrincipal, soapTransport({ baseUrl }))`. */
export function createClient<Service extends Operations>(service: Service, transport: Transport): Client<Service> {
  const methods = Object.entries(service).map(([name, operation]) => [
    name,
    async (input: unknown = {}, { signal, header = {} }: CallOptions = {}) =>
      (await transport({ operation, input, header, signal })).output,
  ]);
  return Object.fromEntries(methods);
}
