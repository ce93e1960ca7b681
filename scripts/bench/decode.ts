/**
 * Reading replies, against JSON.parse of the same values.
 */
import type { DecodeTask, DecodeTimes } from './decode-program.js';
import { type Form, forms } from './documents.js';
import { type Figure, type Goal, type Part, share } from './figure.js';
import { inFreshProcesses, together } from './fresh.js';
import { type Text, texts } from './messages.js';
import type { SessionTimes } from './session-program.js';

const counts = [1, 20, 1000, 20_000];
const formNames = { wcf: 'WCF', gsoap: 'gSOAP' };
const textNames = { ascii: 'ASCII', latin1: 'Latin-1', mixed: 'mixed' };

export const decode: Part = {
  name: 'decode',
  title: 'Decode a reply ÷ JSON.parse of the REST reply',
  async *figures() {
    for (const count of counts) {
      for (const form of forms) {
        for (const text of texts) {
          const what = `${messages(count)}, ${formNames[form]} form, ${textNames[text]} text`;
          yield await figure(what, { count, forms: [form], texts: [text] }, goalOf(count, form, text));
        }
      }
    }
    yield await figure('20 messages, all forms and texts in one process', { count: 20, forms, texts });
    const { decode, json } = together(await inFreshProcesses<SessionTimes>(3, 'session-program', null));
    yield { what: 'a full ChatSessionEntity, WCF form', ...share(decode, json) };
  },
};

const messages = (count: number): string => (count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`);

/** Latin-1 text is held against the goal of ASCII text. */
function goalOf(count: number, form: Form, text: Text): Goal {
  if (count === 1) return { atMost: 1.8 };
  if (form === 'gsoap') return { atMost: 1.1 };
  return { atMost: text === 'mixed' ? 0.9 : 1 };
}

async function figure(what: string, task: DecodeTask, goal?: Goal): Promise<Figure> {
  const results = await inFreshProcesses<DecodeTimes>(3, 'decode-program', task);
  const { decode, json } = together(results.map(({ times }) => times));
  const documents = results[0]?.documents ?? 1;
  return { what, ...share(decode, json, documents), ...(goal && { goal }) };
}
