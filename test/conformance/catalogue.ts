/**
 * The cases of the W3C's XML conformance suite that a reader of XML 1.0 (fifth edition) with namespaces is to judge.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';

export interface Case {
  readonly id: string;
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  readonly bytes: Buffer;
}

/** @param folder the one of the suite that holds `xmlconf.xml` */
export function casesIn(folder: string): readonly Case[] {
  const main = readFileSync(join(folder, 'xmlconf.xml'), 'utf8');
  const catalogues = [...main.matchAll(/<!ENTITY\s+[\w.-]+\s+SYSTEM\s+"([^"]+)"\s*>/g)].map(
    (entity) => entity[1] ?? '',
  );
  return catalogues.flatMap((file) =>
    testsIn(readFileSync(join(folder, file), 'utf8'))
      .filter(isOurs)
      .map(({ ID = '', URI = '', TYPE }) => ({
        id: ID,
        type: TYPE as Case['type'],
        bytes: readFileSync(join(folder, dirname(file), URI)),
      })),
  );
}

type Attributes = Readonly<Record<string, string>>;

/** A catalogue is the content of an entity: it may have a declaration, and has no one root. */
function testsIn(catalogue: string): Attributes[] {
  const tests: Attributes[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'TEST') tests.push(attributes);
  });
  const content = catalogue.replace(/^<\?xml[^>]*\?>/, '').replace(/<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>/, '');
  parser.write(`<catalogue>${content}</catalogue>`).close();
  return tests;
}

const isOurs = ({ RECOMMENDATION = '', EDITION = '5', VERSION = '1.0' }: Attributes): boolean =>
  !/1\.1$/.test(RECOMMENDATION) && EDITION.includes('5') && VERSION.includes('1.0');
