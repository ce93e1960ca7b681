// Generated from wsdl/ by `npm run generate`; changes made here are lost.

import type { DateTime } from '../codec/date-time.js';

/** Parameters of a DSA key as .NET writes them. */
export interface DSAParameters {
  /** Counter from the generation of the primes. */
  counter: number;
  /** Generator. */
  g: Uint8Array | null;
  /** Cofactor of the group. */
  j: Uint8Array | null;
  /** Prime modulus. */
  p: Uint8Array | null;
  /** Order of the subgroup. */
  q: Uint8Array | null;
  /** Seed from the generation of the primes. */
  seed: Uint8Array | null;
  /** Public key value. */
  y: Uint8Array | null;
}

/**
 * How far an activity has come.
 *   - `Unknown` 0
 *   - `NotStarted` 1
 *   - `Started` 2
 *   - `Completed` 3
 */
export type ActivityStatus =
  | 'Unknown'
  | 'NotStarted'
  | 'Started'
  | 'Completed'
  | (string & {});

/**
 * Rights to a record, as a list of names separated by spaces. Any number of these.
 *   - `Select` 1
 *   - `Update` 2
 *   - `Insert` 4
 *   - `Delete` 8
 *   - `Filtering` 16
 *   - `RestrictedUpdate` 32: Inferred: the record may be updated only in part.
 *   - `Unused1` 64: Reserved bit without a meaning.
 *   - `Uninitialized` 128: Inferred: the rights were not worked out.
 *   - `R` 1: Short name of Select; it is accepted on reading, and the server writes Select.
 *   - `F` 16: Short name of Filtering; it is accepted on reading, and the server writes Filtering.
 */
export type ETableRight =
  | 'Select'
  | 'Update'
  | 'Insert'
  | 'Delete'
  | 'Filtering'
  | 'RestrictedUpdate'
  | 'Unused1'
  | 'Uninitialized'
  | 'R'
  | 'F'
  | (string & {});

/** Rights to a record together with the reason for a restriction. */
export interface TableRight {
  /** The rights held; an empty element means none. */
  mask?: readonly ETableRight[];
  /** Why a right is missing. */
  reason?: string | null;
}

/**
 * Rights to a field and hints for the user interface, as a list of names separated by spaces. Any number of these.
 *   - `Read` 1
 *   - `Write` 2
 *   - `Unused1` 4: Reserved bit without a meaning.
 *   - `Unused2` 8: Reserved bit without a meaning.
 *   - `Unused3` 16: Reserved bit without a meaning.
 *   - `Unused4` 32: Same bit as Nullable; the server writes this name of the two.
 *   - `UIHintMandatory` 64: Hint to the user interface that the field has to be filled in.
 *   - `UIHintReadOnly` 128: Hint to the user interface that the field is not to be edited.
 *   - `UndefinedValue256` 256: Bit 256, whose meaning the contract does not state.
 *   - `Nullable` 32: Second name of the bit of Unused4. Inferred: the field may be without a value.
 */
export type EFieldRight =
  | 'Read'
  | 'Write'
  | 'Unused1'
  | 'Unused2'
  | 'Unused3'
  | 'Unused4'
  | 'UIHintMandatory'
  | 'UIHintReadOnly'
  | 'UndefinedValue256'
  | 'Nullable'
  | (string & {});

/** Rights to a field together with the reason for a restriction. */
export interface FieldRight {
  /** The rights held; an empty element means none. */
  mask?: readonly EFieldRight[];
  /** Why a right is missing. */
  reason?: string | null;
}

/** Rights, type and length of one field. */
export interface FieldProperty {
  fieldRight?: FieldRight | null;
  /** Name of the .NET type of the field, for example System.String. */
  fieldType?: string | null;
  /** Inferred: the greatest number of characters of a text field. */
  fieldLength?: number;
}

/**
 * Base of most types: the rights of the caller to the record and to its fields, which precede the members of the
 * derived type on the wire.
 */
export interface Carrier {
  /** What the caller may do with the record as a whole. */
  tableRight?: TableRight | null;
  /** Rights and properties of single fields, by field name. */
  fieldProperties?: Record<string, FieldProperty | null> | null;
}

/** One part of an address with its label. */
export interface LocalizedField extends Carrier {
  name?: string | null;
  value?: string | null;
  tooltip?: string | null;
  label?: string | null;
  /** Inferred: the greatest number of characters of the value. */
  valueLength?: number;
  addressType?: string | null;
}

/**
 * Which address is meant; the numbers are far apart.
 *   - `Unknown` 0
 *   - `ContactPostalAddress` 1
 *   - `ContactStreetAddress` 2
 *   - `PersonPrivateAddress` 16387
 *   - `QuoteBillingAddress` 8196
 *   - `QuoteShippingAddress` 8197
 */
export type AddressType =
  | 'Unknown'
  | 'ContactPostalAddress'
  | 'ContactStreetAddress'
  | 'PersonPrivateAddress'
  | 'QuoteBillingAddress'
  | 'QuoteShippingAddress'
  | (string & {});

/** One address, split into its parts. */
export interface StructuredAddress {
  /** Which address of which record this is. */
  atypeIdx?: AddressType;
  address1?: string | null;
  address2?: string | null;
  address3?: string | null;
  city?: string | null;
  county?: string | null;
  state?: string | null;
  zipcode?: string | null;
  /** The address as one text. */
  formatted?: string | null;
}

/** Postal and street address, both by part and laid out by the rules of a country. */
export interface Address extends Carrier {
  /** Inferred: degrees, north positive. */
  wgs84Latitude?: number;
  /** Inferred: degrees, east positive. */
  wgs84Longitude?: number;
  /** Lines of fields in the order in which the country writes its addresses. */
  localizedAddress?: ((LocalizedField | null)[] | null)[] | null;
  street?: StructuredAddress | null;
  postal?: StructuredAddress | null;
  /** The address as one text. */
  formatted?: string | null;
}

/**
 * Direction of a message.
 *   - `Invalid` 0: No known type.
 *   - `ToCustomer` 1: From the agent to the customer.
 *   - `ToUser` 2: From the customer to the agent.
 *   - `Special` 3: Neither; SpecialType tells what it is.
 */
