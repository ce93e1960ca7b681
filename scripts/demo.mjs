/**
 * Shows the command line at work against a simulator of its own: what `npm start` prints.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Chat, SoPrincipal } from 'services88-chat';
import { createSimulator, serveSoap } from 'services88-chat/server';

const SESSION = '42';

const server = await serveSoap([Chat, SoPrincipal], createSimulator());
const main = fileURLToPath(new URL('../dist/esm/cli/main.js', import.meta.url));
const env = { ...process.env, SUPEROFFICE_URL: server.baseUrl, SUPEROFFICE_USER: 'anna', SUPEROFFICE_PASSWORD: 'demo' };
delete env.SUPEROFFICE_TICKET;

function run(...args) {
  console.log(`\n$ services88-chat ${args.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`services88-chat ${args[0]} ended with ${code}`)),
    );
  });
}

try {
  console.log(`A stand-in for the service answers at ${server.baseUrl}; the user is anna.`);
  await run('sessions');
  await run('messages', SESSION);
  console.log('\nTo go on by yourself: node dist/esm/cli/main.js --help');
} finally {
  await server.close();
}
