/**
 * The envelopes of replies as different SOAP stacks lay them out, around the same content.
 */
export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
export const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XSD = 'http://www.w3.org/2001/XMLSchema';

/**
 * Markup whose prefixes are those of no stack yet: `m:` for the service, `a:` for arrays, `i:` for xsi. An element that
 * holds items of arrays says `ARRAYS` among its attributes, where some stacks declare their prefix.
 */
export type Markup = string;

export interface Stack {
  readonly name: string;
  /** A reply with the members in its wrapper, and these parts in its header. */
  readonly reply: (wrapper: string, members: Markup, header?: Markup) => string;
}

/** Puts the prefixes of a stack, with their colons, in the place of ours. */
function prefixed(markup: Markup, prefixes: { m: string; a: string; i: string }, arrays = ''): string {
  return markup
    .replaceAll(' ARRAYS', arrays)
    .replace(/(<\/?|\s)([mai]):/g, (_all, before: string, prefix: 'm' | 'a' | 'i') => before + prefixes[prefix]);
}

/** What becomes of a tag; `end` is the slash of an end tag. */
type Rewrite = (tag: string, end: string) => string;

/** Writes the tags of the outermost elements anew. */
function outermost(markup: string, rewrite: Rewrite): string {
  let depth = 0;
  return markup.replace(/<(\/?)[^>]+>/g, (tag, end: string) => {
    if (end) depth--;
    const top = depth === 0;
    if (!end && !tag.endsWith('/>')) depth++;
    return top ? rewrite(tag, end) : tag;
  });
}

/** Puts a declaration on each of the outermost elements, behind their attributes. */
const declaring = (markup: string, declaration: string): string =>
  outermost(markup, (tag, end) => (end ? tag : tag.replace(/\/?>$/, ` ${declaration}$&`)));

/** The default namespace is declared on every part of the header and on the wrapper, the others where they are used. */
const mono: Stack = {
  name: 'Mono WCF',
  reply: (wrapper, members, header = '') => {
    const inside = (markup: Markup): string =>
      declaring(prefixed(markup, { m: '', a: 'd5p1:', i: 'i:' }, ` xmlns:d5p1="${ARRAYS}"`), `xmlns:i="${XSI}"`);
    const head = header && `<s:Header>${declaring(inside(header), `xmlns="${S88}"`)}</s:Header>`;
    return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP}">${head}<s:Body><${wrapper} xmlns="${S88}">${inside(members)}</${wrapper}></s:Body></s:Envelope>`;
  },
};

/** As Mono, but for a prefix on the parts of the header, whose members have the default namespace. */
const dotNet: Stack = {
  name: '.NET WCF',
  reply: (wrapper, members, header = '') => {
    const namespaces = `xmlns:i="${XSI}" xmlns="${S88}" xmlns:h="${S88}"`;
    const withH: Rewrite = (tag, end) => tag.replace(/^<\/?/, `<${end}h:`);
    const head = outermost(declaring(prefixed(header, { m: '', a: 'b:', i: 'i:' }), namespaces), withH);
    const body = declaring(prefixed(members, { m: '', a: 'b:', i: 'i:' }, ` xmlns:b="${ARRAYS}"`), `xmlns:i="${XSI}"`);
    return `<s:Envelope xmlns:s="${SOAP}">${head && `<s:Header>${head}</s:Header>`}<s:Body><${wrapper} xmlns="${S88}">${body}</${wrapper}></s:Body></s:Envelope>`;
  },
};