export type ChatMessageType =
  | 'Invalid'
  | 'ToCustomer'
  | 'ToUser'
  | 'Special'
  | (string & {});

/**
 * Purpose of a special message. The number 4 is not used.
 *   - `None` 0: Plain text.
 *   - `Welcome` 1: Greeting sent to the customer when an agent picks the session up.
 *   - `Url` 2: Web address for the customer to open.
 *   - `Block` 3: Inferred: the customer has been blocked.
 *   - `NewSession` 5: The session was started.
 *   - `TransferedSession` 6: The session was handed to another agent. The contract spells the name with one r.
 *   - `Error` 7: Report of an error.
 *   - `SessionDeleted` 8: The session was deleted.
 *   - `FaqSuccessQuestion` 9: Inferred: asks whether a suggested answer solved the problem.
 *   - `ClosedByUser` 10: The agent closed the session.
 *   - `ClosedByCustomer` 11: The customer closed the session.
 *   - `ClosedByIdle` 12: The session was closed because nobody wrote.
 *   - `TransferRejected` 13: The other agent refused to take the session over.
 *   - `ReopenedByCustomer` 14: The customer opened the session again.
 *   - `ClickedOption` 15: The customer chose one of the options offered.
 *   - `BotMessage` 16: Written by a bot.
 *   - `Options` 17: Offers options, which SpecialParam holds as a JSON array.
 *   - `IllegalFileType` 18: A file of a forbidden type was uploaded.
 */
export type ChatMessageSpecialType =
  | 'None'
  | 'Welcome'
  | 'Url'
  | 'Block'
  | 'NewSession'
  | 'TransferedSession'
  | 'Error'
  | 'SessionDeleted'
  | 'FaqSuccessQuestion'
  | 'ClosedByUser'
  | 'ClosedByCustomer'
  | 'ClosedByIdle'
  | 'TransferRejected'
  | 'ReopenedByCustomer'
  | 'ClickedOption'
  | 'BotMessage'
  | 'Options'
  | 'IllegalFileType'
  | (string & {});

/** One message of a chat session. */
export interface ChatMessage {
  /**
   * Key of the message. The server counts it up, so the highest id read so far is the cursor for the next
   * GetChatMessages.
   */
  chatMessageId?: number;
  chatSessionId?: number;
  /** Who wrote to whom, or that SpecialType says what the message is. */
  type?: ChatMessageType;
  /** Text of the message. */
  message?: string | null;
  /** Free text that names the writer; personal data. */
  author?: string | null;
  /**
   * Not zero once the customer has read the message. It is a number here although the server stores a truth
   * value.
   */
  readByCustomer?: number;
  /** Purpose of a message that is more than plain text. */
  specialType?: ChatMessageSpecialType;
  /** Data for SpecialType, for example the options as a JSON array. */
  specialParam?: string | null;
  /** Time of posting, stored in UTC. Whether the TimeZone header changes it is not published. */
  whenPosted?: DateTime | null;
}

/** Whether a user is available for chats, and for which topics. */
export interface ChatPresence extends Carrier {
  /** Number of the user in the chat part, which is EjUserId and not AssociateId. */
  userId?: number;
  displayName?: string | null;
  /** Number of chats that the user leads at present. */
  ongoingChats?: number;
  present?: boolean;
  /** Numbers of the topics; the items are in the namespace of the serialization arrays. */
  chatTopics?: number[] | null;
}

/**
 * Kind of user that an associate is, or that a licence covers.
 *   - `Unknown` 0
 *   - `InternalAssociate` 1: Inferred: employee with an account.
 *   - `ResourceAssociate` 2: Inferred: something that can be booked, such as a room, and not a person.
 *   - `ExternalAssociate` 3: Inferred: person outside the company who has an account.
 *   - `AnonymousAssociate` 4: Inferred: visitor who has not been identified.
 *   - `SystemAssociate` 5: Inferred: account of the system or of a service.
 */
export type UserType =
  | 'Unknown'
  | 'InternalAssociate'
  | 'ResourceAssociate'
  | 'ExternalAssociate'
  | 'AnonymousAssociate'
  | 'SystemAssociate'
  | (string & {});

/** User of the installation: a person with an account, or a resource. */
export interface Associate extends Carrier {
  associateId?: number;
  /** Short user name, as opposed to FullName. */
  name?: string | null;
  personId?: number;
  /** Inferred: position in sorted lists. */
  rank?: number;
  tooltip?: string | null;
  type?: UserType;
  /** Number of the user group. */
  groupIdx?: number;
  fullName?: string | null;
  /** Name in its formal form. */
  formalName?: string | null;
  /** True for an account that is no longer in use. */
  deleted?: boolean;
  /** Number of the user in the service and chat part, a different number from AssociateId. */
  ejUserId?: number;
  /** Name that the user signs in with. */
  userName?: string | null;
  /** Extra table fields by name. */
  extraFields?: Record<string, string | null> | null;
  /** Custom fields by name. */
  customFields?: Record<string, string | null> | null;
}

