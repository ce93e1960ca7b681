/**
 * The table of operations of one service, with the interfaces of their inputs.
 */
import type { RetryClass } from '../codec/operation.js';
import { keyOf } from '../codec/schema.js';
import {
  localOf,
  type MemberContract,
  type OperationContract,
  type ServiceContract,
  type WrapperContract,
} from './contract.js';
import { docComment, memberCall, memberType, type Types } from './names.js';

const IMPORTS = `import { type NoInput, operationsOf, type Service } from '../codec/operation.js';
import { member, nillable, xs } from '../codec/schema.js';
import * as schemas from './schemas.js';
import type * as types from './types.js';
`;

export function emitService(
  service: ServiceContract,
  types: Types,
  classes: Readonly<Record<string, RetryClass>>,
): string {
  const inputs = service.operations
    .map((operation) => emitInput(operation, types))
    .filter(Boolean)
    .join('\n');
  const outputs = service.operations.map((operation) => emitOutput(operation.reply, types)).filter(Boolean);
  const table = service.operations.map((operation) => emitOperation(operation, types, classes[operation.name]));
  const body = `${[...new Set(outputs)].join('\n')}${outputs.length > 0 ? '\n' : ''}${inputs}
const service: Service = {
  name: '${service.name}',
  namespace: '${service.namespace}',
  path: '${service.name}.svc',
  wsdlService: '${service.wsdlService}',
  wsdlPort: '${service.wsdlPort}',
};

const { operation, wrapper } = operationsOf(service, {
  request: [${headerOf(service, 'requestHeader', types)}],
  reply: [${headerOf(service, 'replyHeader', types)}],
});

${docComment(service.doc)}export const ${service.name} = Object.freeze({
${table.join('\n')}});
`;
  return `${IMPORTS}\n${body}`;
}

/** A call states every parameter that cannot be nil: the service would read a missing one as 0 or false. */
function emitInput({ name, request }: OperationContract, types: Types): string {
  if (request.members.length === 0) return '';
  return `${docComment(`What ${name} takes.`)}export interface ${name}Input {\n${emitMembers(request, types, true)}}\n`;
}

/** A reply with several members; those with one give its value and need no type of their own. */
function emitOutput(reply: WrapperContract, types: Types): string {
  if (reply.members.length < 2) return '';
  return `${docComment(`What ${reply.name} holds.`)}export interface ${reply.name} {\n${emitMembers(reply, types, false)}}\n`;
}

const emitMembers = ({ members }: WrapperContract, types: Types, stated: boolean): string =>
  members
    .map((each) => {
      const mark = each.required || (stated && !each.nillable) ? '' : '?';
      return `${docComment(each.doc, '  ')}  ${keyOf(each.name)}${mark}: ${memberType(each, types, 'types.')};\n`;
    })
    .join('');

function emitOperation(
  { name, soapAction, request, reply, doc }: OperationContract,
  types: Types,
  retry = 'create',
): string {
  const input = request.members.length === 0 ? 'NoInput' : `${name}Input`;
  return `${docComment(doc, '  ')}  ${keyOf(name)}: operation<${input}, ${outputType(reply, types)}>({
    name: '${name}',
    soapAction: '${soapAction}',
    retry: '${retry}',
    request: ${wrapperCall(request, types)},
    reply: ${wrapperCall(reply, types)},
  }),
`;
}

function outputType(reply: WrapperContract, types: Types): string {
  const [only, more] = reply.members;
  if (!only) return 'void';
  return more ? reply.name : memberType(only, types, 'types.');
}

const wrapperCall = ({ name, members }: WrapperContract, types: Types): string =>
  `wrapper(${[`'${name}'`, ...members.map((each) => memberCall(sent(each), types, refer))].join(', ')})`;

/** All operations of a service have the same header parts in the published contract, so they are stated once. */
function headerOf({ name, operations }: ServiceContract, side: 'requestHeader' | 'replyHeader', types: Types): string {
  const calls = operations.map((operation) =>
    operation[side].map((part: MemberContract) => memberCall(sent(part), types, refer)).join(', '),
  );
  if (new Set(calls).size > 1) throw new Error(`the operations of ${name} differ in their ${side} parts`);
  return calls[0] ?? '';
}

const refer = (name: string): string => `schemas.${localOf(name)}`;

/** Header parts and parameters may always be left out. */
const sent = (member: MemberContract): MemberContract => ({ ...member, required: false });
