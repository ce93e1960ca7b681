/**
 * The services of a SOAP server by their paths, in each release that it answers.
 */
import type { Transport } from '../../call.js';
import type { Operation, Operations, Service } from '../../codec/operation.js';
import { inRelease, type Release } from '../../codec/release.js';
import { InputError } from '../../errors.js';
import type { SoapSettings } from './soap-options.js';

/** A service in one release. */
export interface SoapService {
  /** As that release has them. */
  readonly operations: Operations;
  /** Carries its calls, where it is not the transport of the server. */
  readonly through?: Transport | undefined;
}

/** IIS does not mind the case of a path: they are in lower case. */
export function servicesByPath(
  services: readonly Operations[],
  transport: Transport,
  { path, releases }: SoapSettings,
): ReadonlyMap<string, SoapService> {
  if (!Array.isArray(services) || services.length === 0) throw new InputError('services', 'not a list of services');
  const served = releases.flatMap((release) =>
    services.map((operations) => {
      const file = serviceOf(operations).path;
      return [`${folderOf(path, release)}/${file}`.toLowerCase(), serviceIn(release, operations, transport)] as const;
    }),
  );
  return new Map(served);
}

export function serviceOf(operations: Operations): Service {
  const [first] = Object.values(operations ?? {});
  if (!first?.service) throw new InputError('services', 'a service without operations');
  return first.service;
}

/** An installation has the folders of its releases beside each other. */
function folderOf(path: string, release: Release): string {
  if (release === 88 || /Services88/i.test(path)) return path.replace(/Services88/i, `Services${release}`);
  throw new InputError('path', `${path} has no Services88 in it, in the place of which other releases could stand`);
}

/** What is behind the server knows the operations of the generated tables only. */
function serviceIn(release: Release, operations: Operations, transport: Transport): SoapService {
  const released = inRelease(operations, release);
  if (released === operations) return { operations };
  const own = new Map<Operation | undefined, Operation>(
    Object.entries(operations).map(([key, operation]) => [released[key], operation]),
  );
  const through: Transport = (call) => transport({ ...call, operation: own.get(call.operation) ?? call.operation });
  return { operations: released, through };
}