/** Contact person, with a copy of the main facts of the company. */
export interface Person extends Carrier {
  position?: string | null;
  personId?: number;
  /** Form of address, such as Mr or Ms. */
  mrmrs?: string | null;
  firstname?: string | null;
  lastname?: string | null;
  middleName?: string | null;
  /** Job title. */
  title?: string | null;
  description?: string | null;
  /** This is personal data. */
  email?: string | null;
  fullName?: string | null;
  directPhone?: string | null;
  /** Name in its formal form. */
  formalName?: string | null;
  countryId?: number;
  /** Number of the company that the person belongs to. */
  contactId?: number;
  contactName?: string | null;
  /** Inferred: not zero for a person who has left the company. */
  retired?: number;
  /** Inferred: position in sorted lists. */
  rank?: number;
  /** Inferred: the number of interests set on the person. */
  activeInterests?: number;
  contactDepartment?: string | null;
  contactCountryId?: number;
  contactOrgNr?: string | null;
  faxPhone?: string | null;
  mobilePhone?: string | null;
  contactPhone?: string | null;
  /** Inferred: user name, if the person is a user. */
  associateName?: string | null;
  /** Inferred: number of the user, if the person is a user. */
  associateId?: number;
  /** Inferred: true where the person's own address is used instead of that of the company. */
  usePersonAddress?: boolean;
  contactFax?: string | null;
  /** First name in Japanese kana. */
  kanafname?: string | null;
  /** Last name in Japanese kana. */
  kanalname?: string | null;
  /** Inferred: first line of the postal address. */
  post1?: string | null;
  /** Inferred: second line of the postal address. */
  post2?: string | null;
  /** Inferred: third line of the postal address. */
  post3?: string | null;
  /** Inferred: the name shown beside the e-mail address. */
  emailName?: string | null;
  contactFullName?: string | null;
  /** Number of active links to records of ERP systems. */
  activeErpLinks?: number;
  ticketPriorityId?: number;
  supportLanguageId?: number;
  /** Inferred: number of the user who gives this person support. */
  supportAssociateId?: number;
  categoryName?: string | null;
  personNumber?: string | null;
}

/**
 * How far a session has come.
 *   - `Invalid` 0: The state is unknown.
 *   - `PreChatForm` 1: The customer fills in the form that precedes the chat.
 *   - `Faq` 2: Inferred: the customer is shown answers from the knowledge base.
 *   - `OfflineForm` 3: Inferred: the customer fills in the form that stands in for a chat when no agent is available.
 *   - `InQueue` 4: The customer waits for an agent; only such a session can be picked up.
 *   - `CustomerLast` 5: Active, and the customer wrote last.
 *   - `UserLast` 6: Active, and the agent wrote last.
 *   - `Finished` 7: Over; the server may delete it later.
 *   - `Deleted` 8: Marked for removal, which usually follows within 24 hours.
 *   - `Closed` 9: Inferred: ended by one of the two sides.
 *   - `RequestPosted` 10: Inferred: the offline form was sent and became a service request.
 *   - `ClosedFromQueue` 11: Inferred: ended before an agent had picked it up.
 */
export type ChatSessionStatus =
  | 'Invalid'
  | 'PreChatForm'
  | 'Faq'
  | 'OfflineForm'
  | 'InQueue'
  | 'CustomerLast'
  | 'UserLast'
  | 'Finished'
  | 'Deleted'
  | 'Closed'
  | 'RequestPosted'
  | 'ClosedFromQueue'
  | (string & {});

/**
 * Flags of a session, as a list of names separated by spaces; the list is empty where no flag is set. Any number of these.
 *   - `UserIsTyping` 1: The agent is typing. There is no flag for the customer.
 */
export type ChatSessionFlags =
  | 'UserIsTyping'
  | (string & {});

/** A company in the database. */
export interface Contact extends Carrier {
  contactId?: number;
  name?: string | null;
  /** Registration number of the company. */
  orgNr?: string | null;
  department?: string | null;
  uRL?: string | null;
  city?: string | null;
  directPhone?: string | null;
  /** Inferred: number of the user who is responsible for the company. */
  associateId?: number;
  countryId?: number;
  emailAddress?: string | null;
  /** Name in Japanese kana. */
  kananame?: string | null;
  /** Inferred: the name shown beside the e-mail address. */
  emailAddressName?: string | null;
  /** Inferred: the text shown for the web address. */
  uRLName?: string | null;
  associateFullName?: string | null;
  businessName?: string | null;
  categoryName?: string | null;
  countryName?: string | null;
  address?: Address | null;
  /** Inferred: the address as one text, laid out by the rules of the country. */
  formattedAddress?: string | null;
  /** Inferred: the name together with the department. */
  fullName?: string | null;
  /** Inferred: true for the company that owns the installation. */
  isOwnerContact?: boolean;
  /** Number of active links to records of ERP systems. */
  activeErpLinks?: number;
  /** Inferred: first free number of the company. */
  number1?: string | null;
  /** Inferred: second free number of the company. */
  number2?: string | null;
}

/** Project as seen in lists. */
export interface Project extends Carrier {
  projectId?: number;
  name?: string | null;
  description?: string | null;
  uRL?: string | null;
  type?: string | null;
  /** Inferred: number of the user who manages the project. */
  associateId?: number;
  associateFullName?: string | null;
  typeId?: number;
  /** Time of the last change, in UTC. */
  updated?: DateTime | null;
  statusId?: number;
  status?: string | null;
  /** Inferred: number of the record that holds the description. */
  textId?: number;
  /** End of the period in which the project is published; year 1 means no value. */
  publishTo?: DateTime | null;
  /** Start of the period in which the project is published; year 1 means no value. */
  publishFrom?: DateTime | null;
  isPublished?: boolean;
  /** Inferred: the text shown for the web address. */
  uRLName?: string | null;
  projectNumber?: string | null;
  /** Number of active links to records of ERP systems. */
  activeErpLinks?: number;
}

/**
 * How far a sale has come.
 *   - `Unknown` 0
 *   - `Open` 1
 *   - `Sold` 2
 *   - `Lost` 3
 *   - `Stalled` 4: Put on hold.
 *   - `SaintAll` 1000: Inferred: stands for all states in the counters of the server and is not the state of a sale.
 */
export type SaleStatus =
  | 'Unknown'
  | 'Open'
  | 'Sold'
  | 'Lost'
  | 'Stalled'
  | 'SaintAll'
  | (string & {});

