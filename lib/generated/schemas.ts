// Generated from wsdl/ by `npm run generate`; changes made here are lost.

import {
  type EnumSchema,
  type FlagsSchema,
  type ComplexSchema,
  type ArraySchema,
  type DictionarySchema,
  member,
  nillable,
  required,
  schemasOf,
  xs,
} from '../codec/schema.js';

const cryptography = schemasOf('http://schemas.datacontract.org/2004/07/System.Security.Cryptography');
const arrays = schemasOf('http://schemas.microsoft.com/2003/10/Serialization/Arrays');
const services88 = schemasOf('http://www.superoffice.net/ws/crm/NetServer/Services88');

export const DSAParameters: ComplexSchema = cryptography.complex('DSAParameters', null, () => [
  required(member('Counter', xs.int)),
  required(nillable('G', xs.base64Binary)),
  required(nillable('J', xs.base64Binary)),
  required(nillable('P', xs.base64Binary)),
  required(nillable('Q', xs.base64Binary)),
  required(nillable('Seed', xs.base64Binary)),
  required(nillable('Y', xs.base64Binary)),
]);

export const ArrayOfint: ArraySchema = arrays.array('ArrayOfint', member('int', xs.int));

export const ArrayOfstring: ArraySchema = arrays.array('ArrayOfstring', nillable('string', xs.string));

export const ActivityStatus: EnumSchema = services88.enumeration('ActivityStatus', 'int', {
  Unknown: 0,
  NotStarted: 1,
  Started: 2,
  Completed: 3,
});

export const ETableRight: FlagsSchema = services88.flags('ETableRight', 'int', {
  Select: 1,
  Update: 2,
  Insert: 4,
  Delete: 8,
  Filtering: 16,
  RestrictedUpdate: 32,
  Unused1: 64,
  Uninitialized: 128,
  R: 1,
  F: 16,
});

export const TableRight: ComplexSchema = services88.complex('TableRight', null, () => [
  member('Mask', ETableRight),
  nillable('Reason', xs.string),
]);

export const EFieldRight: FlagsSchema = services88.flags('EFieldRight', 'int', {
  Read: 1,
  Write: 2,
  Unused1: 4,
  Unused2: 8,
  Unused3: 16,
  Unused4: 32,
  UIHintMandatory: 64,
  UIHintReadOnly: 128,
  UndefinedValue256: 256,
  Nullable: 32,
});

export const FieldRight: ComplexSchema = services88.complex('FieldRight', null, () => [
  member('Mask', EFieldRight),
  nillable('Reason', xs.string),
]);

export const FieldProperty: ComplexSchema = services88.complex('FieldProperty', null, () => [
  nillable('FieldRight', FieldRight),
  nillable('FieldType', xs.string),
  member('FieldLength', xs.int),
]);

export const FieldPropertyDictionary: DictionarySchema = services88.dictionary('FieldPropertyDictionary', 'FieldPropertyDictionaryKeyValuePair', required(nillable('Key', xs.string)), required(nillable('Value', FieldProperty)));

export const Carrier: ComplexSchema = services88.complex('Carrier', null, () => [
  nillable('TableRight', TableRight),
  nillable('FieldProperties', FieldPropertyDictionary),
]);

export const LocalizedField: ComplexSchema = services88.complex('LocalizedField', Carrier, () => [
  nillable('Name', xs.string),
  nillable('Value', xs.string),
  nillable('Tooltip', xs.string),
  nillable('Label', xs.string),
  member('ValueLength', xs.int),
  nillable('AddressType', xs.string),
]);

export const ArrayOfLocalizedField: ArraySchema = services88.array('ArrayOfLocalizedField', nillable('LocalizedField', LocalizedField));

export const ArrayOfArrayOfLocalizedField: ArraySchema = services88.array('ArrayOfArrayOfLocalizedField', nillable('ArrayOfLocalizedField', ArrayOfLocalizedField));

export const AddressType: EnumSchema = services88.enumeration('AddressType', 'short', {
  Unknown: 0,
  ContactPostalAddress: 1,
  ContactStreetAddress: 2,
  PersonPrivateAddress: 16387,
  QuoteBillingAddress: 8196,
  QuoteShippingAddress: 8197,
});

export const StructuredAddress: ComplexSchema = services88.complex('StructuredAddress', null, () => [
  member('AtypeIdx', AddressType),
  nillable('Address1', xs.string),
  nillable('Address2', xs.string),
  nillable('Address3', xs.string),
  nillable('City', xs.string),
  nillable('County', xs.string),
  nillable('State', xs.string),
  nillable('Zipcode', xs.string),
  nillable('Formatted', xs.string),
]);

