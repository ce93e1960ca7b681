/**
 * Several translations in one output: what would stand at each of them stands once, at the top.
 */
import { sharedNotesOf } from './comments.js';
import { asCurl } from './curl.js';
import { asHttp } from './http.js';
import { asJson } from './json.js';
import { jointProgram, type ToRender } from './program.js';
import { asTypeScript, thisPackage } from './typescript.js';
import { asWebApi, vendorsLibrary } from './webapi.js';

/** `ts` is for this package, `webapi` for the vendor's `@superoffice/webapi`. */
export type OutputForm = 'http' | 'curl' | 'ts' | 'webapi' | 'json';

/** One request by itself, with all its notes. */
export const renderOne = (form: OutputForm, { translation, ...options }: ToRender): string =>
  renderers[form](translation, options);

const renderers = { http: asHttp, curl: asCurl, ts: asTypeScript, webapi: asWebApi, json: asJson } as const;

/**
 * One output in pieces: requests one after another, a program that makes all calls, or JSON as one array, in which each has
 * all its notes.
 */
export function* renderTogether(form: OutputForm, requests: readonly ToRender[]): Iterable<string> {
  const [first, ...more] = requests;
  if (form === 'json') yield* asArray(requests);
  else if (first && more.length === 0) yield renderOne(form, first);
  else if (!first) return;
  else if (form === 'ts') yield jointProgram(thisPackage, requests);
  else if (form === 'webapi') yield jointProgram(vendorsLibrary, requests);
  else {
    yield sharedNotesOf(requests.map(({ translation }) => translation))
      .map((text) => `# ${text}\n`)
      .join('');
    for (const request of requests) yield `\n${renderOne(form, { ...request, briefly: true })}`;
  }
}

function* asArray(requests: readonly ToRender[]): Iterable<string> {
  for (const [index, request] of requests.entries()) {
    yield `${index === 0 ? '[\n' : ',\n'}${renderOne('json', request).trimEnd()}`;
  }
  yield requests.length === 0 ? '[]\n' : '\n]\n';
}