/** Sale as seen in lists. */
export interface Sale extends Carrier {
  contactName?: string | null;
  /** Inferred: date on which the sale is expected or was closed. */
  saleDate?: DateTime | null;
  saleId?: number;
  /** The probability is given in per cent. */
  probability?: number;
  /** Heading of the sale. */
  title?: string | null;
  /** Amount in the unit of Currency. */
  amount?: number;
  currency?: string | null;
  projectName?: string | null;
  associateFullName?: string | null;
  description?: string | null;
  status?: SaleStatus;
  /** Inferred: the amount multiplied by the probability. */
  weightedAmount?: number;
  projectId?: number;
  /** Earning as a per cent of the amount. */
  earningPercent?: number;
  /** Inferred: an amount in the unit of Currency. */
  earning?: number;
  contactId?: number;
  /** Inferred: number of the user who is responsible for the sale. */
  associateId?: number;
  personId?: number;
  saleTypeId?: number;
  saleTypeName?: string | null;
  personFullName?: string | null;
  completed?: ActivityStatus;
  /** Number of active links to records of ERP systems. */
  activeErpLinks?: number;
  /** Inferred: the date of the next activity of the sale; year 1 means no value. */
  nextDueDate?: DateTime | null;
  /** Inferred: free number of the sale, not its key. */
  number?: string | null;
}

/**
 * Who may see a request.
 *   - `Unknown` 0
 *   - `Internal` 1: Inferred: only users may see it.
 *   - `External` 2: Inferred: the customer may see it too.
 */
export type TicketSecurityLevel =
  | 'Unknown'
  | 'Internal'
  | 'External'
  | (string & {});

/**
 * State of a request in the fixed set; postponement for a given time has numbers from 1001.
 *   - `Unknown` 0
 *   - `Active` 1
 *   - `Closed` 2
 *   - `Postponed` 3
 *   - `Deleted` 4
 *   - `Merged` 5: Joined into another request.
 *   - `PostponedSpecific` 1001: Inferred: postponed until a given time.
 *   - `Postponed1Hour` 1002
 *   - `Postponed2Hours` 1003
 *   - `Postponed3Hours` 1004
 *   - `Postponed4Hours` 1005
 *   - `PostponedDay` 1006: Postponed for one day.
 *   - `PostponedWeek` 1007: Postponed for one week.
 *   - `PostponedMonth` 1008: Postponed for one month.
 */
export type TicketBaseStatus =
  | 'Unknown'
  | 'Active'
  | 'Closed'
  | 'Postponed'
  | 'Deleted'
  | 'Merged'
  | 'PostponedSpecific'
  | 'Postponed1Hour'
  | 'Postponed2Hours'
  | 'Postponed3Hours'
  | 'Postponed4Hours'
  | 'PostponedDay'
  | 'PostponedWeek'
  | 'PostponedMonth'
  | (string & {});

/**
 * Channel through which a request came in.
 *   - `Unknown` 0
 *   - `Email` 1
 *   - `SMS` 2
 *   - `Fax` 3
 *   - `Phone` 4
 *   - `Facebook` 5
 *   - `Twitter` 6
 *   - `Internal` 7
 *   - `CustomerCentre` 8: The web pages for customers.
 *   - `EMarketing` 9
 *   - `AutoGenerated` 10: Created by the system itself.
 *   - `Chat` 11
 *   - `Form` 12
 */
export type TicketOrigin =
  | 'Unknown'
  | 'Email'
  | 'SMS'
  | 'Fax'
  | 'Phone'
  | 'Facebook'
  | 'Twitter'
  | 'Internal'
  | 'CustomerCentre'
  | 'EMarketing'
  | 'AutoGenerated'
  | 'Chat'
  | 'Form'
  | (string & {});

/**
 * Colour that tells whether a request has news for its owner.
 *   - `Unknown` 0
 *   - `Green` 1: Inferred: everything has been read.
 *   - `Yellow` 2: Inferred: there is something new since the last reading.
 *   - `Red` 3: Inferred: the request has not been read.
 */
export type TicketReadStatus =
  | 'Unknown'
  | 'Green'
  | 'Yellow'
  | 'Red'
  | (string & {});

/** Service request, not to be confused with the ticket that proves who calls. */
export interface Ticket extends Carrier {
  ticketId?: number;
  title?: string | null;
  createdAt?: DateTime | null;
  /** Time of the last change. */
  lastChanged?: DateTime | null;
  /** When the owner last read the request; year 1 means not yet. */
  readByOwner?: DateTime | null;
  /** When the customer last read the request; year 1 means not yet. */
  readByCustomer?: DateTime | null;
  /** When a user first read the request; year 1 means not yet. */
  firstReadByUser?: DateTime | null;
  /** Inferred: when a postponed request becomes active again; year 1 means no value. */
  activate?: DateTime | null;
  /** Year 1 means that the request is not closed. */
  closedAt?: DateTime | null;
  /** Inferred: when the first reply was given; year 1 means not yet. */
  repliedAt?: DateTime | null;
  /** Inferred: when the next alert level is reached; year 1 means no value. */
  alertTimeout?: DateTime | null;
  /** Year 1 means that there is no deadline. */
  deadline?: DateTime | null;
  /** Inferred: number of the service user who created the request. */
  createdBy?: number;
  createdByName?: string | null;
  /** Free text that names who wrote the request. */
  author?: string | null;
  /** Inferred: number of the service user who owns the request, not an associate number. */
  ownedBy?: number;
  ownedByName?: string | null;
  /** Number of the category. */
  category?: number;
  categoryName?: string | null;
  /** Name of the category with the names of its parents. */
  categoryFullname?: string | null;
  /** Who may see the request. */
  slevel?: TicketSecurityLevel;
  /** Number of the priority. */
  priority?: number;
  priorityName?: string | null;
  /** Inferred: state in the fixed set that every TicketStatus belongs to. */
  baseStatus?: TicketBaseStatus;
  /** Inferred: number of the state in the set that the installation defines. */
  ticketStatus?: number;
  ticketStatusDisplayValue?: string | null;
  /** Channel through which the request came in. */
  origin?: TicketOrigin;
  /** Inferred: the number of the person who is the customer. */
  custId?: number;
  personFirstname?: string | null;
  personMiddleName?: string | null;
  personLastname?: string | null;
  personFullname?: string | null;
  /** Inferred: the step of the escalation chain that has been reached. */
  alertLevel?: number;
  /** Inferred: the number of the request that this one is joined to. */
  connectId?: number;
  readStatus?: TicketReadStatus;
  /** Inferred: time taken to the first reply; the contract does not state the unit. */
  timeToReply?: number;
  /** Inferred: as TimeToReply, but with all hours of the clock counted. */
  realTimeToReply?: number;
  /** Inferred: time taken until the request was closed; the contract does not state the unit. */
  timeToClose?: number;
  /** Inferred: as TimeToClose, but with all hours of the clock counted. */
  realTimeToClose?: number;
  /** Inferred: time for which the request waited for the company; the contract does not state the unit. */
  timeSpentInternally?: number;
  /** Inferred: time for which the request waited for the customer; the contract does not state the unit. */
  timeSpentExternally?: number;
  /** Inferred: time for which the request waited in the queue; the contract does not state the unit. */
  timeSpentQueue?: number;
  /** Inferred: as TimeSpentInternally, but with all hours of the clock counted. */
  realTimeSpentInternally?: number;
  /** Inferred: as TimeSpentExternally, but with all hours of the clock counted. */
  realTimeSpentExternally?: number;
  /** Inferred: as TimeSpentQueue, but with all hours of the clock counted. */
  realTimeSpentQueue?: number;
  /** Inferred: working time recorded on the request; the contract does not state the unit. */
  timeSpent?: number;
  hasAttachment?: boolean;
  numReplies?: number;
  numMessages?: number;
  /** Address that the request was sent from; personal data. */
  fromAddress?: string | null;
  contactId?: number;
  contactName?: string | null;
  /** Number of the owner as an associate. */
  ownedByAssociateId?: number;
  language?: string | null;
  /** Inferred: mood found in the text of the request; the contract does not state the scale. */
  sentiment?: number;
  /** Inferred: how sure the mood is; the contract does not state the scale. */
  sentimentConfidence?: number;
  saleId?: number;
  projectId?: number;
  saleHeading?: string | null;
  projectName?: string | null;
  /** Number of the web form that the request came from, if any. */
  formSubmissionId?: number;
  ticketTypeId?: number;
  ticketTypeName?: string | null;
}

