/**
 * Good documents of every kind, to be damaged: replies and requests in the forms that servers and clients write them in.
 */
import fc from 'fast-check';
import { encodeFault, encodeReply, encodeRequest, type Operation } from '../../lib/codec.js';
import { inputOf, operations, outputOf, replyHeaderOf, requestHeaderOf } from './contract-values.js';
import { forms, restyled } from './restyle.js';
import { saxesTree } from './trees.js';

export interface Sample {
  readonly name: string;
  readonly direction: 'request' | 'reply';
  /** The operation that it belongs to, by service and name. */
  readonly operation: string;
  readonly document: Buffer;
}

const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const sample =
  (direction: Sample['direction']) =>
  (name: string, operation: string, document: string): Sample => ({
    name,
    direction,
    operation,
    document: Buffer.from(document),
  });
const reply = sample('reply');
const request = sample('request');

const wcfMessages = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP11}"><s:Header><ExtraInfo xmlns="${S88}" xmlns:i="${XSI}"><ExtraInfoNameValuePair><Key>Größe</Key><Value i:nil="true" /></ExtraInfoNameValuePair></ExtraInfo><Succeeded xmlns="${S88}">true</Succeeded></s:Header><s:Body><GetChatMessagesResponse xmlns="${S88}"><Response xmlns:i="${XSI}"><ChatMessage><ChatMessageId>1</ChatMessageId><Type>ToUser</Type><Message>Hello &lt;b&gt; &amp; 😀 日本</Message><Author></Author><ReadByCustomer>1</ReadByCustomer><SpecialType>None</SpecialType><SpecialParam i:nil="true" /><WhenPosted>2024-02-29T23:59:58.1234567Z</WhenPosted></ChatMessage><ChatMessage i:nil="true" /><ChatMessage><ChatMessageId>-2147483648</ChatMessageId><Type>ToCustomer</Type><Message> a&#xD;
b&#x1F;c ]] </Message><WhenPosted>0001-01-01T00:00:00</WhenPosted></ChatMessage></Response></GetChatMessagesResponse></s:Body></s:Envelope>`;

const gsoapMessages = `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP11}" xmlns:xsi='${XSI}' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns1="${S88}"><SOAP-ENV:Header><ns1:Succeeded xsi:type="xsd:boolean">true</ns1:Succeeded></SOAP-ENV:Header><SOAP-ENV:Body SOAP-ENV:encodingStyle=""><ns1:GetChatMessagesResponse><ns1:Response xsi:type="ns1:ArrayOfChatMessage"><ns1:ChatMessage xsi:type="ns1:ChatMessage"><ns1:ChatMessageId xsi:type="xsd:int">7</ns1:ChatMessageId><ns1:ChatSessionId xsi:type="xsd:int">42</ns1:ChatSessionId><ns1:Message xsi:type="xsd:string">it's &quot;so&quot; &#128690;</ns1:Message><ns1:Author xsi:type="xsd:string"/></ns1:ChatMessage></ns1:Response></ns1:GetChatMessagesResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

const spacedMessages = `\r\n<!-- a --><a:Envelope\r\n xmlns:a="${SOAP12}">\r\n <a:Header><x:Unknown xmlns:x='urn:x' a:mustUnderstand="0"><x:y>&lt;<![CDATA[<]]></x:y></x:Unknown></a:Header>\r\n\t<a:Body>\r\n  <!-- b --><GetChatMessagesResponse xmlns="${S88}">\r\n<Response>\r\n<ChatMessage ><ChatMessageId> 5 </ChatMessageId><Type>ToU<!-- c -->ser</Type><Message>one\r\ntwo\rthree<![CDATA[ <b>\r\n]] ]]>&#x20;</Message><Later><ChatMessageId>9</ChatMessageId></Later></ChatMessage>\r\n</Response></GetChatMessagesResponse ></a:Body></a:Envelope>\r\n`;

const login = `<s:Envelope xmlns:s="${SOAP11}" xmlns="${S88}" xmlns:i="${XSI}"><Succeeded>true</Succeeded><s:Body><AuthenticateResponse><Response><UserType>InternalAssociate</UserType><Associate>anna</Associate><IsPerson>true</IsPerson><Licenses/><ProvidedCredentials i:nil="1"/><SecondaryGroups xmlns:b="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><b:int>1</b:int><b:int>-22</b:int></SecondaryGroups></Response><Credentials><Ticket>7T:abc==</Ticket></Credentials><AuthenticationSucceeded>true</AuthenticationSucceeded></AuthenticateResponse></s:Body></s:Envelope>`;

const open = `<s:Envelope xmlns:s='${SOAP11}'><s:Header><h:Succeeded xmlns:h='${S88}'>1</h:Succeeded></s:Header><s:Body><IsWithinOpeningHoursResponse xmlns='${S88}'><Response>true</Response></IsWithinOpeningHoursResponse></s:Body></s:Envelope>`;

