// Generated from wsdl/ by `npm run generate`; changes made here are lost.

import { type NoInput, operationsOf, type Service } from '../codec/operation.js';
import { member, nillable, xs } from '../codec/schema.js';
import * as schemas from './schemas.js';
import type * as types from './types.js';

/** What SaveChatSessionEntity takes. */
export interface SaveChatSessionEntityInput {
  /** The whole session; a field left out is stored as its default. */
  chatSessionEntity?: types.ChatSessionEntity | null;
}

/** What DeleteChatSessionEntity takes. */
export interface DeleteChatSessionEntityInput {
  chatSessionEntityId: number;
}

/** What SaveChatTopicEntity takes. */
export interface SaveChatTopicEntityInput {
  /** The whole topic; a field left out is stored as its default. */
  chatTopicEntity?: types.ChatTopicEntity | null;
}

/** What DeleteChatTopicEntity takes. */
export interface DeleteChatTopicEntityInput {
  chatTopicEntityId: number;
}

/** What SaveChatPresence takes. */
export interface SaveChatPresenceInput {
  /** The list has the same name as its items. */
  chatPresence?: (types.ChatPresence | null)[] | null;
}

/** What GetChatSessionEntity takes. */
export interface GetChatSessionEntityInput {
  chatSessionEntityId: number;
}

/** What TransferChatSession takes. */
export interface TransferChatSessionInput {
  chatSessionId: number;
  /** User name of the other agent, or the associate number as text. */
  toAssociate?: string | null;
}

/** What AcceptChatSessionTransfer takes. */
export interface AcceptChatSessionTransferInput {
  chatSessionId: number;
}

/** What RejectChatSessionTransfer takes. */
export interface RejectChatSessionTransferInput {
  chatSessionId: number;
}

/** What PickUpChatSession takes. */
export interface PickUpChatSessionInput {
  chatSessionId: number;
}

/** What ResetChatSession takes. */
export interface ResetChatSessionInput {
  chatSessionId: number;
}

/** What GetChatTranscript takes. */
export interface GetChatTranscriptInput {
  chatSessionId: number;
  /** True for HTML, false for plain text. */
  html: boolean;
}

/** What GetChatMessages takes. */
export interface GetChatMessagesInput {
  chatSessionId: number;
  /** Only messages with a higher id are returned. Inferred: 0 returns all. */
  after: number;
}

/** What AddChatMessage takes. */
export interface AddChatMessageInput {
  chatSessionId: number;
  /** The message, whose text is again in a member named Message. */
  message?: types.ChatMessage | null;
}

/** What GetChatTopicEntity takes. */
export interface GetChatTopicEntityInput {
  chatTopicEntityId: number;
}

/** What IsWithinOpeningHours takes. */
export interface IsWithinOpeningHoursInput {
  chatTopicId: number;
}

/** What GetUserAgentList takes. */
export interface GetUserAgentListInput {
  /** False groups the users by user group, with the users in ChildItems. */
  flat: boolean;
  /** True leaves out users who are not present. */
  onlyPresent: boolean;
}

/** What GetChatTopicUserAgentList takes. */
export interface GetChatTopicUserAgentListInput {
  chatTopicId: number;
}

/** What GetChatTopicUserAgent takes. */
export interface GetChatTopicUserAgentInput {
  chatTopicId: number;
  /** User name, or the associate number as text. */
  username?: string | null;
}

/** What AddChatTopicUserAgent takes. */
export interface AddChatTopicUserAgentInput {
  chatTopicId: number;
  useragent?: types.ChatTopicAgent | null;
}

/** What UpdateChatTopicUserAgent takes. */
export interface UpdateChatTopicUserAgentInput {
  chatTopicId: number;
  /** User name, or the associate number as text. */
  username?: string | null;
  useragent?: types.ChatTopicAgent | null;
}

/** What UpdateChatTopicUserAgents takes. */
export interface UpdateChatTopicUserAgentsInput {
  chatTopicId: number;
  /** The complete new set of memberships. */
  useragents?: (types.ChatTopicAgent | null)[] | null;
}

/** What DeleteChatTopicUserAgent takes. */
export interface DeleteChatTopicUserAgentInput {
  chatTopicId: number;
  /** User name, or the associate number as text. */
  username?: string | null;
}

/** What CreateChatSessionForTopic takes. */
export interface CreateChatSessionForTopicInput {
  chatTopicId: number;
}