export const Address: ComplexSchema = services88.complex('Address', Carrier, () => [
  member('Wgs84Latitude', xs.double),
  member('Wgs84Longitude', xs.double),
  nillable('LocalizedAddress', ArrayOfArrayOfLocalizedField),
  nillable('Street', StructuredAddress),
  nillable('Postal', StructuredAddress),
  nillable('Formatted', xs.string),
]);

export const ChatMessageType: EnumSchema = services88.enumeration('ChatMessageType', 'short', {
  Invalid: 0,
  ToCustomer: 1,
  ToUser: 2,
  Special: 3,
});

export const ChatMessageSpecialType: EnumSchema = services88.enumeration('ChatMessageSpecialType', 'short', {
  None: 0,
  Welcome: 1,
  Url: 2,
  Block: 3,
  NewSession: 5,
  TransferedSession: 6,
  Error: 7,
  SessionDeleted: 8,
  FaqSuccessQuestion: 9,
  ClosedByUser: 10,
  ClosedByCustomer: 11,
  ClosedByIdle: 12,
  TransferRejected: 13,
  ReopenedByCustomer: 14,
  ClickedOption: 15,
  BotMessage: 16,
  Options: 17,
  IllegalFileType: 18,
});

export const ChatMessage: ComplexSchema = services88.complex('ChatMessage', null, () => [
  member('ChatMessageId', xs.int),
  member('ChatSessionId', xs.int),
  member('Type', ChatMessageType),
  nillable('Message', xs.string),
  nillable('Author', xs.string),
  member('ReadByCustomer', xs.short),
  member('SpecialType', ChatMessageSpecialType),
  nillable('SpecialParam', xs.string),
  member('WhenPosted', xs.dateTime),
]);

export const ArrayOfChatMessage: ArraySchema = services88.array('ArrayOfChatMessage', nillable('ChatMessage', ChatMessage));

export const ChatPresence: ComplexSchema = services88.complex('ChatPresence', Carrier, () => [
  member('UserId', xs.int),
  nillable('DisplayName', xs.string),
  member('OngoingChats', xs.int),
  member('Present', xs.boolean),
  nillable('ChatTopics', ArrayOfint),
]);

export const ArrayOfChatPresence: ArraySchema = services88.array('ArrayOfChatPresence', nillable('ChatPresence', ChatPresence));

export const UserType: EnumSchema = services88.enumeration('UserType', 'int', {
  Unknown: 0,
  InternalAssociate: 1,
  ResourceAssociate: 2,
  ExternalAssociate: 3,
  AnonymousAssociate: 4,
  SystemAssociate: 5,
});

export const StringDictionary: DictionarySchema = services88.dictionary('StringDictionary', 'StringKeyValuePair', required(nillable('Key', xs.string)), required(nillable('Value', xs.string)));

export const Associate: ComplexSchema = services88.complex('Associate', Carrier, () => [
  member('AssociateId', xs.int),
  nillable('Name', xs.string),
  member('PersonId', xs.int),
  member('Rank', xs.short),
  nillable('Tooltip', xs.string),
  member('Type', UserType),
  member('GroupIdx', xs.int),
  nillable('FullName', xs.string),
  nillable('FormalName', xs.string),
  member('Deleted', xs.boolean),
  member('EjUserId', xs.int),
  nillable('UserName', xs.string),
  nillable('ExtraFields', StringDictionary),
  nillable('CustomFields', StringDictionary),
]);

export const Person: ComplexSchema = services88.complex('Person', Carrier, () => [
  nillable('Position', xs.string),
  member('PersonId', xs.int),
  nillable('Mrmrs', xs.string),
  nillable('Firstname', xs.string),
  nillable('Lastname', xs.string),
  nillable('MiddleName', xs.string),
  nillable('Title', xs.string),
  nillable('Description', xs.string),
  nillable('Email', xs.string),
  nillable('FullName', xs.string),
  nillable('DirectPhone', xs.string),
  nillable('FormalName', xs.string),
  member('CountryId', xs.int),
  member('ContactId', xs.int),
  nillable('ContactName', xs.string),
  member('Retired', xs.short),
  member('Rank', xs.short),
  member('ActiveInterests', xs.short),
  nillable('ContactDepartment', xs.string),
  member('ContactCountryId', xs.int),
  nillable('ContactOrgNr', xs.string),
  nillable('FaxPhone', xs.string),
  nillable('MobilePhone', xs.string),
  nillable('ContactPhone', xs.string),
  nillable('AssociateName', xs.string),
  member('AssociateId', xs.int),
  member('UsePersonAddress', xs.boolean),
  nillable('ContactFax', xs.string),
  nillable('Kanafname', xs.string),
  nillable('Kanalname', xs.string),
  nillable('Post1', xs.string),
  nillable('Post2', xs.string),
  nillable('Post3', xs.string),
  nillable('EmailName', xs.string),
  nillable('ContactFullName', xs.string),
  member('ActiveErpLinks', xs.int),
  member('TicketPriorityId', xs.int),
  member('SupportLanguageId', xs.int),
  member('SupportAssociateId', xs.int),
  nillable('CategoryName', xs.string),
  nillable('PersonNumber', xs.string),
]);