/** Conversation between a customer and the agents of a topic. */
export interface ChatSessionEntity extends Carrier {
  /** Key of the session; 0 in a save creates a new one. */
  chatSessionId?: number;
  /** Topic that the customer chose. */
  topicId?: number;
  /** Agent in charge; nil while nobody has picked the session up. */
  user?: Associate | null;
  /** The customer, if known as a person of the database. */
  person?: Person | null;
  /** Name under which the customer writes; personal data. */
  customerAlias?: string | null;
  /** Host name or IP address of the customer; personal data. */
  customerHost?: string | null;
  /** As the customer stated it; personal data. */
  customerName?: string | null;
  /** As the customer stated it; personal data. */
  customerEmail?: string | null;
  /** As the customer stated it; personal data. */
  customerPhone?: string | null;
  /** True if the customer gave consent when the session started. */
  customerConsented?: boolean;
  /** As the customer stated it. */
  customerCompanyName?: string | null;
  status?: ChatSessionStatus;
  /** Copy of the first message, cut at 1024 characters. */
  firstMessage?: string | null;
  /** Copy of the latest message, cut at 1024 characters. */
  lastMessage?: string | null;
  /** When the customer asked for the session. */
  whenRequested?: DateTime | null;
  /** When an agent took the session; year 1 means not yet. */
  whenStarted?: DateTime | null;
  /** When the session came to its end; year 1 means not yet. */
  whenEnded?: DateTime | null;
  /** When anybody last wrote; year 1 means no value. */
  whenIdle?: DateTime | null;
  /** When the customer's browser last asked for news, by which the server notices that a customer has left. */
  whenFetched?: DateTime | null;
  /** Secret. The key that authenticates the session, so keep it out of logs. */
  sessionKey?: string | null;
  /** Place in the queue at the time of the request, counted from 1. */
  initialQueuePos?: number;
  /** Degree of the warning raised for the session; the contract does not state the scale. */
  alertLevel?: number;
  /** Smallest number from 1 that is free among the active sessions of the agent, for example to choose a colour. */
  rank?: number;
  /** Empty unless the agent is typing. */
  flags?: readonly ChatSessionFlags[];
  /** Company that the session is linked to, if known. */
  contact?: Contact | null;
  /** Project that the session is linked to, if any. */
  project?: Project | null;
  /** Sale that the session is linked to, if any. */
  sale?: Sale | null;
  /** Service request that the session is linked to, if any. */
  ticket?: Ticket | null;
  /** Agent who has been asked to take the session over and has not answered yet. */
  transferTo?: Associate | null;
  /** True while a bot leads the conversation and its scripts run; false once it has handed over to an agent. */
  chatbotIsActive?: boolean;
  /** Mark given by the customer; the contract does not state the scale. */
  rating?: number;
}

/** Membership of a user in a topic, with the roles held there. */
export interface ChatTopicAgent {
  topicId?: number;
  user?: Associate | null;
  /** May follow the sessions of others. */
  canListen?: boolean;
  /** May take sessions and answer. */
  canRespond?: boolean;
  /** Is a manager of the topic. */
  canManage?: boolean;
  /** Is told about new sessions. */
  canNotify?: boolean;
}

/** Language of a customer as a list item. */
export interface CustomerLanguage extends Carrier {
  id?: number;
  value?: string | null;
  tooltip?: string | null;
}

/** Reference to a template for messages to customers. */
export interface ReplyTemplate {
  replyTemplateId?: number;
  name?: string | null;
  description?: string | null;
  folderId?: number;
}

/** Category of a request as a list item. */
export interface TicketCategory extends Carrier {
  id?: number;
  value?: string | null;
  tooltip?: string | null;
}

/** Priority of a request as a list item. */
export interface TicketPriority extends Carrier {
  id?: number;
  value?: string | null;
  tooltip?: string | null;
}

/** When a period of standard or summer time starts and ends, and its distance from UTC. */
export interface TimeZoneRule {
  /** Distance from UTC; the contract does not state the unit. */
  tZOffset?: number;
  /** How the start is worked out; the contract does not state the form. */
  startRulePattern?: string | null;
  /** How the end is worked out; the contract does not state the form. */
  endRulePattern?: string | null;
  startDay?: number;
  startMonth?: number;
  endDay?: number;
  endMonth?: number;
}

