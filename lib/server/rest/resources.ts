/**
 * What there is to ask for at a REST server: the operations of Chat in both styles, and what REST has of SoPrincipal.
 */
import type { Call } from '../../call.js';
import { encodeJson } from '../../codec/json.js';
import { qualifiedName } from '../../codec/operation.js';
import { Chat } from '../../generated/chat.js';
import { agentEndpoint, titleOf } from '../../rest/endpoints.js';
import { decodeRestHeader } from '../../rest/header.js';
import { decodeRestInput, type RestMatch, restRouter } from '../../rest/match.js';
import { answerCall } from '../http/answer-call.js';
import { type Answer, plain } from '../http/http-answer.js';
import { type Asked, baseOf, type Resource, type RestServing } from './asked.js';
import { principalResources } from './principal.js';
import { selectMembers, withLinks } from './shape.js';
import { restWording } from './wording.js';

/** What is at a path for a method, or the methods that it is there for. */
export function restResources(
  serving: RestServing,
): (method: string, path: string) => Resource | { readonly allow: readonly string[] } {
  const route = restRouter(Chat);
  const own = principalResources(serving);
  return (method, path) => {
    const at = own.get(path.toLowerCase().replace(/\/$/, ''));
    if (at) return (Object.hasOwn(at, method) ? at[method] : undefined) ?? { allow: Object.keys(at) };
    const found = route(method, path);
    if (!('allow' in found)) return { answer: (asked) => answerEndpoint(serving, found, asked) };
    const agent = route('POST', path);
    if ('allow' in agent || agent.style !== 'agent') return found;
    return method === 'GET' ? { open: true, answer: () => description(agent) } : { allow: ['GET', 'POST'] };
  };
}

/** All that a GET of an agent gives, as the service documents. */
const description = ({ operation }: RestMatch): Answer =>
  plain(200, `${qualifiedName(operation)}: calls are made with ${titleOf(agentEndpoint(operation))}`);

function answerEndpoint(serving: RestServing, match: RestMatch, asked: Asked): Promise<Answer> {
  const { operation, style } = match;
  const { exchange, caller } = asked;
  const { credentials, through } = caller ?? {};
  const input = decodeRestInput(match, asked);
  const header = { ...decodeRestHeader(exchange.request.headers), ...(credentials && { credentials }) };
  const wording = restWording(style, serving.settings.errors, bodyFor(match, asked, baseOf(serving, asked)));
  return answerCall({ operation, input, header }, wording, serving, exchange, through);
}

/** Writes outputs in the shape that the request wants. */
function bodyFor({ operation, style, endpoint }: RestMatch, { query }: Asked, base: string) {
  const select = [...query].find(([name]) => name.toLowerCase() === '$select')?.[1] ?? '';
  const idKey = style === 'entity' ? linkedEntities[operation.name] : undefined;
  return (output: unknown, call: Call): string => {
    const whole = encodeJson(call.operation, output as never);
    const body = select === '' || whole === '' ? whole : selectMembers(whole, select);
    if (idKey === undefined || output === null) return body;
    const archive = `${base}/${endpoint.path.split('/').slice(0, 2).join('/')}`;
    return withLinks(body, `${archive}/${Reflect.get(output as object, idKey)}`, archive);
  };
}

/** The operations that give an entity with links, and the key of its id. */
const linkedEntities: Readonly<Record<string, string>> = {
  GetChatSessionEntity: 'chatSessionId',
  SaveChatSessionEntity: 'chatSessionId',
  GetChatTopicEntity: 'chatTopicId',
  SaveChatTopicEntity: 'chatTopicId',
};