export const ChatSessionStatus: EnumSchema = services88.enumeration('ChatSessionStatus', 'short', {
  Invalid: 0,
  PreChatForm: 1,
  Faq: 2,
  OfflineForm: 3,
  InQueue: 4,
  CustomerLast: 5,
  UserLast: 6,
  Finished: 7,
  Deleted: 8,
  Closed: 9,
  RequestPosted: 10,
  ClosedFromQueue: 11,
});

export const ChatSessionFlags: FlagsSchema = services88.flags('ChatSessionFlags', 'short', {
  UserIsTyping: 1,
});

export const Contact: ComplexSchema = services88.complex('Contact', Carrier, () => [
  member('ContactId', xs.int),
  nillable('Name', xs.string),
  nillable('OrgNr', xs.string),
  nillable('Department', xs.string),
  nillable('URL', xs.string),
  nillable('City', xs.string),
  nillable('DirectPhone', xs.string),
  member('AssociateId', xs.int),
  member('CountryId', xs.int),
  nillable('EmailAddress', xs.string),
  nillable('Kananame', xs.string),
  nillable('EmailAddressName', xs.string),
  nillable('URLName', xs.string),
  nillable('AssociateFullName', xs.string),
  nillable('BusinessName', xs.string),
  nillable('CategoryName', xs.string),
  nillable('CountryName', xs.string),
  nillable('Address', Address),
  nillable('FormattedAddress', xs.string),
  nillable('FullName', xs.string),
  member('IsOwnerContact', xs.boolean),
  member('ActiveErpLinks', xs.int),
  nillable('Number1', xs.string),
  nillable('Number2', xs.string),
]);

export const Project: ComplexSchema = services88.complex('Project', Carrier, () => [
  member('ProjectId', xs.int),
  nillable('Name', xs.string),
  nillable('Description', xs.string),
  nillable('URL', xs.string),
  nillable('Type', xs.string),
  member('AssociateId', xs.int),
  nillable('AssociateFullName', xs.string),
  member('TypeId', xs.int),
  member('Updated', xs.dateTime),
  member('StatusId', xs.int),
  nillable('Status', xs.string),
  member('TextId', xs.int),
  member('PublishTo', xs.dateTime),
  member('PublishFrom', xs.dateTime),
  member('IsPublished', xs.boolean),
  nillable('URLName', xs.string),
  nillable('ProjectNumber', xs.string),
  member('ActiveErpLinks', xs.int),
]);

export const SaleStatus: EnumSchema = services88.enumeration('SaleStatus', 'short', {
  Unknown: 0,
  Open: 1,
  Sold: 2,
  Lost: 3,
  Stalled: 4,
  SaintAll: 1000,
});

export const Sale: ComplexSchema = services88.complex('Sale', Carrier, () => [
  nillable('ContactName', xs.string),
  member('SaleDate', xs.dateTime),
  member('SaleId', xs.int),
  member('Probability', xs.short),
  nillable('Title', xs.string),
  member('Amount', xs.double),
  nillable('Currency', xs.string),
  nillable('ProjectName', xs.string),
  nillable('AssociateFullName', xs.string),
  nillable('Description', xs.string),
  member('Status', SaleStatus),
  member('WeightedAmount', xs.double),
  member('ProjectId', xs.int),
  member('EarningPercent', xs.double),
  member('Earning', xs.double),
  member('ContactId', xs.int),
  member('AssociateId', xs.int),
  member('PersonId', xs.int),
  member('SaleTypeId', xs.int),
  nillable('SaleTypeName', xs.string),
  nillable('PersonFullName', xs.string),
  member('Completed', ActivityStatus),
  member('ActiveErpLinks', xs.int),
  member('NextDueDate', xs.dateTime),
  nillable('Number', xs.string),
]);

export const TicketSecurityLevel: EnumSchema = services88.enumeration('TicketSecurityLevel', 'short', {
  Unknown: 0,
  Internal: 1,
  External: 2,
});

