/**
 * Header blocks that a sender forbids to pass over.
 */
import { Fault } from '../errors.js';
import type { Bytes } from './bytes.js';
import type { XmlLimits } from './lexer.js';
import type { Field } from './schema.js';
import { type SoapVersion, versions } from './versions.js';
import { parseXml, type XmlElement } from './xml.js';

/**
 * Refuses a request with a block in its Header that must be understood by whoever receives it, and is none of those
 * that are known.
 * @throws Fault with the faultCode MustUnderstand
 */
export function requireUnderstood(
  document: Bytes,
  version: SoapVersion,
  known: readonly Field[],
  limits: Partial<XmlLimits> | undefined,
): void {
  // Hardly any request has such a block, and only those that do are worth a tree.
  if (!document.includes('mustUnderstand')) return;
  const envelope = parseXml(document.toString('utf8'), { ...(limits && { limits }) });
  const { namespace } = versions[version];
  const headers = elementsIn(envelope).filter((child) => child.name === 'Header' && child.namespace === namespace);
  const unknown = headers
    .flatMap(elementsIn)
    .filter((block) => !known.some(({ name, namespace }) => name === block.name && namespace === block.namespace))
    .find((block) => isMandatory(block, version));
  if (!unknown) return;
  const name = `{${unknown.namespace}}${unknown.name}`;
  throw new Fault('soap-fault', `the header block ${name.slice(0, LONGEST_NAME)} is not understood here`, {
    faultCode: 'MustUnderstand',
  });
}

const LONGEST_NAME = 200;

const elementsIn = ({ children }: XmlElement): XmlElement[] => children.filter((child) => typeof child !== 'string');

interface BlockRules {
  /** The attribute that says for whom a block is. */
  readonly actor: string;
  /** Its values that mean every receiver, or the last one; no value means the last one too. */
  readonly receivers: readonly string[];
  /** What mustUnderstand says for yes. */
  readonly yes: readonly string[];
}

const rules: Readonly<Record<SoapVersion, BlockRules>> = {
  '1.1': { actor: 'actor', receivers: ['http://schemas.xmlsoap.org/soap/actor/next'], yes: ['1'] },
  '1.2': {
    actor: 'role',
    receivers: ['next', 'ultimateReceiver'].map((role) => `${versions['1.2'].namespace}/role/${role}`),
    yes: ['1', 'true'],
  },
};

function isMandatory({ attributes }: XmlElement, version: SoapVersion): boolean {
  const { actor, receivers, yes } = rules[version];
  const attribute = (name: string): string =>
    attributes.find((each) => each.name === name && each.namespace === versions[version].namespace)?.value.trim() ?? '';
  return yes.includes(attribute('mustUnderstand')) && ['', ...receivers].includes(attribute(actor));
}