/** Time zone with its rules for standard and for summer time. */
export interface TimeZoneData {
  /** Number of the zone in the installation. */
  tZLocationID?: number;
  name?: string | null;
  /** Code of the zone, for example NO or US-NY. */
  tZLocationCode?: string | null;
  /** Names of cities in the zone. */
  tZLocationCities?: string | null;
  /** Inferred: the ISO 3166 number of the country. */
  isoNumber?: number;
  /** Rules for standard time. */
  timeZoneSTDRules?: Record<string, TimeZoneRule | null> | null;
  /** Rules for summer time. */
  timeZoneDSTRules?: Record<string, TimeZoneRule | null> | null;
}

/** Opening hours for each day of the week. Start and stop are durations since midnight in the zone of TzLocation. */
export interface ChatOpeningHours {
  /** Zone of the hours; the TimeZone header does not change them. */
  tzLocation?: TimeZoneData | null;
  monEnabled?: boolean;
  /** PT8H30M stands for half past eight; the same holds for all hours of this type. */
  monStart?: string;
  monStop?: string;
  tueEnabled?: boolean;
  tueStart?: string;
  tueStop?: string;
  wedEnabled?: boolean;
  wedStart?: string;
  wedStop?: string;
  thuEnabled?: boolean;
  thuStart?: string;
  thuStop?: string;
  friEnabled?: boolean;
  friStart?: string;
  friStop?: string;
  satEnabled?: boolean;
  satStart?: string;
  satStop?: string;
  sunEnabled?: boolean;
  sunStart?: string;
  sunStop?: string;
  /** Inferred: true if the topic is closed from LunchStart to LunchStop on every day. */
  useLunchHours?: boolean;
  lunchStart?: string;
  lunchStop?: string;
}

/** Category of the knowledge base. */
export interface KbCategory {
  kbCategoryId?: number;
  name?: string | null;
  description?: string | null;
  /** Name of the category with the names of its parents. */
  fullname?: string | null;
  /** Number of the category above this one. */
  parentId?: number;
  sortOrder?: number;
}

/**
 * Fields that a customer has to fill in, as a list of names separated by spaces; the list is empty where none is required. Any number of these.
 *   - `Email` 1
 *   - `Name` 2
 *   - `Company` 4
 *   - `Phone` 8
 *   - `Country` 16
 */
export type WidgetRequiredFields =
  | 'Email'
  | 'Name'
  | 'Company'
  | 'Phone'
  | 'Country'
  | (string & {});

/**
 * Size of the chat window.
 *   - `Normal` 0
 *   - `Large` 1
 */
export type ChatWidgetSize =
  | 'Normal'
  | 'Large'
  | (string & {});

/**
 * Style of the chat window.
 *   - `Classic` 0
 *   - `Modern` 1
 */
export type WidgetTheme =
  | 'Classic'
  | 'Modern'
  | (string & {});

/** Appearance and forms of the chat window on a web site. */
export interface ChatWidgetSettings {
  /** True if the customer is offered answers from the knowledge base first. */
  autoFaqEnabled?: boolean;
  /** Category that those answers come from. */
  autoFaqCategory?: KbCategory | null;
  /** True if a form precedes the chat. */
  preFormEnabled?: boolean;
  preFormMessage?: string | null;
  /** Fields that the customer has to fill in before the chat. */
  requiredFields?: readonly WidgetRequiredFields[];
  /** True if a form follows the chat. */
  postFormEnabled?: boolean;
  postFormHeader?: string | null;
  postFormMessage?: string | null;
  /** Inferred: true if the customer can have the transcript sent. */
  postTranscriptEnabled?: boolean;
  /** Language of the window as an ISO code. */
  languageIsoCode?: string | null;
  size?: ChatWidgetSize;
  theme?: WidgetTheme;
  color?: string | null;
  badgeColor?: string | null;
  badgeTextColor?: string | null;
  custMsgColor?: string | null;
  custMsgTextColor?: string | null;
  agentMsgColor?: string | null;
  agentMsgTextColor?: string | null;
  buttonColor?: string | null;
  buttonTextColor?: string | null;
  font?: string | null;
  fontSize?: string | null;
  logoEnabled?: boolean;
  /** Number of the stored image. */
  logoBlobId?: number;
  logoName?: string | null;
  showAgentPhoto?: boolean;
  welcomeTitle?: string | null;
  welcomeMessage?: string | null;
  offlineHeader?: string | null;
  offlineMessage?: string | null;
  /** Fields that the customer has to fill in on the offline form. */
  offlineFields?: readonly WidgetRequiredFields[];
  /** Inferred: true if the customer sees only the first name of the agent. */
  useAgentFirstname?: boolean;
}

/** Name of a bot and the scripts that it runs. */
export interface ChatBotSettings {
  /** Inferred: name that the customer sees as the author. */
  botName?: string | null;
  /** Script that registers the bot. */
  botRegisterScriptId?: number;
  /** Script that runs when a session is created. */
  botSessionCreatedScriptId?: number;
  /** Script that runs when a session changes. */
  botSessionChangedScriptId?: number;
  /** Script that runs when a message arrives. */
  botMessageReceivedScriptId?: number;
}

