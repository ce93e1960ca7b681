/**
 * Reading messages, against JSON.parse of the same messages.
 */
import type { DecodeTask } from './decode-program.js';
import { type Form, forms } from './documents.js';
import type { Figure, Goal, Part } from './figure.js';
import { inFreshProcess } from './fresh.js';
import { median, ratio, type Times } from './measure.js';
import { type Text, texts } from './messages.js';

const counts = [1, 20, 1000, 20_000];
const formNames = { wcf: 'WCF', gsoap: 'gSOAP' };
const textNames = { ascii: 'ASCII', latin1: 'Latin-1', mixed: 'mixed' };

export const decode: Part = {
  name: 'decode',
  title: 'decode a GetChatMessages reply ÷ JSON.parse of the REST reply',
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
  },
};

const messages = (count: number): string => (count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`);

function goalOf(count: number, form: Form, text: Text): Goal {
  if (count === 1) return { atMost: 1.8 };
  if (form === 'gsoap') return { atMost: 1.1 };
  return { atMost: text === 'mixed' ? 0.9 : 1 };
}

async function figure(what: string, task: DecodeTask, goal?: Goal): Promise<Figure> {
  const { documents, times } = await inFreshProcess<{ documents: number; times: Times<'decode' | 'json'> }>(
    'decode-program',
    task,
  );
  return {
    what,
    ratio: ratio(times.decode, times.json),
    ...(goal && { goal }),
    ours: median(times.decode) / documents,
  };
}