const fault = `<s:Envelope xmlns:s="${SOAP11}"><s:Body><s:Fault><faultcode xmlns:a="urn:d">a:InternalServiceFault</faultcode><faultstring xml:lang="">Ein Fehler ist aufgetreten &amp; blieb.</faultstring><detail><ExceptionDetail xmlns="urn:m" xmlns:i="${XSI}"><Message>Größer</Message><Type>System.Exception</Type><Inner i:nil="true"/></ExceptionDetail></detail></s:Fault></s:Body></s:Envelope>`;

const refused = `<s:Envelope xmlns:s="${SOAP11}"><s:Header><ExceptionInfo xmlns="${S88}" xmlns:i="${XSI}"><Message>No &#x2; access</Message><ExceptionType>Demo.Refused</ExceptionType><InnerException><Message>é</Message></InnerException><Parameters><SoExceptionInfoParametersKeyValuePair><Key>a</Key><Value>b</Value></SoExceptionInfoParametersKeyValuePair></Parameters></ExceptionInfo><Succeeded xmlns="${S88}">false</Succeeded></s:Header><s:Body><GetChatMessagesResponse xmlns="${S88}"><Response i:nil="true" xmlns:i="${XSI}"/></GetChatMessagesResponse></s:Body></s:Envelope>`;

const presence = `<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP12}" xmlns:t="${S88}" xmlns:xsi="${XSI}"><t:ApplicationToken>a&amp;b</t:ApplicationToken><t:TimeZone><t:SoTimeZoneId>1</t:SoTimeZoneId></t:TimeZone><SOAP-ENV:Header><t:TimeZone><t:SoTimeZoneId>2</t:SoTimeZoneId></t:TimeZone><t:Credentials SOAP-ENV:mustUnderstand="1"><t:Ticket xsi:nil="true"/></t:Credentials></SOAP-ENV:Header><SOAP-ENV:Body><t:SaveChatPresence><t:ChatPresence><t:ChatPresence><t:UserId>7</t:UserId><t:ChatTopics xmlns:arr="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><arr:int>1</arr:int></t:ChatTopics></t:ChatPresence></t:ChatPresence></t:SaveChatPresence></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

/** One generated document for each operation and direction, in any form. */
const generated = (): Sample[] =>
  operations.flatMap((operation, index) => [replyOf(operation, index), requestOf(operation, index)]);

const nameOf = ({ service, name }: Operation): string => `${service.name}.${name}`;

/** Of middling size, and without the characters that the tests use for something else. */
const suitable = (document: string): boolean => document.length < 2500 && !/[\ue000-\ue01f]/.test(document);

function replyOf(operation: Operation, seed: number): Sample {
  const documents = fc
    .tuple(outputOf(operation), replyHeaderOf(operation), forms)
    .map(([output, header, form]) => restyled(saxesTree(encodeReply(operation, output, { header })), form))
    .filter(suitable);
  return reply(
    `a reply of ${nameOf(operation)}`,
    nameOf(operation),
    fc.sample(documents, { numRuns: 5, seed }).at(-1) ?? '',
  );
}

function requestOf(operation: Operation, seed: number): Sample {
  const documents = fc
    .tuple(inputOf(operation), requestHeaderOf(operation))
    .map(([input, header]) => encodeRequest(operation, input, { header, style: seed % 2 === 0 ? 'sample' : 'wsdl' }))
    .filter(suitable);
  return request(
    `a request of ${nameOf(operation)}`,
    nameOf(operation),
    fc.sample(documents, { numRuns: 5, seed }).at(-1) ?? '',
  );
}

const writtenByHand: readonly Sample[] = [
  reply('messages as WCF writes them', 'Chat.GetChatMessages', wcfMessages),
  reply('messages as gSOAP writes them', 'Chat.GetChatMessages', gsoapMessages),
  reply('messages with comments, CDATA and CRLF', 'Chat.GetChatMessages', spacedMessages),
  reply('a login', 'SoPrincipal.AuthenticateUsernamePassword', login),
  reply('a boolean', 'Chat.IsWithinOpeningHours', open),
  reply('a Fault of SOAP 1.1', 'Chat.GetChatMessages', fault),
  reply(
    'a Fault of SOAP 1.2',
    'Chat.GetChatMessages',
    encodeFault({ faultCode: 'Gone', reason: 'Größe', exceptionType: 'A.B' }, { version: '1.2' }),
  ),
  reply('an ExceptionInfo', 'Chat.GetChatMessages', refused),
  request('a request with header parts in two places', 'Chat.SaveChatPresence', presence),
];

/** How many were written by hand; they come first. */
export const byHand = writtenByHand.length;

export const corpus: readonly Sample[] = [...writtenByHand, ...generated()];
