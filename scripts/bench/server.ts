/**
 * The server's side, against JSON.
 */
import { type Goal, type Part, share } from './figure.js';
import { inFreshProcesses, together } from './fresh.js';
import type { ServerTask, ServerTimes } from './server-program.js';

const tasks: readonly { task: ServerTask; what: string; goal?: Goal }[] = [
  { task: 'getRequest', what: 'decodeRequest of GetChatMessages ÷ JSON.parse of the REST body' },
  { task: 'addRequest', what: 'decodeRequest of AddChatMessage ÷ JSON.parse of the message' },
  { task: 'reply', what: 'encodeReply of 20 messages ÷ JSON.stringify', goal: { atMost: 2 } },
];

export const server: Part = {
  name: 'server',
  title: "The server's side",
  async *figures() {
    for (const { task, what, goal } of tasks) {
      const { ours, json } = together(await inFreshProcesses<ServerTimes>(3, 'server-program', task));
      yield { what, ...share(ours, json), ...(goal && { goal }) };
    }
  },
};
