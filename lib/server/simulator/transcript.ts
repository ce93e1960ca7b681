/**
 * A conversation as one text. Inferred: the layout of the service's own transcripts is not published.
 */
import { escapeHtml } from '../../codec/html.js';
import type { ChatMessage } from './defaults.js';

export function transcriptOf(messages: readonly ChatMessage[], html: boolean): string {
  if (!html) return messages.map((message) => `[${timeOf(message)}] ${nameOf(message)}: ${textOf(message)}\n`).join('');
  const paragraphs = messages.map(
    (message) =>
      `<p><time>${timeOf(message)}</time> <b>${withBreaks(nameOf(message))}</b>: ${withBreaks(textOf(message))}</p>\n`,
  );
  return `<div>\n${paragraphs.join('')}</div>\n`;
}

/** `2026-03-02 08:15:30` in UTC. */
function timeOf({ whenPosted }: ChatMessage): string {
  return whenPosted ? whenPosted.toISOString().slice(0, 19).replace('T', ' ') : '';
}

const nameOf = ({ author }: ChatMessage): string => author ?? '';

/** A special message without a text of its own is shown by what it is for. */
function textOf({ message, specialType }: ChatMessage): string {
  return message || (specialType === 'None' ? '' : `(${specialType})`);
}

const withBreaks = (text: string): string => escapeHtml(text).replaceAll('\n', '<br />\n');
