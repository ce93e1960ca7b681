/**
 * Measures the built package against JSON.parse and against other libraries: `npm run bench -- --help`.
 */
import { main } from './bench/main.js';

await main(process.argv.slice(2));