export const TicketBaseStatus: EnumSchema = services88.enumeration('TicketBaseStatus', 'short', {
  Unknown: 0,
  Active: 1,
  Closed: 2,
  Postponed: 3,
  Deleted: 4,
  Merged: 5,
  PostponedSpecific: 1001,
  Postponed1Hour: 1002,
  Postponed2Hours: 1003,
  Postponed3Hours: 1004,
  Postponed4Hours: 1005,
  PostponedDay: 1006,
  PostponedWeek: 1007,
  PostponedMonth: 1008,
});

export const TicketOrigin: EnumSchema = services88.enumeration('TicketOrigin', 'short', {
  Unknown: 0,
  Email: 1,
  SMS: 2,
  Fax: 3,
  Phone: 4,
  Facebook: 5,
  Twitter: 6,
  Internal: 7,
  CustomerCentre: 8,
  EMarketing: 9,
  AutoGenerated: 10,
  Chat: 11,
  Form: 12,
});

export const TicketReadStatus: EnumSchema = services88.enumeration('TicketReadStatus', 'short', {
  Unknown: 0,
  Green: 1,
  Yellow: 2,
  Red: 3,
});

export const Ticket: ComplexSchema = services88.complex('Ticket', Carrier, () => [
  member('TicketId', xs.int),
  nillable('Title', xs.string),
  member('CreatedAt', xs.dateTime),
  member('LastChanged', xs.dateTime),
  member('ReadByOwner', xs.dateTime),
  member('ReadByCustomer', xs.dateTime),
  member('FirstReadByUser', xs.dateTime),
  member('Activate', xs.dateTime),
  member('ClosedAt', xs.dateTime),
  member('RepliedAt', xs.dateTime),
  member('AlertTimeout', xs.dateTime),
  member('Deadline', xs.dateTime),
  member('CreatedBy', xs.int),
  nillable('CreatedByName', xs.string),
  nillable('Author', xs.string),
  member('OwnedBy', xs.int),
  nillable('OwnedByName', xs.string),
  member('Category', xs.int),
  nillable('CategoryName', xs.string),
  nillable('CategoryFullname', xs.string),
  member('Slevel', TicketSecurityLevel),
  member('Priority', xs.int),
  nillable('PriorityName', xs.string),
  member('BaseStatus', TicketBaseStatus),
  member('TicketStatus', xs.int),
  nillable('TicketStatusDisplayValue', xs.string),
  member('Origin', TicketOrigin),
  member('CustId', xs.int),
  nillable('PersonFirstname', xs.string),
  nillable('PersonMiddleName', xs.string),
  nillable('PersonLastname', xs.string),
  nillable('PersonFullname', xs.string),
  member('AlertLevel', xs.short),
  member('ConnectId', xs.int),
  member('ReadStatus', TicketReadStatus),
  member('TimeToReply', xs.int),
  member('RealTimeToReply', xs.int),
  member('TimeToClose', xs.int),
  member('RealTimeToClose', xs.int),
  member('TimeSpentInternally', xs.int),
  member('TimeSpentExternally', xs.int),
  member('TimeSpentQueue', xs.int),
  member('RealTimeSpentInternally', xs.int),
  member('RealTimeSpentExternally', xs.int),
  member('RealTimeSpentQueue', xs.int),
  member('TimeSpent', xs.int),
  member('HasAttachment', xs.boolean),
  member('NumReplies', xs.int),
  member('NumMessages', xs.int),
  nillable('FromAddress', xs.string),
  member('ContactId', xs.int),
  nillable('ContactName', xs.string),
  member('OwnedByAssociateId', xs.int),
  nillable('Language', xs.string),
  member('Sentiment', xs.int),
  member('SentimentConfidence', xs.int),
  member('SaleId', xs.int),
  member('ProjectId', xs.int),
  nillable('SaleHeading', xs.string),
  nillable('ProjectName', xs.string),
  member('FormSubmissionId', xs.int),
  member('TicketTypeId', xs.int),
  nillable('TicketTypeName', xs.string),
]);

