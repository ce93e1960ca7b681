/**
 * Where the operations of Chat are in the REST API, by its published reference. The agent style has all of them, under
 * their own names; the entity style has all but one, as resources with the verbs of HTTP.
 */
import type { Operation } from '../codec/operation.js';
import { keyOf } from '../codec/schema.js';
import type { Chat } from '../generated/chat.js';

/** Which of the two ways the REST API is called in. */
export type RestStyle = 'agent' | 'entity';

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A method and a path, and where each parameter of the operation goes. */
export interface RestEndpoint {
  readonly method: RestMethod;
  /** Below the folder of the API; parameters in braces, as in `v1/ChatSession/{chatSessionId}/Messages`. */
  readonly path: string;
  /** The parameters that go into the query, under their keys. */
  readonly query: readonly string[];
  /** The parameter that is the whole body; `'request'` for an object of all that go nowhere else. */
  readonly body?: string | undefined;
}

/** A method and a path with what is named in them, as in an overview. */
export const titleOf = ({ method, path, query }: RestEndpoint): string =>
  `${method} ${path}${query.length > 0 ? `?${query.map((key) => `${key}=`).join('&')}` : ''}`;

/** The endpoint under the operation's own name: `POST v1/Agents/Chat/…`. It is worked out once. */
export function agentEndpoint(operation: Operation): RestEndpoint {
  const known = agentEndpoints.get(operation) ?? agentEndpointOf(operation);
  agentEndpoints.set(operation, known);
  return known;
}

const agentEndpoints = new WeakMap<Operation, RestEndpoint>();

function agentEndpointOf({ service, name, request }: Operation): RestEndpoint {
  const at = { method: 'POST', path: `v1/Agents/${service.name}/${name}` } as const;
  const [only] = request.fields;
  if (!only) return { ...at, query: [] };
  // By these names the API has the id in the query, and the entity for a body.
  if (/^(?:Get|Delete)\w+Entity$/.test(name)) return { ...at, query: [only.key] };
  return { ...at, query: [], body: /^Save\w+Entity$/.test(name) ? only.key : 'request' };
}

/** The endpoints of the entity style: one, or that for a new entity and that for one that has an id, or none. */
export type EntityEndpoints = RestEndpoint | { readonly create: RestEndpoint; readonly update: RestEndpoint };

export function entityEndpoints({ service, name }: Operation): EntityEndpoints | undefined {
  const key = keyOf(name);
  return service.name === 'Chat' && Object.hasOwn(entityTable, key)
    ? entityTable[key as keyof typeof entityTable]
    : undefined;
}

/** All endpoints of the entity style that an operation has. */
export function entityEndpointList(operation: Operation): readonly RestEndpoint[] {
  const found = entityEndpoints(operation);
  if (!found) return [];
  return 'create' in found ? [found.create, found.update] : [found];
}

const at = (title: string, body?: string): RestEndpoint => {
  const [method = '', target = ''] = title.split(' ');
  const [path = '', query = ''] = target.split('?');
  return {
    method: method as RestMethod,
    path: `v1/${path}`,
    query: query === '' ? [] : query.split('&'),
    ...(body !== undefined && { body }),
  };
};

const entityTable: Readonly<Record<Exclude<keyof typeof Chat, 'createDefaultChatTopicAgent'>, EntityEndpoints>> = {
  createDefaultChatSessionEntity: at('GET ChatSession/default'),
  saveChatSessionEntity: {
    create: at('POST ChatSession', 'chatSessionEntity'),
    update: at('PUT ChatSession/{chatSessionEntity.chatSessionId}', 'chatSessionEntity'),
  },
  deleteChatSessionEntity: at('DELETE ChatSession/{chatSessionEntityId}'),
  createDefaultChatTopicEntity: at('GET ChatTopic/default'),
  saveChatTopicEntity: {
    create: at('POST ChatTopic', 'chatTopicEntity'),
    update: at('PUT ChatTopic/{chatTopicEntity.chatTopicId}', 'chatTopicEntity'),
  },
  deleteChatTopicEntity: at('DELETE ChatTopic/{chatTopicEntityId}'),
  getChatPresence: at('GET Presence/GetAll'),
  saveChatPresence: at('POST Presence/SaveAll', 'chatPresence'),
  getChatSessionEntity: at('GET ChatSession/{chatSessionEntityId}'),
  chatSessionsForUser: at('GET ChatSession/ForCurrentUser'),
  transferChatSession: at('POST ChatSession/{chatSessionId}/TransferTo/{toAssociate}'),
  acceptChatSessionTransfer: at('POST ChatSession/{chatSessionId}/AcceptTransfer'),
  rejectChatSessionTransfer: at('POST ChatSession/{chatSessionId}/RejectTransfer'),
  pickUpChatSession: at('POST ChatSession/{chatSessionId}/Pickup'),
  pickUpFirstChatSession: at('POST ChatSession/Pickup'),
  resetChatSession: at('POST ChatSession/{chatSessionId}/Reset'),
  getChatTranscript: at('POST ChatSession/{chatSessionId}/Transcript?html'),
  getChatMessages: at('GET ChatSession/{chatSessionId}/Messages?after'),
  addChatMessage: at('POST ChatSession/{chatSessionId}/Messages', 'message'),
  getChatTopicEntity: at('GET ChatTopic/{chatTopicEntityId}'),
  isWithinOpeningHours: at('GET ChatTopic/{chatTopicId}/IsOpen'),
  chatTopicsForUser: at('GET ChatTopic/ForCurrentUser'),
  getUserAgentList: at('GET ChatTopic/UserAgents?flat&onlyPresent'),
  getChatTopicUserAgentList: at('GET ChatTopic/{chatTopicId}/UserAgent'),
  getChatTopicUserAgent: at('GET ChatTopic/{chatTopicId}/UserAgent/{username}'),
  addChatTopicUserAgent: at('POST ChatTopic/{chatTopicId}/UserAgent', 'useragent'),
  updateChatTopicUserAgent: at('PUT ChatTopic/{chatTopicId}/UserAgent/{username}', 'useragent'),
  updateChatTopicUserAgents: at('PUT ChatTopic/{chatTopicId}/UserAgent', 'useragents'),
  deleteChatTopicUserAgent: at('DELETE ChatTopic/{chatTopicId}/UserAgent/{username}'),
  createChatSessionForTopic: at('POST ChatTopic/{chatTopicId}/Sessions'),
};
