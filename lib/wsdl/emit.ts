/**
 * Writes a contract as the TypeScript of `lib/generated/`: interfaces, schemas, and a table of operations per service.
 */
import type { RetryClass } from '../codec/operation.js';
import type { Contract, ServiceContract } from './contract.js';
import { emitSchemas } from './emit-schemas.js';
import { emitService } from './emit-service.js';
import { emitTypes } from './emit-types.js';
import { sortTypes } from './names.js';

/** The retry class of each operation, by service and name. */
export type RetryClasses = Readonly<Record<string, Readonly<Record<string, RetryClass>>>>;

const HEAD = '// Generated from wsdl/ by `npm run generate`; changes made here are lost.\n\n';

/** File names in `lib/generated/` and their texts. The layout of the WSDL files makes no difference to them. */
export function emitContract(contract: Contract, retryClasses: RetryClasses): ReadonlyMap<string, string> {
  const types = sortTypes(contract.types);
  return new Map([
    ['types.ts', HEAD + emitTypes(types)],
    ['schemas.ts', HEAD + emitSchemas(types)],
    ...contract.services.map((service): [string, string] => [
      `${fileOf(service)}.ts`,
      HEAD + emitService(service, types, classesOf(service, retryClasses)),
    ]),
  ]);
}

/** `SoPrincipal` → `so-principal` */
const fileOf = ({ name }: ServiceContract): string => name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();

function classesOf(
  { name, operations }: ServiceContract,
  retryClasses: RetryClasses,
): Readonly<Record<string, RetryClass>> {
  const classes = retryClasses[name] ?? {};
  const missing = operations.filter((operation) => !(operation.name in classes)).map((operation) => operation.name);
  const unknown = Object.keys(classes).filter((key) => !operations.some((operation) => operation.name === key));
  if (missing.length > 0) throw new Error(`no retry class is given for ${name}: ${missing.join(', ')}`);
  if (unknown.length > 0)
    throw new Error(`a retry class is given for what ${name} does not have: ${unknown.join(', ')}`);
  return classes;
}
