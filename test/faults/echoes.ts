/**
 * Where in an answer a server can say back what it was sent, so that an error may have it.
 */
import { Chat, encodeFault, encodeReply, type ReplyHeader } from '../../lib/index.js';
import { type Answer, fin, rst } from './raw-server.js';
import { HTML, head, page, response, XML } from './replies.js';

/** How a call ends, where a text is put to end it so, and the answer that has it there. */
export type Place = readonly [code: string, where: string, put: (text: string) => Answer];

const operation = Chat.saveChatSessionEntity;

export const envelope = (header: ReplyHeader = {}): string => encodeReply(operation, { chatSessionId: 1 }, { header });

/** The good envelope with something else before the first member of its result. */
const inResult = (more: string): Buffer => response(envelope().replace(/<(?:\w+:)?ChatSessionId>/, `${more}$&`));

const inRoot = (attributes: string): Buffer => response(envelope().replace(/<\S+/, `$& ${attributes}`));

const XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';

export const onTheWay: readonly Place[] = [
  ['connection', 'the status line', (text) => [`HTTP/1.1 ${text}\r\n\r\n`, fin]],
  ['connection', 'a header that is none', (text) => [`HTTP/1.1 200 OK\r\n(${text})\r\n\r\n`, fin]],
  ['connection', 'a body that is cut', (text) => [head(200, { ...XML, 'Content-Length': 5000 }), text, rst]],
  [
    'connection',
    'the size of a chunk',
    (text) => [head(200, { ...XML, 'Transfer-Encoding': 'chunked' }), `${text}\r\n`],
  ],
  ['http-status', 'a page', (text) => [response(page('Oops', text), HTML, 500)]],
  ['http-status', 'the title of a page', (text) => [response(page(text), HTML, 500)]],
  ['http-status', 'the title among other words', (text) => [response(page(`Oops: ${text} failed`), HTML, 500)]],
  ['http-status', 'the reason of a status', (text) => [response('', {}, `500 ${text}`)]],
  ['http-status', 'a header of the reply', (text) => [response('', { 'X-Echo': text, 'Retry-After': text }, 500)]],
  ['redirect', 'a Location', (text) => [response('', { Location: `/?t=${text}` }, 302)]],
  ['too-large', 'all of the body', (text) => [response(text.repeat(1000))]],
  ['content-type', 'a media type', (text) => [response('x', { 'Content-Type': text })]],
  [
    'content-type',
    'a media type, among other words',
    (text) => [response('x', { 'Content-Type': `application/x-${text}; x=y` })],
  ],
  ['content-type', 'a content coding', (text) => [response('x', { ...XML, 'Content-Encoding': text })]],
  ['login', 'what a status asks for', (text) => [response(text, { 'WWW-Authenticate': `Basic realm="${text}"` }, 401)]],
];

export const inTheDocument: readonly Place[] = [
  ['encoding', 'a charset', (text) => [response(envelope(), { 'Content-Type': `text/xml; charset=${text}` })]],
  ['encoding', 'an XML declaration', (text) => [response(`<?xml version="1.0" encoding="${text}"?>${envelope()}`)]],
  ['xml-syntax', 'the name of an end tag', (text) => [inResult(`<a></${text}>`)]],
  ['xml-syntax', 'the name of an entity', (text) => [inResult(`<a>&${text};</a>`)]],
  ['xml-syntax', 'the name of an attribute', (text) => [inResult(`<a ${text}="1" ${text}="2"/>`)]],
  ['xml-syntax', 'a prefix', (text) => [inResult(`<${text}:a/>`)]],
  ['xml-syntax', 'a declaration of a prefix', (text) => [inRoot(`xmlns:xml="${text}"`)]],
  ['xml-syntax', 'what stands behind the document', (text) => [response(`${envelope()}${text}`)]],
  ['xml-syntax', 'what stands in the place of the document', (text) => [response(text)]],
  ['xml-forbidden', 'a DOCTYPE', (text) => [response(`<!DOCTYPE ${text}>${envelope()}`)]],
  ['xml-forbidden', 'an instruction', (text) => [inResult(`<?${text} x?>`)]],
  ['xml-limit', 'a name that is too long', (text) => [inResult(`<x${text.repeat(30)}/>`)]],
  ['xml-limit', 'elements that are too deep', (text) => [inResult(`<${text}>`.repeat(300))]],
  ['envelope', 'the name of the root', (text) => [response(`<${text}/>`)]],
  ['version', 'the namespace of the root', (text) => [response(`<Envelope xmlns="${text}"><Body/></Envelope>`)]],
  [
    'envelope',
    'the name of the result',
    (text) => [response(envelope().replaceAll('SaveChatSessionEntityResponse', text))],
  ],
  [
    'envelope',
    'a namespace of the result',
    (text) => [response(envelope().replaceAll('http://www.superoffice.net/ws/crm/NetServer/Services88', text))],
  ],
  ['schema', 'a value', (text) => [response(envelope().replace('>1<', `>${text}<`))]],
  ['schema', 'a value, behind others', (text) => [response(envelope().replace('>1<', `>${'1'.repeat(20)} ${text}<`))]],
  ['schema', 'what nil is', (text) => [inResult(`<SessionKey i:nil="${text}" ${XSI}/>`)]],
  ['schema', 'text among members', (text) => [inResult(text)]],
];

export const inRefusals: readonly Place[] = [
  ['soap-fault', 'a Fault', (text) => [response(encodeFault({ faultCode: text, reason: `no ${text}` }), XML, 500)]],
  [
    'soap-fault',
    'the detail of a Fault',
    (text) => [response(faultWith(`<a ${XSI} x="${text}"><b>${text}</b></a>`), XML, 500)],
  ],
  ['soap-fault', 'a name in a Fault', (text) => [response(faultWith(`<${text} ${text}="x"/>`), XML, 500)]],
  [
    'soap-fault',
    'a type in a Fault',
    (text) => [response(encodeFault({ reason: 'no', exceptionType: text }), XML, 500)],
  ],
  ['service', 'an ExceptionInfo', (text) => [response(envelope({ exceptionInfo: everywhere(text) }))]],
  [
    'service',
    'an ExceptionInfo in another',
    (text) => [response(envelope({ exceptionInfo: { innerException: everywhere(text) } }))],
  ],
  [
    'login',
    'the refusal of a ticket',
    (text) => [response(encodeFault({ faultCode: 'FailedAuthentication', reason: text }), XML, 500)],
  ],
];

const faultWith = (detail: string): string =>
  encodeFault({ faultCode: 'Client', reason: 'no' }).replace(/<\/(\w+:)?Fault>/, `<detail>${detail}</detail>$&`);

const everywhere = (text: string): NonNullable<ReplyHeader['exceptionInfo']> => ({
  message: `no ${text}`,
  friendlyText: text,
  exceptionType: text,
  source: text,
  stackTrace: text,
  parameters: { ticket: text, [text]: text },
});
