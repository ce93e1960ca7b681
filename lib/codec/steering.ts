/**
 * Characters that act on what shows a text instead of being shown: they move the cursor of a terminal, end a line, or turn
 * the text around them. What others wrote is shown without them.
 */

const STEERING = String.raw`[\p{Cc}\u2028-\u202e\u2066-\u2069]`;

/** The text with U+FFFD for each of them, but for line feeds and tabs. */
export const withoutSteering = (text: string): string => text.replace(inLines, '\ufffd');

const inLines = new RegExp(String.raw`(?![\n\t])${STEERING}`, 'gu');

/** The text on one line; `instead` stands for any number of them beside each other. */
export const onOneLine = (text: string, instead = '\ufffd'): string => text.replace(runs, instead);

const runs = new RegExp(`${STEERING}+`, 'gu');

/** JSON, or a literal of JavaScript, with an escape for each of them, which means the same; its own line feeds stay. */
export const escapeSteering = (json: string): string =>
  json.replace(escapable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const escapable = new RegExp(String.raw`(?!\n)${STEERING}`, 'gu');
