/**
 * Reading messages with other libraries, against ours.
 */
import { type Figure, type Part, timesFaster } from './figure.js';
import { inFreshProcess } from './fresh.js';
import type { ReaderTimes } from './readers-program.js';

const peers = [
  { name: 'saxes', title: 'saxes, mapped to the same objects', atLeast: 7 },
  { name: 'fastXmlParser', title: 'fast-xml-parser, mapped to the same objects', atLeast: 20 },
  { name: 'nodeSoap', title: "node soap's xmlToObject", atLeast: 25 },
] as const;

export const readers: Part = {
  name: 'readers',
  title: 'Times faster than other libraries at 1,000 messages, WCF form, mixed text',
  async *figures() {
    const { times, differences } = await inFreshProcess<ReaderTimes>('readers-program', null);
    for (const { name, title, atLeast } of peers) {
      const figure: Figure = {
        what: title,
        ...timesFaster(times.ours, times[name]),
        goal: { atLeast },
      };
      yield differences[name] === undefined ? figure : { ...figure, warning: `reads otherwise: ${differences[name]}` };
    }
  },
};
