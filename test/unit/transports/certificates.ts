/**
 * Certificates for the tests of TLS, made when they are wanted and kept nowhere.
 */
import forge from 'node-forge';

const { asn1, pkcs12, pki } = forge;

export interface Identity {
  /** In PEM, as `key` is. */
  readonly cert: string;
  readonly key: string;
  /** The key, encrypted. */
  readonly encryptedKey: (passphrase: string) => string;
  /** Both as a PKCS #12 file. */
  readonly asPfx: (passphrase: string) => Buffer;
}

interface Wanted {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const DAY = 86_400_000;

const inDays = (days: number): Date => new Date(Date.now() + days * DAY);

/** For the loopback addresses, unless it is wanted for something else. */
const forThisMachine: Wanted = { names: ['localhost'], addresses: ['127.0.0.1', '::1'] };

export const expired: Wanted = { ...forThisMachine, notBefore: inDays(-2), notAfter: inDays(-1) };

export const notYetValid: Wanted = { ...forThisMachine, notBefore: inDays(1), notAfter: inDays(2) };

type Keys = forge.pki.rsa.KeyPair;

/** An authority, and what it certifies. A key takes long to make, so all that it issues have its own. */
export function createAuthority() {
  const keys = pki.rsa.generateKeyPair(2048);
  const authority = certificateOf('Test Authority', {}, keys, undefined);
  return {
    cert: pki.certificateToPem(authority),
    issue: (wanted: Wanted = forThisMachine): Identity =>
      identityOf(certificateOf('A Server', wanted, keys, authority), keys),
  };
}

export function selfSigned(): Identity {
  const keys = pki.rsa.generateKeyPair(2048);
  return identityOf(certificateOf('localhost', forThisMachine, keys, undefined), keys);
}

let serial = 0;

function certificateOf(
  commonName: string,
  wanted: Wanted,
  { publicKey, privateKey }: Keys,
  issuer: forge.pki.Certificate | undefined,
): forge.pki.Certificate {
  const certificate = pki.createCertificate();
  const subject = [{ name: 'commonName', value: commonName }];
  certificate.publicKey = publicKey;
  certificate.serialNumber = `01${String(++serial).padStart(4, '0')}`;
  certificate.validity = { notBefore: wanted.notBefore ?? inDays(-1), notAfter: wanted.notAfter ?? inDays(1) };
  certificate.setSubject(subject);
  certificate.setIssuer(issuer?.subject.attributes ?? subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: issuer === undefined },
    {
      name: 'subjectAltName',
      altNames: [
        ...(wanted.names ?? []).map((value) => ({ type: 2, value })),
        ...(wanted.addresses ?? []).map((ip) => ({ type: 7, ip })),
      ],
    },
  ]);
  certificate.sign(privateKey, forge.md.sha256.create());
  return certificate;
}

const identityOf = (certificate: forge.pki.Certificate, { privateKey: key }: Keys): Identity => ({
  cert: pki.certificateToPem(certificate),
  key: pki.privateKeyToPem(key),
  encryptedKey: (passphrase) => pki.encryptRsaPrivateKey(key, passphrase, { algorithm: 'aes256' }),
  asPfx: (passphrase) => {
    const file = pkcs12.toPkcs12Asn1(key, [certificate], passphrase, { algorithm: 'aes256' });
    return Buffer.from(asn1.toDer(file).getBytes(), 'latin1');
  },
});
