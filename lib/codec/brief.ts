/**
 * What was found, for an error that names it: not more of a text than a person wants to read.
 */
export const brief = (text: string, most = 40): string => (text.length > most ? `${text.slice(0, most)}…` : text);