export const ChatSessionEntity: ComplexSchema = services88.complex('ChatSessionEntity', Carrier, () => [
  member('ChatSessionId', xs.int),
  member('TopicId', xs.int),
  nillable('User', Associate),
  nillable('Person', Person),
  nillable('CustomerAlias', xs.string),
  nillable('CustomerHost', xs.string),
  nillable('CustomerName', xs.string),
  nillable('CustomerEmail', xs.string),
  nillable('CustomerPhone', xs.string),
  member('CustomerConsented', xs.boolean),
  nillable('CustomerCompanyName', xs.string),
  member('Status', ChatSessionStatus),
  nillable('FirstMessage', xs.string),
  nillable('LastMessage', xs.string),
  member('WhenRequested', xs.dateTime),
  member('WhenStarted', xs.dateTime),
  member('WhenEnded', xs.dateTime),
  member('WhenIdle', xs.dateTime),
  member('WhenFetched', xs.dateTime),
  nillable('SessionKey', xs.string),
  member('InitialQueuePos', xs.int),
  member('AlertLevel', xs.int),
  member('Rank', xs.int),
  member('Flags', ChatSessionFlags),
  nillable('Contact', Contact),
  nillable('Project', Project),
  nillable('Sale', Sale),
  nillable('Ticket', Ticket),
  nillable('TransferTo', Associate),
  member('ChatbotIsActive', xs.boolean),
  member('Rating', xs.int),
]);

export const ArrayOfChatSessionEntity: ArraySchema = services88.array('ArrayOfChatSessionEntity', nillable('ChatSessionEntity', ChatSessionEntity));

export const ChatTopicAgent: ComplexSchema = services88.complex('ChatTopicAgent', null, () => [
  member('TopicId', xs.int),
  nillable('User', Associate),
  member('CanListen', xs.boolean),
  member('CanRespond', xs.boolean),
  member('CanManage', xs.boolean),
  member('CanNotify', xs.boolean),
]);

export const ArrayOfChatTopicAgent: ArraySchema = services88.array('ArrayOfChatTopicAgent', nillable('ChatTopicAgent', ChatTopicAgent));

export const CustomerLanguage: ComplexSchema = services88.complex('CustomerLanguage', Carrier, () => [
  member('Id', xs.int),
  nillable('Value', xs.string),
  nillable('Tooltip', xs.string),
]);

export const ReplyTemplate: ComplexSchema = services88.complex('ReplyTemplate', null, () => [
  member('ReplyTemplateId', xs.int),
  nillable('Name', xs.string),
  nillable('Description', xs.string),
  member('FolderId', xs.int),
]);

export const TicketCategory: ComplexSchema = services88.complex('TicketCategory', Carrier, () => [
  member('Id', xs.int),
  nillable('Value', xs.string),
  nillable('Tooltip', xs.string),
]);

export const TicketPriority: ComplexSchema = services88.complex('TicketPriority', Carrier, () => [
  member('Id', xs.int),
  nillable('Value', xs.string),
  nillable('Tooltip', xs.string),
]);

export const TimeZoneRule: ComplexSchema = services88.complex('TimeZoneRule', null, () => [
  member('TZOffset', xs.int),
  nillable('StartRulePattern', xs.string),
  nillable('EndRulePattern', xs.string),
  member('StartDay', xs.int),
  member('StartMonth', xs.int),
  member('EndDay', xs.int),
  member('EndMonth', xs.int),
]);

export const TimeZoneRuleDictionary: DictionarySchema = services88.dictionary('TimeZoneRuleDictionary', 'TimeZoneRuleKeyValuePair', required(member('Key', xs.dateTime)), required(nillable('Value', TimeZoneRule)));

export const TimeZoneData: ComplexSchema = services88.complex('TimeZoneData', null, () => [
  member('TZLocationID', xs.int),
  nillable('Name', xs.string),
  nillable('TZLocationCode', xs.string),
  nillable('TZLocationCities', xs.string),
  member('IsoNumber', xs.int),
  nillable('TimeZoneSTDRules', TimeZoneRuleDictionary),
  nillable('TimeZoneDSTRules', TimeZoneRuleDictionary),
]);

export const ChatOpeningHours: ComplexSchema = services88.complex('ChatOpeningHours', null, () => [
  nillable('TzLocation', TimeZoneData),
  member('MonEnabled', xs.boolean),
  member('MonStart', xs.duration),
  member('MonStop', xs.duration),
  member('TueEnabled', xs.boolean),
  member('TueStart', xs.duration),
  member('TueStop', xs.duration),
  member('WedEnabled', xs.boolean),
  member('WedStart', xs.duration),
  member('WedStop', xs.duration),
  member('ThuEnabled', xs.boolean),
  member('ThuStart', xs.duration),
  member('ThuStop', xs.duration),
  member('FriEnabled', xs.boolean),
  member('FriStart', xs.duration),
  member('FriStop', xs.duration),
  member('SatEnabled', xs.boolean),
  member('SatStart', xs.duration),
  member('SatStop', xs.duration),
  member('SunEnabled', xs.boolean),
  member('SunStart', xs.duration),
  member('SunStop', xs.duration),
  member('UseLunchHours', xs.boolean),
  member('LunchStart', xs.duration),
  member('LunchStop', xs.duration),
]);