const service: Service = {
  name: 'Chat',
  namespace: 'http://www.superoffice.net/ws/crm/NetServer/Services88',
  path: 'Chat.svc',
  wsdlService: 'WcfChatService',
  wsdlPort: 'BasicHttpBinding_Chat',
};

const { operation, wrapper } = operationsOf(service, {
  request: [nillable('ApplicationToken', xs.string), nillable('Credentials', schemas.SoCredentials), nillable('TimeZone', schemas.SoTimeZone)],
  reply: [nillable('ExceptionInfo', schemas.SoExceptionInfo), nillable('ExtraInfo', schemas.SoExtraInfo), member('Succeeded', xs.boolean), nillable('TimeZone', schemas.SoTimeZone)],
});

export const Chat = Object.freeze({
  /**
   * Returns a blank session with the default values of the server. Nothing is stored until SaveChatSessionEntity
   * is called.
   */
  createDefaultChatSessionEntity: operation<NoInput, types.ChatSessionEntity | null>({
    name: 'CreateDefaultChatSessionEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/CreateDefaultChatSessionEntity',
    retry: 'read',
    request: wrapper('CreateDefaultChatSessionEntity'),
    reply: wrapper('CreateDefaultChatSessionEntityResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /**
   * Creates the session if its id is 0, else updates it, and returns it as stored. Send a whole session, as read
   * before. Inferred: a field left out is overwritten with its default, not kept.
   */
  saveChatSessionEntity: operation<SaveChatSessionEntityInput, types.ChatSessionEntity | null>({
    name: 'SaveChatSessionEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/SaveChatSessionEntity',
    retry: 'create',
    request: wrapper('SaveChatSessionEntity', nillable('ChatSessionEntity', schemas.ChatSessionEntity)),
    reply: wrapper('SaveChatSessionEntityResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /** Deletes the session with this id. The reply has no result. */
  deleteChatSessionEntity: operation<DeleteChatSessionEntityInput, void>({
    name: 'DeleteChatSessionEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/DeleteChatSessionEntity',
    retry: 'set',
    request: wrapper('DeleteChatSessionEntity', member('ChatSessionEntityId', xs.int)),
    reply: wrapper('DeleteChatSessionEntityResponse'),
  }),

  /**
   * Returns a blank topic membership with the default values of the server. Nothing is stored until
   * AddChatTopicUserAgent is called.
   */
  createDefaultChatTopicAgent: operation<NoInput, types.ChatTopicAgent | null>({
    name: 'CreateDefaultChatTopicAgent',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/CreateDefaultChatTopicAgent',
    retry: 'read',
    request: wrapper('CreateDefaultChatTopicAgent'),
    reply: wrapper('CreateDefaultChatTopicAgentResponse', nillable('Response', schemas.ChatTopicAgent)),
  }),

  /**
   * Returns a blank topic with the default values of the server. Nothing is stored until SaveChatTopicEntity is
   * called.
   */
  createDefaultChatTopicEntity: operation<NoInput, types.ChatTopicEntity | null>({
    name: 'CreateDefaultChatTopicEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/CreateDefaultChatTopicEntity',
    retry: 'read',
    request: wrapper('CreateDefaultChatTopicEntity'),
    reply: wrapper('CreateDefaultChatTopicEntityResponse', nillable('Response', schemas.ChatTopicEntity)),
  }),

  /**
   * Creates the topic if its id is 0, else updates it, and returns it as stored. Send a whole topic, as read
   * before. Inferred: a field left out is overwritten with its default, not kept.
   */
  saveChatTopicEntity: operation<SaveChatTopicEntityInput, types.ChatTopicEntity | null>({
    name: 'SaveChatTopicEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/SaveChatTopicEntity',
    retry: 'create',
    request: wrapper('SaveChatTopicEntity', nillable('ChatTopicEntity', schemas.ChatTopicEntity)),
    reply: wrapper('SaveChatTopicEntityResponse', nillable('Response', schemas.ChatTopicEntity)),
  }),

  /** Deletes the topic with this id. The reply has no result. */
  deleteChatTopicEntity: operation<DeleteChatTopicEntityInput, void>({
    name: 'DeleteChatTopicEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/DeleteChatTopicEntity',
    retry: 'set',
    request: wrapper('DeleteChatTopicEntity', member('ChatTopicEntityId', xs.int)),
    reply: wrapper('DeleteChatTopicEntityResponse'),
  }),

  /** Returns which users are available for chats, and for which topics. */
  getChatPresence: operation<NoInput, (types.ChatPresence | null)[] | null>({
    name: 'GetChatPresence',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatPresence',
    retry: 'read',
    request: wrapper('GetChatPresence'),
    reply: wrapper('GetChatPresenceResponse', nillable('Response', schemas.ArrayOfChatPresence)),
  }),

  /**
   * Stores the presence of the users listed. The parameter and its items are both named ChatPresence. The reply
   * has no result.
   */
  saveChatPresence: operation<SaveChatPresenceInput, void>({
    name: 'SaveChatPresence',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/SaveChatPresence',
    retry: 'set',
    request: wrapper('SaveChatPresence', nillable('ChatPresence', schemas.ArrayOfChatPresence)),
    reply: wrapper('SaveChatPresenceResponse'),
  }),

  /**
   * Returns the session with this id. The parameter is ChatSessionEntityId here and ChatSessionId in most other
   * operations.
   */
  getChatSessionEntity: operation<GetChatSessionEntityInput, types.ChatSessionEntity | null>({
    name: 'GetChatSessionEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatSessionEntity',
    retry: 'read',
    request: wrapper('GetChatSessionEntity', member('ChatSessionEntityId', xs.int)),
    reply: wrapper('GetChatSessionEntityResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /**
   * Returns the sessions of the topics in which the calling user has at least one role: respond, be notified,
   * listen or manage.
   */
  chatSessionsForUser: operation<NoInput, (types.ChatSessionEntity | null)[] | null>({
    name: 'ChatSessionsForUser',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/ChatSessionsForUser',
    retry: 'read',
    request: wrapper('ChatSessionsForUser'),
    reply: wrapper('ChatSessionsForUserResponse', nillable('Response', schemas.ArrayOfChatSessionEntity)),
  }),

  /**
   * Asks another agent to take the session over; the request stays in TransferTo until it is accepted or
   * rejected. ToAssociate is a user name, or an associate number as text. If the session does not belong to the
   * caller, nothing happens and no error is reported.
   */
  transferChatSession: operation<TransferChatSessionInput, types.ChatSessionEntity | null>({
    name: 'TransferChatSession',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/TransferChatSession',
    retry: 'step',
    request: wrapper('TransferChatSession', member('ChatSessionId', xs.int), nillable('ToAssociate', xs.string)),
    reply: wrapper('TransferChatSessionResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /**
   * Takes over a session that another agent has offered. If no transfer is pending, nothing happens and no error
   * is reported.
   */
  acceptChatSessionTransfer: operation<AcceptChatSessionTransferInput, types.ChatSessionEntity | null>({
    name: 'AcceptChatSessionTransfer',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/AcceptChatSessionTransfer',
    retry: 'step',
    request: wrapper('AcceptChatSessionTransfer', member('ChatSessionId', xs.int)),
    reply: wrapper('AcceptChatSessionTransferResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /**
   * Refuses a session that another agent has offered. If no transfer is pending, nothing happens and no error is
   * reported.
   */
  rejectChatSessionTransfer: operation<RejectChatSessionTransferInput, types.ChatSessionEntity | null>({
    name: 'RejectChatSessionTransfer',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/RejectChatSessionTransfer',
    retry: 'step',
    request: wrapper('RejectChatSessionTransfer', member('ChatSessionId', xs.int)),
    reply: wrapper('RejectChatSessionTransferResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /**
   * Assigns a waiting session to the calling user and sends the welcome message of the topic to the customer. The
   * result is nil if the session was no longer in the queue, for instance because another agent was faster; this
   * is not an error.
   */
  pickUpChatSession: operation<PickUpChatSessionInput, types.ChatSessionEntity | null>({
    name: 'PickUpChatSession',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/PickUpChatSession',
    retry: 'step',
    request: wrapper('PickUpChatSession', member('ChatSessionId', xs.int)),
    reply: wrapper('PickUpChatSessionResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /**
   * Takes the first session of the queue for the calling user and sends the welcome message to the customer. Each
   * call takes a further customer, so never repeat it blindly. Inferred: the result is nil if the queue is empty.
   */
  pickUpFirstChatSession: operation<NoInput, types.ChatSessionEntity | null>({
    name: 'PickUpFirstChatSession',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/PickUpFirstChatSession',
    retry: 'create',
    request: wrapper('PickUpFirstChatSession'),
    reply: wrapper('PickUpFirstChatSessionResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /** Puts the session back into the queue. Bots use it to hand a customer over to an agent. */
  resetChatSession: operation<ResetChatSessionInput, types.ChatSessionEntity | null>({
    name: 'ResetChatSession',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/ResetChatSession',
    retry: 'step',
    request: wrapper('ResetChatSession', member('ChatSessionId', xs.int)),
    reply: wrapper('ResetChatSessionResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),

  /** Returns the whole conversation as one text, as HTML if Html is true and as plain text if not. */
  getChatTranscript: operation<GetChatTranscriptInput, string | null>({
    name: 'GetChatTranscript',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatTranscript',
    retry: 'read',
    request: wrapper('GetChatTranscript', member('ChatSessionId', xs.int), member('Html', xs.boolean)),
    reply: wrapper('GetChatTranscriptResponse', nillable('Response', xs.string)),
  }),

  /**
   * Returns the messages of a session whose id is higher than After. Pass the highest ChatMessageId read so far
   * to go on. The order and any limit of the number are not published. Inferred: 0 returns all messages.
   */
  getChatMessages: operation<GetChatMessagesInput, (types.ChatMessage | null)[] | null>({
    name: 'GetChatMessages',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatMessages',
    retry: 'read',
    request: wrapper('GetChatMessages', member('ChatSessionId', xs.int), member('After', xs.int)),
    reply: wrapper('GetChatMessagesResponse', nillable('Response', schemas.ArrayOfChatMessage)),
  }),

  /**
   * Adds a message to the session and returns it as stored, with its id. State its Type: ToCustomer is an agent's
   * answer. Inferred: a Type left out is stored as Invalid. The contract has no means to recognise a repeated
   * call, so a repeat posts the message twice.
   */
  addChatMessage: operation<AddChatMessageInput, types.ChatMessage | null>({
    name: 'AddChatMessage',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/AddChatMessage',
    retry: 'create',
    request: wrapper('AddChatMessage', member('ChatSessionId', xs.int), nillable('Message', schemas.ChatMessage)),
    reply: wrapper('AddChatMessageResponse', nillable('Response', schemas.ChatMessage)),
  }),

  /**
   * Returns the topic with this id. The parameter is ChatTopicEntityId here and ChatTopicId in most other
   * operations.
   */
  getChatTopicEntity: operation<GetChatTopicEntityInput, types.ChatTopicEntity | null>({
    name: 'GetChatTopicEntity',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatTopicEntity',
    retry: 'read',
    request: wrapper('GetChatTopicEntity', member('ChatTopicEntityId', xs.int)),
    reply: wrapper('GetChatTopicEntityResponse', nillable('Response', schemas.ChatTopicEntity)),
  }),

  /**
   * Tells whether the topic is open at this moment. The server takes account of the time zone of the opening
   * hours if one is set.
   */
  isWithinOpeningHours: operation<IsWithinOpeningHoursInput, boolean>({
    name: 'IsWithinOpeningHours',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/IsWithinOpeningHours',
    retry: 'read',
    request: wrapper('IsWithinOpeningHours', member('ChatTopicId', xs.int)),
    reply: wrapper('IsWithinOpeningHoursResponse', member('Response', xs.boolean)),
  }),

  /** Returns the topics in which the calling user has at least one role: respond, be notified, listen or manage. */
  chatTopicsForUser: operation<NoInput, (types.ChatTopicEntity | null)[] | null>({
    name: 'ChatTopicsForUser',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/ChatTopicsForUser',
    retry: 'read',
    request: wrapper('ChatTopicsForUser'),
    reply: wrapper('ChatTopicsForUserResponse', nillable('Response', schemas.ArrayOfChatTopicEntity)),
  }),

  /**
   * Returns the users who have a chat licence. With Flat false the items are user groups, and their users are in
   * ChildItems. With OnlyPresent true, users who are not present are left out.
   */
  getUserAgentList: operation<GetUserAgentListInput, (types.MDOListItem | null)[] | null>({
    name: 'GetUserAgentList',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetUserAgentList',
    retry: 'read',
    request: wrapper('GetUserAgentList', member('Flat', xs.boolean), member('OnlyPresent', xs.boolean)),
    reply: wrapper('GetUserAgentListResponse', nillable('Response', schemas.ArrayOfMDOListItem)),
  }),

  /** Returns the memberships of all users in the topic. */
  getChatTopicUserAgentList: operation<GetChatTopicUserAgentListInput, (types.ChatTopicAgent | null)[] | null>({
    name: 'GetChatTopicUserAgentList',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatTopicUserAgentList',
    retry: 'read',
    request: wrapper('GetChatTopicUserAgentList', member('ChatTopicId', xs.int)),
    reply: wrapper('GetChatTopicUserAgentListResponse', nillable('Response', schemas.ArrayOfChatTopicAgent)),
  }),

  /** Returns the membership of one user in the topic. Username is a user name, or an associate number as text. */
  getChatTopicUserAgent: operation<GetChatTopicUserAgentInput, types.ChatTopicAgent | null>({
    name: 'GetChatTopicUserAgent',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatTopicUserAgent',
    retry: 'read',
    request: wrapper('GetChatTopicUserAgent', member('ChatTopicId', xs.int), nillable('Username', xs.string)),
    reply: wrapper('GetChatTopicUserAgentResponse', nillable('Response', schemas.ChatTopicAgent)),
  }),

  /** Adds a user to the topic with the roles given, and returns the membership as stored. */
  addChatTopicUserAgent: operation<AddChatTopicUserAgentInput, types.ChatTopicAgent | null>({
    name: 'AddChatTopicUserAgent',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/AddChatTopicUserAgent',
    retry: 'create',
    request: wrapper('AddChatTopicUserAgent', member('ChatTopicId', xs.int), nillable('Useragent', schemas.ChatTopicAgent)),
    reply: wrapper('AddChatTopicUserAgentResponse', nillable('Response', schemas.ChatTopicAgent)),
  }),

  /**
   * Sets the roles of one user in the topic and returns the membership as stored. Username is a user name, or an
   * associate number as text.
   */
  updateChatTopicUserAgent: operation<UpdateChatTopicUserAgentInput, types.ChatTopicAgent | null>({
    name: 'UpdateChatTopicUserAgent',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/UpdateChatTopicUserAgent',
    retry: 'set',
    request: wrapper('UpdateChatTopicUserAgent', member('ChatTopicId', xs.int), nillable('Username', xs.string), nillable('Useragent', schemas.ChatTopicAgent)),
    reply: wrapper('UpdateChatTopicUserAgentResponse', nillable('Response', schemas.ChatTopicAgent)),
  }),

  /**
   * Replaces the roles in the topic by the list given, and returns the memberships as stored. Inferred: users who
   * are not in the list lose theirs.
   */
  updateChatTopicUserAgents: operation<UpdateChatTopicUserAgentsInput, (types.ChatTopicAgent | null)[] | null>({
    name: 'UpdateChatTopicUserAgents',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/UpdateChatTopicUserAgents',
    retry: 'set',
    request: wrapper('UpdateChatTopicUserAgents', member('ChatTopicId', xs.int), nillable('Useragents', schemas.ArrayOfChatTopicAgent)),
    reply: wrapper('UpdateChatTopicUserAgentsResponse', nillable('Response', schemas.ArrayOfChatTopicAgent)),
  }),

  /**
   * Removes a user from the topic. Username is a user name, or an associate number as text. The reply has no
   * result.
   */
  deleteChatTopicUserAgent: operation<DeleteChatTopicUserAgentInput, void>({
    name: 'DeleteChatTopicUserAgent',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/DeleteChatTopicUserAgent',
    retry: 'set',
    request: wrapper('DeleteChatTopicUserAgent', member('ChatTopicId', xs.int), nillable('Username', xs.string)),
    reply: wrapper('DeleteChatTopicUserAgentResponse'),
  }),

  /** Creates a session in the topic and returns it. Each call creates a further session. */
  createChatSessionForTopic: operation<CreateChatSessionForTopicInput, types.ChatSessionEntity | null>({
    name: 'CreateChatSessionForTopic',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/CreateChatSessionForTopic',
    retry: 'create',
    request: wrapper('CreateChatSessionForTopic', member('ChatTopicId', xs.int)),
    reply: wrapper('CreateChatSessionForTopicResponse', nillable('Response', schemas.ChatSessionEntity)),
  }),
});
