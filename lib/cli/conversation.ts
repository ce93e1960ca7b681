/**
 * Chat messages and sessions as a person wants to read them on a terminal.
 */
import type { DateTime } from '../codec/date-time.js';
import { escapeSteering, withoutSteering } from '../codec/steering.js';
import type { ChatMessage, ChatSessionEntity } from '../generated/types.js';
import { inColumns } from './columns.js';

/**
 * A conversation in the order of its ids, which the service does not promise, day by day; the lines of a text stand
 * below each other.
 */
export function renderMessages(messages: readonly (ChatMessage | null)[]): string {
  const lines: string[] = [];
  const named = messages.filter((message) => message !== null);
  named.sort((a, b) => (a.chatMessageId ?? 0) - (b.chatMessageId ?? 0));
  const width = named.reduce((most, message) => Math.max(most, Math.min(24, authorOf(message).length)), 0);
  let day = '';
  for (const message of named) {
    const { date, time, zone } = wallClock(message.whenPosted);
    const heading = `${date}${zone && ` (${zone})`}`;
    if (heading !== day) lines.push(...(day === '' ? [] : ['']), heading);
    day = heading;
    const head = `${time.padEnd(5)}  ${authorOf(message).slice(0, 24).padEnd(width)}  `;
    const text = textOf(message).split('\n');
    for (const [index, line] of text.entries()) lines.push((index === 0 ? head : ' '.repeat(head.length)) + line);
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

const authorOf = ({ author }: ChatMessage): string => printable(author ?? '').replaceAll('\n', ' ');

function textOf({ message, specialType, specialParam }: ChatMessage): string {
  const text = printable(message ?? '');
  if (!specialType || specialType === 'None') return text;
  const options = specialType === 'Options' ? ` ${printable(specialParam ?? '')}` : '';
  return `${text}${text && ' '}[${printable(specialType)}${options}]`;
}

/** One line for each session, newest last. */
export function renderSessions(sessions: readonly (ChatSessionEntity | null)[]): string {
  const rows = sessions
    .filter((session) => session !== null)
    .map((session) => [
      String(session.chatSessionId ?? ''),
      session.status ?? '',
      Object.values(wallClock(session.whenRequested)).join(' ').trim(),
      session.customerName || session.customerAlias || '',
      oneLine(session.lastMessage ?? ''),
    ]);
  const table = [['SESSION', 'STATUS', 'REQUESTED', 'CUSTOMER', 'LAST MESSAGE'], ...rows].map((row) =>
    row.map((cell) => oneLine(cell)),
  );
  return inColumns(table)
    .map((line) => `${line}\n`)
    .join('');
}

/** Date and time as the service wrote them, with the zone if it named one. */
function wallClock(when: DateTime | null | undefined): { date: string; time: string; zone: string } {
  if (!when) return { date: '', time: '', zone: '' };
  const zone = when.zone === 'Z' ? 'UTC' : (when.zone ?? '');
  return { date: when.lexical.slice(0, 10), time: when.lexical.slice(11, 16), zone };
}

const oneLine = (text: string): string => {
  const line = printable(text).replaceAll('\n', ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};

/** JSON for a terminal: what could steer it is written as an escape, which means the same to those who read JSON. */
export const printableJson = (value: unknown): string => `${escapeSteering(JSON.stringify(value, null, 2))}\n`;

/** Customers write what they like; nothing of it may steer the terminal or turn its text around. */
export const printable = (text: string): string => withoutSteering(text.replace(/\r\n?/g, '\n'));