export const KbCategory: ComplexSchema = services88.complex('KbCategory', null, () => [
  member('KbCategoryId', xs.int),
  nillable('Name', xs.string),
  nillable('Description', xs.string),
  nillable('Fullname', xs.string),
  member('ParentId', xs.int),
  member('SortOrder', xs.int),
]);

export const WidgetRequiredFields: FlagsSchema = services88.flags('WidgetRequiredFields', 'short', {
  Email: 1,
  Name: 2,
  Company: 4,
  Phone: 8,
  Country: 16,
});

export const ChatWidgetSize: EnumSchema = services88.enumeration('ChatWidgetSize', 'int', {
  Normal: 0,
  Large: 1,
});

export const WidgetTheme: EnumSchema = services88.enumeration('WidgetTheme', 'short', {
  Classic: 0,
  Modern: 1,
});

export const ChatWidgetSettings: ComplexSchema = services88.complex('ChatWidgetSettings', null, () => [
  member('AutoFaqEnabled', xs.boolean),
  nillable('AutoFaqCategory', KbCategory),
  member('PreFormEnabled', xs.boolean),
  nillable('PreFormMessage', xs.string),
  member('RequiredFields', WidgetRequiredFields),
  member('PostFormEnabled', xs.boolean),
  nillable('PostFormHeader', xs.string),
  nillable('PostFormMessage', xs.string),
  member('PostTranscriptEnabled', xs.boolean),
  nillable('LanguageIsoCode', xs.string),
  member('Size', ChatWidgetSize),
  member('Theme', WidgetTheme),
  nillable('Color', xs.string),
  nillable('BadgeColor', xs.string),
  nillable('BadgeTextColor', xs.string),
  nillable('CustMsgColor', xs.string),
  nillable('CustMsgTextColor', xs.string),
  nillable('AgentMsgColor', xs.string),
  nillable('AgentMsgTextColor', xs.string),
  nillable('ButtonColor', xs.string),
  nillable('ButtonTextColor', xs.string),
  nillable('Font', xs.string),
  nillable('FontSize', xs.string),
  member('LogoEnabled', xs.boolean),
  member('LogoBlobId', xs.int),
  nillable('LogoName', xs.string),
  member('ShowAgentPhoto', xs.boolean),
  nillable('WelcomeTitle', xs.string),
  nillable('WelcomeMessage', xs.string),
  nillable('OfflineHeader', xs.string),
  nillable('OfflineMessage', xs.string),
  member('OfflineFields', WidgetRequiredFields),
  member('UseAgentFirstname', xs.boolean),
]);

export const ChatBotSettings: ComplexSchema = services88.complex('ChatBotSettings', null, () => [
  nillable('BotName', xs.string),
  member('BotRegisterScriptId', xs.int),
  member('BotSessionCreatedScriptId', xs.int),
  member('BotSessionChangedScriptId', xs.int),
  member('BotMessageReceivedScriptId', xs.int),
]);

export const ChatTopicEntity: ComplexSchema = services88.complex('ChatTopicEntity', Carrier, () => [
  member('ChatTopicId', xs.int),
  nillable('Name', xs.string),
  nillable('Description', xs.string),
  nillable('WelcomeMessage', xs.string),
  nillable('Language', CustomerLanguage),
  member('LastAccept', xs.dateTime),
  member('SecondsPrAccept', xs.int),
  nillable('AlertRecipient', xs.string),
  nillable('AlertTemplate', ReplyTemplate),
  member('CollectConsent', xs.boolean),
  nillable('BadgeHeader', xs.string),
  member('CustomQueueTextEnabled', xs.boolean),
  nillable('CustomQueueText', xs.string),
  member('WarnNewChatMinutes', xs.int),
  member('WarnManagerNewChatMinutes', xs.int),
  member('TicketEnabled', xs.boolean),
  nillable('TicketCategory', TicketCategory),
  nillable('TicketPriority', TicketPriority),
  member('OpeningHoursEnabled', xs.boolean),
  nillable('OpeningHours', ChatOpeningHours),
  nillable('Widget', ChatWidgetSettings),
  member('BotEnabled', xs.boolean),
  nillable('BotSettings', ChatBotSettings),
  member('OfflineCollectConsent', xs.boolean),
  member('WarnChatMessageMinutes', xs.int),
  member('WarnManagerChatMessageMinutes', xs.int),
  member('UseQueueOfflineForm', xs.boolean),
  member('OfflineFormTimeLimit', xs.int),
  member('OfflineFormQueueLength', xs.int),
  member('WidgetEnableRating', xs.boolean),
  nillable('WidgetRatingText', xs.string),
]);