/** Subject that customers can chat about, with its texts, limits, opening hours, widget and bot. */
export interface ChatTopicEntity extends Carrier {
  /** Key of the topic; 0 in a save creates a new one. */
  chatTopicId?: number;
  name?: string | null;
  description?: string | null;
  /** Text sent to the customer when an agent picks a session up. */
  welcomeMessage?: string | null;
  language?: CustomerLanguage | null;
  /** When an agent last took a session of this topic; year 1 means never. */
  lastAccept?: DateTime | null;
  /** Inferred: seconds that customers wait for an agent on average. */
  secondsPrAccept?: number;
  /** Who receives the alerts of the topic; the contract does not state the form. */
  alertRecipient?: string | null;
  /** Template of the alert messages. */
  alertTemplate?: ReplyTemplate | null;
  /** True if the customer is asked for consent before the chat. */
  collectConsent?: boolean;
  /** Inferred: text on the button that opens the chat. */
  badgeHeader?: string | null;
  /** True if CustomQueueText replaces the standard text. */
  customQueueTextEnabled?: boolean;
  /** Text for customers in the queue, at most 255 characters. */
  customQueueText?: string | null;
  /** Inferred: minutes that a new chat waits before its agents are warned. */
  warnNewChatMinutes?: number;
  /** Inferred: minutes that a new chat waits before the managers are warned. */
  warnManagerNewChatMinutes?: number;
  /** Inferred: true if a service request can be made from a session. */
  ticketEnabled?: boolean;
  /** Category of service requests made from this topic. */
  ticketCategory?: TicketCategory | null;
  /** Priority of service requests made from this topic. */
  ticketPriority?: TicketPriority | null;
  /** Inferred: false if the topic has no limits of time. */
  openingHoursEnabled?: boolean;
  openingHours?: ChatOpeningHours | null;
  widget?: ChatWidgetSettings | null;
  /** Inferred: true if a bot answers first. */
  botEnabled?: boolean;
  botSettings?: ChatBotSettings | null;
  /** True if the offline form asks for the consent of the customer. */
  offlineCollectConsent?: boolean;
  /** Inferred: minutes that a message waits for an answer before the agent is warned. */
  warnChatMessageMinutes?: number;
  /** Inferred: minutes that a message waits for an answer before the managers are warned. */
  warnManagerChatMessageMinutes?: number;
  /** Inferred: true if the offline form is offered to customers in a long queue. */
  useQueueOfflineForm?: boolean;
  /** Inferred: waiting time from which the offline form is offered; the contract does not state the unit. */
  offlineFormTimeLimit?: number;
  /** Inferred: length of the queue from which the offline form is offered. */
  offlineFormQueueLength?: number;
  /** True if the customer is asked to rate the chat. */
  widgetEnableRating?: boolean;
  /** Question that asks for the rating. */
  widgetRatingText?: string | null;
}

/**
 * What a licence is counted by.
 *   - `Unknown` 0
 *   - `SiteLicense` 1: The whole installation.
 *   - `SatelliteLicense` 2: A satellite database.
 *   - `UserLicense` 3: A single user.
 */
export type LicenseType =
  | 'Unknown'
  | 'SiteLicense'
  | 'SatelliteLicense'
  | 'UserLicense'
  | (string & {});

/** Licence for a module that a user holds. */
export interface GrantedModuleLicense extends Carrier {
  /** Inferred: number of the vendor of the module. */
  ownerId?: number;
  ownerName?: string | null;
  ownerDescription?: string | null;
  moduleId?: number;
  name?: string | null;
  description?: string | null;
  version?: string | null;
  licenseType?: LicenseType;
  /** Bits that the module defines. */
  extraFlags?: number;
  sortOrder?: number;
  licenseNumber?: number;
  isHidden?: boolean;
  /** True if the number of licences is not limited. */
  isUnrestricted?: boolean;
  /** Year 1 means no value. */
  expiryDate?: DateTime | null;
}

/** Item of a list, which may hold further items. */
export interface MDOListItem extends Carrier {
  id?: number;
  name?: string | null;
  toolTip?: string | null;
  deleted?: boolean;
  rank?: number;
  /** Kind of item; the values depend on the list. */
  type?: string | null;
  /** The items below this one, to any depth. */
  childItems?: (MDOListItem | null)[] | null;
  /** Name of the icon to show. */
  iconHint?: string | null;
  /** Colour of the item as a number. */
  colorBlock?: number;
  /** Further facts whose form depends on the list. */
  extraInfo?: string | null;
  /** How to show the item. */
  styleHint?: string | null;
  fullName?: string | null;
}

/** Licence for one module of an installation. */
export interface ModuleLicense {
  /** Name of the vendor of the module. */
  ownerName?: string | null;
  moduleName?: string | null;
  moduleDescription?: string | null;
  moduleTooltip?: string | null;
  moduleVersion?: string | null;
  licenseType?: LicenseType;
  /** True if the number of licences is not limited. */
  unrestricted?: boolean;
  /** Kind of user who may hold the licence. */
  allowedUserType?: UserType;
  numberOfLicenses?: number;
  /** Bits that the module defines. */
  extraFlags?: number;
  extraInfo?: string | null;
  sortOrder?: number;
  isHidden?: boolean;
  /** Inferred: module that has to be licensed too. */
  prerequisiteModuleName?: string | null;
  signature?: string | null;
}

/** One way in which a user can prove who they are. */
export interface ProvidedCredential {
  /** Inferred: name of the credential plug-in. */
  type?: string | null;
  /** Inferred: value by which the server finds the user; personal data. */
  searchName?: string | null;
  /** Value shown to people. */
  displayName?: string | null;
  credentialId?: number;
}

/**
 * State of a user in the service part.
 *   - `StatusNone` 0
 *   - `StatusNormal` 1: The user is active.
 *   - `StatusNotAvailable` 2
 *   - `StatusDeleted` 3
 *   - `StatusReadOnly` 4
 *   - `StatusSpm` 5: The contract does not state the meaning.
 *   - `StatusSystem` 127: Account of the system itself.
 */
export type EjUserStatus =
  | 'StatusNone'
  | 'StatusNormal'
  | 'StatusNotAvailable'
  | 'StatusDeleted'
  | 'StatusReadOnly'
  | 'StatusSpm'
  | 'StatusSystem'
  | (string & {});

/** Public key of a licence vendor with the signature that vouches for it. */
export interface SignedPublicKey {
  ownerName?: string | null;
  signDate?: DateTime | null;
  expiryDate?: DateTime | null;
  key?: DSAParameters;
  signature?: string | null;
}

