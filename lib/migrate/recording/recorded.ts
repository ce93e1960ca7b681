/**
 * What is found in a recording: requests as they went over the wire, and what could not be read as one.
 */

/** Where something stands in a recording, in words: `line 12`, or `entry 3` of a HAR file. */
export type RecordedPlace = string;

/** A document that a client sent, with what is known of it beside the document. */
export interface RecordedRequest {
  readonly place: RecordedPlace;
  /** The bytes of the envelope in their own encoding, or its text where the recording has it as such. */
  readonly document: Uint8Array | string;
  /** The charset parameter of its Content-Type. */
  readonly charset?: string | undefined;
  /** Where it was sent, without user, password and query. */
  readonly url?: string | undefined;
  /** Its SOAPAction, or the action in its Content-Type. */
  readonly soapAction?: string | undefined;
  /** Whether it may be a reply as well, since the recording does not say which way it went. */
  readonly eitherWay?: boolean | undefined;
}

/** A part of a recording that no request can be read from. */
export interface Unreadable {
  readonly place: RecordedPlace;
  /** What is wrong, without anything of the content. */
  readonly problem: string;
  /** Whether it is a whole recording in which nothing is a sign of SOAP. */
  readonly withoutSoap?: boolean | undefined;
}

export type Recorded = RecordedRequest | Unreadable;

/**
 * Numbers the lines of a recording.
 * @returns the line of a place; each call is for a place behind that of the call before
 */
export function lineCounter(bytes: Buffer): (at: number) => RecordedPlace {
  let line = 1;
  let next = bytes.indexOf(LF);
  return (at) => {
    while (next >= 0 && next < at) {
      line++;
      next = bytes.indexOf(LF, next + 1);
    }
    return `line ${line}`;
  };
}

const LF = 0x0a;