/** All prefixes on the envelope. */
const gsoap: Stack = {
  name: 'gSOAP',
  reply: (wrapper, members, header = '') => {
    const own = (markup: Markup): string => prefixed(markup, { m: 'ns1:', a: 'arr:', i: 'xsi:' });
    const head = header && `<SOAP-ENV:Header>${own(header)}</SOAP-ENV:Header>`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="${XSI}" xmlns:xsd="${XSD}" xmlns:arr="${ARRAYS}" xmlns:ns2="http://schemas.microsoft.com/2003/10/Serialization/" xmlns:ns1="${S88}">${head}<SOAP-ENV:Body><ns1:${wrapper}>${own(members)}</ns1:${wrapper}></SOAP-ENV:Body></SOAP-ENV:Envelope>`;
  },
};

/** The prefixes that are used, on the envelope, and a line end after it. */
const php: Stack = {
  name: 'PHP',
  reply: (wrapper, members, header = '') => {
    const own = (markup: Markup): string => prefixed(markup, { m: 'ns1:', a: 'ns2:', i: 'xsi:' });
    const head = header && `<SOAP-ENV:Header>${own(header)}</SOAP-ENV:Header>`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:ns1="${S88}" xmlns:xsi="${XSI}" xmlns:ns2="${ARRAYS}">${head}<SOAP-ENV:Body><ns1:${wrapper}>${own(members)}</ns1:${wrapper}></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`;
  },
};

/** The default namespace on the wrapper, and on each part of the header. */
const asmx: Stack = {
  name: 'ASMX',
  reply: (wrapper, members, header = '') => {
    const own = (markup: Markup): string => prefixed(markup, { m: '', a: 'q1:', i: 'xsi:' }, ` xmlns:q1="${ARRAYS}"`);
    const head = header && `<soap:Header>${declaring(own(header), `xmlns="${S88}"`)}</soap:Header>`;
    return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP}" xmlns:xsi="${XSI}" xmlns:xsd="${XSD}">${head}<soap:Body><${wrapper} xmlns="${S88}">${own(members)}</${wrapper}></soap:Body></soap:Envelope>`;
  },
};

/** Some hundred declarations of which three are used. */
const nodeSoap: Stack = {
  name: 'node soap',
  reply: (wrapper, members, header = '') => {
    const unused = Array.from(
      { length: 140 },
      (_, n) => ` xmlns:q${n}="http://www.superoffice.net/ws/crm/NetServer/Services88/unused/${n}"`,
    );
    const own = (markup: Markup): string => prefixed(markup, { m: 'tns:', a: 'q201:', i: 'xsi:' });
    const head = header && `<soap:Header>${own(header)}</soap:Header>`;
    return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP}" xmlns:xsi="${XSI}" xmlns:tns="${S88}" xmlns:q201="${ARRAYS}"${unused.join('')}>${head}<soap:Body><tns:${wrapper}>${own(members)}</tns:${wrapper}></soap:Body></soap:Envelope>`;
  },
};

/** A line for each element that holds others, in an envelope whose prefixes are declared late and again and again. */
const strongSoap: Stack = {
  name: 'strong-soap, with a line for each element',
  reply: (wrapper, members, header = '') => {
    const own = (markup: Markup): string =>
      prefixed(markup, { m: 'ns1:', a: 'ns2:', i: 'xsi:' }).replace(/></g, (between, at: number, all: string) => {
        // Nothing is put between the tags of an empty element, where it would be text.
        const [, opened] = /<([^\s/>]+)[^<>]*$/.exec(all.slice(0, at)) ?? [];
        return all.startsWith(`</${opened}>`, at + 1) ? between : '>\n    <';
      });
    const head = `<soap:Header>\n    ${own(header)}\n  </soap:Header>`;
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<soap:Envelope xmlns:soap="${SOAP}" xmlns:xsi="${XSI}" xmlns:ns1="${S88}">\n  ${head}\n  <soap:Body xmlns:ns2="${ARRAYS}">\n    <ns1:${wrapper}>\n    ${own(members)}\n    </ns1:${wrapper}>\n  </soap:Body>\n</soap:Envelope>\n`;
  },
};

export const stacks: readonly Stack[] = [mono, dotNet, gsoap, php, asmx, nodeSoap, strongSoap];
