/**
 * The sample requests and responses of the vendor's pages about REST, where REST_SAMPLES names a folder that holds such
 * pages: each request comes out of our client as it stands there, and each response is read, and written again as it was.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf } from '../../lib/codec/schema.js';
import { Chat, encodeJson, type Operation } from '../../lib/codec.js';
import { decodeJson } from '../../lib/index.js';
import { decodeRestInput, restRouter } from '../../lib/rest/match.js';
import { encodeRestRequest } from '../../lib/rest/request.js';

const folder = process.env.REST_SAMPLES;
const pages = folder
  ? readdirSync(folder)
      .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
      .filter(({ text }) => /sample request/i.test(text) && /\/api\/v1\//.test(text))
  : [];

interface Sample {
  readonly method: string;
  /** Below the folder of the API. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly response: unknown;
}

/** The first JSON in a text; undefined where there is none. */
function jsonIn(text: string): unknown {
  const json = /^[[{].*^[\]}]/ms.exec(text)?.[0];
  return json === undefined ? undefined : JSON.parse(json);
}

function sampleIn(text: string): Sample {
  const [, request = '', response = ''] = /sample request(.*?)sample response(.*)/is.exec(text) ?? [];
  const [, method = '', target = ''] = /^(GET|POST|PUT|DELETE) \/api\/(\S+)/m.exec(request) ?? [];
  const headers = [...request.matchAll(/^([A-Z][\w-]+): (.+)$/gm)].map(([, name = '', value = '']) => [
    name.toLowerCase(),
    value.trim(),
  ]);
  // A placeholder stands for an id.
  const path = target.replace(/\{\w+\}/g, '341');
  return { method, path, headers: Object.fromEntries(headers), body: jsonIn(request), response: jsonIn(response) };
}

(pages.length > 0 ? test.each(pages) : test.skip.each([{ name: 'no pages', text: '' }]))(
  '$name: its request is produced, and its response read',
  ({ text }) => {
    const { method, path, headers, body, response } = sampleIn(text);
    // Where the id goes into the query, the samples leave it out.
    const found = restRouter(Chat)(method, path);
    if ('allow' in found) throw new Error(`there is nothing at ${path}`);
    const { operation, style } = found;
    const given = decodeRestInput(found, {
      query: new URLSearchParams(),
      body: body === undefined ? '' : JSON.stringify(body),
    });
    const left = operation.request.fields.filter(({ key }) => !(key in given)).map(({ key }) => [key, 7]);
    const { authorization = '', ...rest } = headers;
    const request = encodeRestRequest(
      operation,
      { ...given, ...Object.fromEntries(left) },
      { style, acceptLanguage: rest['accept-language'] },
    );
    expect(authorization).toMatch(/^Basic /);
    expect(request.method).toBe(method);
    expect(request.path.split('?')[0]).toBe(path);
    expect(request.headers).toEqual(rest);
    expect(request.body).toBe(body === undefined ? undefined : JSON.stringify(body));
    expect(encodeJson(operation as Operation, decodeJson(operation, JSON.stringify(response)) as never)).toBe(
      JSON.stringify(response),
    );
    expect(keyOf(operation.name) in Chat).toBe(true);
  },
);
