/**
 * What can be different between the two sides, and what only looks different; the names are stable, the words are for
 * people.
 */
/** Each kind of difference in words that follow "what differs". */
export const differenceKinds = {
  outcome: 'one side answered, and the other did not',
  'null-for-refusal': 'SOAP refused the call, and REST answered null as if it had succeeded',
  'refusal-for-null':
    'SOAP answered that there is nothing, and REST null, which of its agents means that the call failed',
  error: 'both sides refused the call, for different reasons',
  'no-answer': 'neither side answered, so that nothing was compared',
  'missing-in-rest': 'something that SOAP has is not there in REST',
  'missing-in-soap': 'something that REST has is not there in SOAP',
  'doubled-in-rest': 'something is there more often in REST than in SOAP',
  'doubled-in-soap': 'something is there more often in SOAP than in REST',
  order: 'the same things are in another order',
  length: 'a list is longer on one side',
  empty: 'one side has nothing, and the other a text or list with nothing in it',
  type: 'a value is of another type',
  time: 'another time',
  text: 'another text',
  language: 'one language on one side, and all languages on the other',
  flags: 'other flags are set',
  value: 'another value',
} as const;

export type DifferenceKind = keyof typeof differenceKinds;

/** Why each of these differences means nothing, in one sentence. */
export const foldedCodes = {
  'null-for-absent': 'REST writes null for what is not there, and SOAP nil or nothing.',
  'no-date': 'The year 1, null and nothing at all are three ways to say that there is no date.',
  'zone-spelling': 'The same moment is written in another time zone.',
  'zone-left-out': 'The same moment is written without its time zone, which the reply states beside it.',
  'fraction-digits': 'One side writes more digits of a second; those that both write are the same.',
  'flags-order': 'The same flags are written in another order.',
  'flags-zero': 'REST has a name for no flags at all, and SOAP writes nothing.',
  'flags-alias': 'The same flag is written by its other name.',
  'flags-number': 'The same flags are written by name and by number.',
  'enum-number': 'The same word of a list is written by name and by number.',
  'duration-spelling': 'The same length of time is written in another way.',
  'double-digits': 'The same number is written with 15 and with 17 digits, or as 0 and as -0.',
  'dictionary-order': 'The same entries are written in another order.',
  'line-ends': 'Line ends are written in another way; XML makes all of them the same.',
  'list-order': 'The same items are in another order, and the service promises none for this list.',
  'error-text': 'Both sides refused the call for the same reason, in other words.',
  'null-for-reason': 'SOAP says why it refused the call, and a REST agent answers null to every call that fails.',
  language: 'One side has the text of one language and the other that of all; the caller says that this is expected.',
  'made-twice': 'Each of the two writes made a record of its own, with its own id and time.',
  'not-selected': 'REST was asked for other members only, by $select, and writes null for the rest.',
} as const;

export type FoldedCode = keyof typeof foldedCodes;

/** What is found of two values: nothing, that they mean the same in spite of something, or how they differ. */
export type Verdict = readonly FoldedCode[] | DifferenceKind;

export const same: Verdict = [];