export const ArrayOfChatTopicEntity: ArraySchema = services88.array('ArrayOfChatTopicEntity', nillable('ChatTopicEntity', ChatTopicEntity));

export const LicenseType: EnumSchema = services88.enumeration('LicenseType', 'short', {
  Unknown: 0,
  SiteLicense: 1,
  SatelliteLicense: 2,
  UserLicense: 3,
});

export const GrantedModuleLicense: ComplexSchema = services88.complex('GrantedModuleLicense', Carrier, () => [
  member('OwnerId', xs.int),
  nillable('OwnerName', xs.string),
  nillable('OwnerDescription', xs.string),
  member('ModuleId', xs.int),
  nillable('Name', xs.string),
  nillable('Description', xs.string),
  nillable('Version', xs.string),
  member('LicenseType', LicenseType),
  member('ExtraFlags', xs.int),
  member('SortOrder', xs.int),
  member('LicenseNumber', xs.int),
  member('IsHidden', xs.boolean),
  member('IsUnrestricted', xs.boolean),
  member('ExpiryDate', xs.dateTime),
]);

export const ArrayOfGrantedModuleLicense: ArraySchema = services88.array('ArrayOfGrantedModuleLicense', nillable('GrantedModuleLicense', GrantedModuleLicense));

export const MDOListItem: ComplexSchema = services88.complex('MDOListItem', Carrier, () => [
  member('Id', xs.int),
  nillable('Name', xs.string),
  nillable('ToolTip', xs.string),
  member('Deleted', xs.boolean),
  member('Rank', xs.int),
  nillable('Type', xs.string),
  nillable('ChildItems', ArrayOfMDOListItem),
  nillable('IconHint', xs.string),
  member('ColorBlock', xs.int),
  nillable('ExtraInfo', xs.string),
  nillable('StyleHint', xs.string),
  nillable('FullName', xs.string),
]);

export const ArrayOfMDOListItem: ArraySchema = services88.array('ArrayOfMDOListItem', nillable('MDOListItem', MDOListItem));

export const ModuleLicense: ComplexSchema = services88.complex('ModuleLicense', null, () => [
  nillable('OwnerName', xs.string),
  nillable('ModuleName', xs.string),
  nillable('ModuleDescription', xs.string),
  nillable('ModuleTooltip', xs.string),
  nillable('ModuleVersion', xs.string),
  member('LicenseType', LicenseType),
  member('Unrestricted', xs.boolean),
  member('AllowedUserType', UserType),
  member('NumberOfLicenses', xs.int),
  member('ExtraFlags', xs.int),
  nillable('ExtraInfo', xs.string),
  member('SortOrder', xs.int),
  member('IsHidden', xs.boolean),
  nillable('PrerequisiteModuleName', xs.string),
  nillable('Signature', xs.string),
]);

export const ArrayOfModuleLicense: ArraySchema = services88.array('ArrayOfModuleLicense', nillable('ModuleLicense', ModuleLicense));

export const ProvidedCredential: ComplexSchema = services88.complex('ProvidedCredential', null, () => [
  nillable('Type', xs.string),
  nillable('SearchName', xs.string),
  nillable('DisplayName', xs.string),
  member('CredentialId', xs.int),
]);

export const ArrayOfProvidedCredential: ArraySchema = services88.array('ArrayOfProvidedCredential', nillable('ProvidedCredential', ProvidedCredential));

export const AuthenticationGenericData: DictionarySchema = services88.dictionary('AuthenticationGenericData', 'AuthenticationGenericDataKeyValuePair', required(nillable('Key', xs.string)), required(nillable('Value', xs.string)));

export const EjUserStatus: EnumSchema = services88.enumeration('EjUserStatus', 'int', {
  StatusNone: 0,
  StatusNormal: 1,
  StatusNotAvailable: 2,
  StatusDeleted: 3,
  StatusReadOnly: 4,
  StatusSpm: 5,
  StatusSystem: 127,
});

export const SignedPublicKey: ComplexSchema = services88.complex('SignedPublicKey', null, () => [
  nillable('OwnerName', xs.string),
  member('SignDate', xs.dateTime),
  member('ExpiryDate', xs.dateTime),
  member('Key', DSAParameters),
  nillable('Signature', xs.string),
]);

