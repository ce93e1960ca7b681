/**
 * Where a call means something else in REST than over SOAP, or is said in another way, as notes with stable codes.
 */

export interface Note {
  readonly code: NoteCode;
  /** Whole sentences for a person. */
  readonly text: string;
  /**
   * What it is about: a member of the input (`message.whenPosted`), of the `header`, of the `reply`, or an element of the
   * document (`Envelope/Header/Security`); `''` for the call as a whole.
   */
  readonly path: string;
}

/** A note of one of the codes; what a text has to say of this request alone goes before or behind it. */
export const note = (code: NoteCode, path = '', own = ''): Note => ({ code, text: `${own}${texts[code]}`, path });

/**
 * Whether a note would stand at other requests too: it is about who calls, about the reply or about all calls, and about
 * nothing that this one holds.
 */
export const isGeneral = ({ path }: Note): boolean => /^(?:$|header\.|reply(?:$|[.[]))/.test(path);

/** What all notes of a code say. */
export const generalText = (code: NoteCode): string => texts[code];

/** What a note says beyond that; empty for most. */
export const ownText = ({ code, text }: Note): string => text.slice(0, text.length - texts[code].length).trim();

const texts = {
  'access-token': 'The access token goes into Authorization as Bearer.',
  'agent-fallback': 'The entity style has no endpoint that can take this call, so that it goes to the agent.',
  'application-token':
    'The ApplicationToken goes into SO-AppToken, which SuperOffice Online requires beside SOTicket and installations on site do not check.',
  authenticate:
    'There is no such call in REST: credentials go with each request, as Authorization: Basic with user name and password (on site), SOTicket with a ticket, or Bearer with an access token.',
  'base-time-zone':
    'Without a TimeZone, times are those of the base time zone of the installation and say no offset; so they do in REST without SO-TimeZone.',
  'base-url':
    'Nobody named the address of the REST API, for which a variable stands; what it may be is inferred from that of the SOAP service.',
  'default-parameter': 'SOAP takes it for its default, which REST is told.',
  dictionary: 'Pairs of keys and values are one JSON object.',
  duration:
    'Durations are sent in ISO 8601, as over SOAP, and may come back so (PT8H30M) or in the notation of a TimeSpan (08:30:00).',
  'empty-reply': 'Where SOAP answers with an empty element, REST answers with status 204 and no body.',
  'entity-create': 'An entity without an id is new, for which the entity style has POST.',
  'entity-links': 'The entity style adds the member _Links to the entity.',
  'entity-update': 'An entity with an id is replaced, for which the entity style has PUT.',
  errors:
    'ExceptionInfo and Succeeded are gone: a failure is told by the status, and by agents also as status 200 with null or with an object that has a Message.',
  flags:
    'Flags are one text with commas between the names; for none, REST has a name (None, and CustomerIsTyping for those of a session) where SOAP has nothing.',
  'header-block': 'This block of the Header has no counterpart in REST and is left out.',
  language:
    'SOAP never had a language: without Accept-Language, REST gives texts of several languages raw as well (NO:"…";US:"…").',
  'local-time': 'A time without a zone is one of the time zone of the request, in REST as over SOAP.',
  'member-order':
    'It stands behind members that it should stand before, where a .NET service does not see it and takes its default; REST takes it as it is.',
  'must-understand':
    'Its sender forbids to pass over this block of the Header; REST has no counterpart, and it is left out.',
  'no-application-token':
    'The request has no ApplicationToken; SuperOffice Online requires SO-AppToken beside SOTicket, installations on site do not.',
  'no-credentials': 'The request has no ticket; REST wants credentials with each request.',
  'no-value': 'No value is the year 1 in REST as over SOAP; REST may write it with Z or an offset.',
  'null-result': 'An agent call that fails may answer null.',
  'pick-up-null': 'Null means that there was no session to pick up, as nil did; it is no failure.',
  omitted:
    'What is left out is stored as its default (null, 0, false), over SOAP, and in REST as well, as is inferred from that.',
  release: 'REST has no releases of this kind: it is that of the installation, whose types may have grown.',
  short: 'A short of SOAP is an int32 in REST.',
  'system-info':
    'REST has no call for this; GET of the API itself tells a part of it: the release of the services and of NetServer.',
  ticket: 'The ticket goes into Authorization as SOTicket, as it is.',
  'time-zone':
    'The TimeZone goes into SO-TimeZone. Times say no offset then, as over SOAP; with ", includeTZOffset" behind it they do.',
  'unknown-member': 'The contract has no such member here; it is left out.',
  'unknown-name': 'The contract has no such name; it is passed on as it is, and may be refused.',
} as const;

export type NoteCode = keyof typeof texts;