/** Licence of the installation, signed by its vendor. */
export interface LicenseInfo {
  companyName?: string | null;
  serialNr?: string | null;
  /** Name of the vendor of the licence. */
  ownerName?: string | null;
  ownerDescription?: string | null;
  /** When the licence has to be checked with the vendor again. */
  nextCheckDate?: DateTime | null;
  /** Inferred: the end of the paid maintenance. */
  maintenanceDate?: DateTime | null;
  /** From when administrators are warned. */
  adminWarningDate?: DateTime | null;
  /** When the licence ends; year 1 means no value. */
  expiryDate?: DateTime | null;
  /** Inferred: until when the system works after the end of the licence. */
  graceDate?: DateTime | null;
  /** Bits whose meaning the contract does not state. */
  extraFlags?: number;
  licenseUrl?: string | null;
  licenseVersion?: string | null;
  /** Number of the kind of deployment; the contract does not state the values. */
  deploymentType?: number;
  productType?: string | null;
  productDescription?: string | null;
  moduleLicenses?: (ModuleLicense | null)[] | null;
  /** Inferred: key by which the signatures of the modules are checked. */
  publicKey?: SignedPublicKey | null;
  signature?: string | null;
}

/**
 * How far a build of the server has been tested.
 *   - `Feature` 0
 *   - `Stable` 1
 *   - `Alpha` 2
 *   - `Beta` 3
 *   - `ReleaseCandidate` 4
 *   - `Release` 5
 */
export type NetServerBuildType =
  | 'Feature'
  | 'Stable'
  | 'Alpha'
  | 'Beta'
  | 'ReleaseCandidate'
  | 'Release'
  | (string & {});

/**
 * Kind of user that a role is made for.
 *   - `Employee` 0
 *   - `ExternalUser` 1: Person outside the company.
 *   - `Anonymous` 2
 *   - `System` 3
 */
export type RoleType =
  | 'Employee'
  | 'ExternalUser'
  | 'Anonymous'
  | 'System'
  | (string & {});

/** Proof of who calls, sent as the Credentials header and handed out by the Authenticate operations. */
export interface SoCredentials {
  /** Secret. The ticket of the user, or from Services86 on an access token that the server takes in its place. */
  ticket?: string | null;
}

/** Description of a failure that the server reports in a header instead of in a fault. */
export interface SoExceptionInfo {
  /** Technical description of the error. */
  message?: string | null;
  /** Call stack on the server. */
  stackTrace?: string | null;
  /** Text meant for the user. */
  friendlyText?: string | null;
  /** Name of the exception type on the server. */
  exceptionType?: string | null;
  /** Application or object that caused the error. */
  source?: string | null;
  /** The error behind this one; the nesting has no stated limit. */
  innerException?: SoExceptionInfo | null;
  /** Further details by name; Inferred: they may repeat parts of the request. */
  parameters?: Record<string, string | null> | null;
}

/** The signed-in user with role, licences and rights. Unlike most types it has no Carrier base. */
export interface SoPrincipalCarrier {
  userType?: UserType;
  /** Short user name. */
  associate?: string | null;
  associateId?: number;
  /** True if the user is linked to a contact person. */
  isPerson?: boolean;
  personId?: number;
  /** Inferred: the country of the company that the user belongs to. */
  countryId?: number;
  /** Inferred: the country that the installation is set up for. */
  homeCountryId?: number;
  /** Inferred: number of the company that the user belongs to. */
  contactId?: number;
  /** Number of the primary user group. */
  groupId?: number;
  /** Inferred: the line of business of that company, as a list item number. */
  businessId?: number;
  /** Inferred: the category of that company, as a list item number. */
  categoryId?: number;
  /** Inferred: the number of the user who is responsible for that company. */
  contactOwner?: number;
  roleId?: number;
  roleName?: string | null;
  roleDescription?: string | null;
  roleType?: RoleType;
  /** Module licences granted to the user. */
  licenses?: (GrantedModuleLicense | null)[] | null;
  fullName?: string | null;
  /** This is personal data. */
  eMailAddress?: string | null;
  /** Names of the functions that the role allows. */
  functionRights?: (string | null)[] | null;
  /** Number of the user in the service and chat part, a different number from AssociateId. */
  ejUserId?: number;
  /** Level of access to the service part; the contract does not state the scale. */
  ejAccessLevel?: number;
  /** State of the user in the service part. */
  ejUserStatus?: EjUserStatus;
  /** Credentials that are registered for the user. */
  providedCredentials?: (ProvidedCredential | null)[] | null;
  /** Numbers of the further user groups. */
  secondaryGroups?: number[] | null;
  /** Inferred: name of the tenant, for example Cust12345 in the hosted service. */
  databaseContextIdentifier?: string | null;
}

/** Version, licence and database of the installation, which can be read without a ticket. */
export interface SoSystemInfoCarrier extends Carrier {
  license?: LicenseInfo | null;
  /** Warning about the licence in English. */
  warningEnglish?: string | null;
  /** Inferred: name of the resource that holds the translated warning. */
  warningResource?: string | null;
  /** Inferred: branch of the source that the server was built from. */
  branchName?: string | null;
  buildLabel?: string | null;
  assemblyVersion?: string | null;
  /** Inferred: the earliest date on which a licence has to be checked; year 1 means no value. */
  accumulatedNextCheckDate?: DateTime | null;
  fileVersion?: string | null;
  description?: string | null;
  /** Inferred: days until this build of the server stops working. */
  daysUntilNetServerExpiry?: number;
  buildType?: NetServerBuildType;
  /** Number of the version of the database schema. */
  databaseVersion?: number;
  /** True if the database stores Unicode text. */
  isUnicode?: boolean;
  companyName?: string | null;
  /** Number of the company that owns the installation. */
  companyId?: number;
  /** Make of the database server. */
  databaseType?: string | null;
  /** Inferred: version of the database server. */
  databaseMinor?: string | null;
  databaseName?: string | null;
  /** Inferred: true for a travelling copy of the database. */
  isOnTravel?: boolean;
  /** True for a satellite database. */
  isSatellite?: boolean;
}

/** Time zone that dates are converted to and from; without it the base zone of the installation applies. */
export interface SoTimeZone {
  /** Number of the zone in the installation, for example 1 for UTC. */
  soTimeZoneId?: number;
  /** Code of the zone, for example NO or US-NY, as an alternative to the number. */
  soTimeZoneLocationCode?: string | null;
}