export const LicenseInfo: ComplexSchema = services88.complex('LicenseInfo', null, () => [
  nillable('CompanyName', xs.string),
  nillable('SerialNr', xs.string),
  nillable('OwnerName', xs.string),
  nillable('OwnerDescription', xs.string),
  member('NextCheckDate', xs.dateTime),
  member('MaintenanceDate', xs.dateTime),
  member('AdminWarningDate', xs.dateTime),
  member('ExpiryDate', xs.dateTime),
  member('GraceDate', xs.dateTime),
  member('ExtraFlags', xs.int),
  nillable('LicenseUrl', xs.string),
  nillable('LicenseVersion', xs.string),
  member('DeploymentType', xs.int),
  nillable('ProductType', xs.string),
  nillable('ProductDescription', xs.string),
  nillable('ModuleLicenses', ArrayOfModuleLicense),
  nillable('PublicKey', SignedPublicKey),
  nillable('Signature', xs.string),
]);

export const NetServerBuildType: EnumSchema = services88.enumeration('NetServerBuildType', 'int', {
  Feature: 0,
  Stable: 1,
  Alpha: 2,
  Beta: 3,
  ReleaseCandidate: 4,
  Release: 5,
});

export const RoleType: EnumSchema = services88.enumeration('RoleType', 'short', {
  Employee: 0,
  ExternalUser: 1,
  Anonymous: 2,
  System: 3,
});

export const SoCredentials: ComplexSchema = services88.complex('SoCredentials', null, () => [
  nillable('Ticket', xs.string),
]);

export const SoExceptionInfoParameters: DictionarySchema = services88.dictionary('SoExceptionInfoParameters', 'SoExceptionInfoParametersKeyValuePair', required(nillable('Key', xs.string)), required(nillable('Value', xs.string)));

export const SoExceptionInfo: ComplexSchema = services88.complex('SoExceptionInfo', null, () => [
  nillable('Message', xs.string),
  nillable('StackTrace', xs.string),
  nillable('FriendlyText', xs.string),
  nillable('ExceptionType', xs.string),
  nillable('Source', xs.string),
  nillable('InnerException', SoExceptionInfo),
  nillable('Parameters', SoExceptionInfoParameters),
]);

export const SoExtraInfo: DictionarySchema = services88.dictionary('SoExtraInfo', 'ExtraInfoNameValuePair', required(nillable('Key', xs.string)), required(nillable('Value', xs.string)));

export const SoPrincipalCarrier: ComplexSchema = services88.complex('SoPrincipalCarrier', null, () => [
  member('UserType', UserType),
  nillable('Associate', xs.string),
  member('AssociateId', xs.int),
  member('IsPerson', xs.boolean),
  member('PersonId', xs.int),
  member('CountryId', xs.int),
  member('HomeCountryId', xs.int),
  member('ContactId', xs.int),
  member('GroupId', xs.int),
  member('BusinessId', xs.int),
  member('CategoryId', xs.int),
  member('ContactOwner', xs.int),
  member('RoleId', xs.int),
  nillable('RoleName', xs.string),
  nillable('RoleDescription', xs.string),
  member('RoleType', RoleType),
  nillable('Licenses', ArrayOfGrantedModuleLicense),
  nillable('FullName', xs.string),
  nillable('EMailAddress', xs.string),
  nillable('FunctionRights', ArrayOfstring),
  member('EjUserId', xs.int),
  member('EjAccessLevel', xs.int),
  member('EjUserStatus', EjUserStatus),
  nillable('ProvidedCredentials', ArrayOfProvidedCredential),
  nillable('SecondaryGroups', ArrayOfint),
  nillable('DatabaseContextIdentifier', xs.string),
]);

export const SoSystemInfoCarrier: ComplexSchema = services88.complex('SoSystemInfoCarrier', Carrier, () => [
  nillable('License', LicenseInfo),
  nillable('WarningEnglish', xs.string),
  nillable('WarningResource', xs.string),
  nillable('BranchName', xs.string),
  nillable('BuildLabel', xs.string),
  nillable('AssemblyVersion', xs.string),
  member('AccumulatedNextCheckDate', xs.dateTime),
  nillable('FileVersion', xs.string),
  nillable('Description', xs.string),
  member('DaysUntilNetServerExpiry', xs.int),
  member('BuildType', NetServerBuildType),
  member('DatabaseVersion', xs.int),
  member('IsUnicode', xs.boolean),
  nillable('CompanyName', xs.string),
  member('CompanyId', xs.int),
  nillable('DatabaseType', xs.string),
  nillable('DatabaseMinor', xs.string),
  nillable('DatabaseName', xs.string),
  member('IsOnTravel', xs.boolean),
  member('IsSatellite', xs.boolean),
]);

export const SoTimeZone: ComplexSchema = services88.complex('SoTimeZone', null, () => [
  member('SoTimeZoneId', xs.int),
  nillable('SoTimeZoneLocationCode', xs.string),
]);
