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

interface Signer {
  readonly certificate: forge.pki.Certificate;
  readonly key: forge.pki.rsa.PrivateKey;
}

/** An authority, and what it certifies. */
export function createAuthority() {
  const signer = certificateOf('Test Authority', {}, undefined);
  return {
    cert: pki.certificateToPem(signer.certificate),
    issue: (wanted: Wanted = forThisMachine): Identity => identityOf(certificateOf('A Server', wanted, signer)),
  };
}

export const selfSigned = (): Identity => identityOf(certificateOf('localhost', forThisMachine, undefined));

let serial = 0;

function certificateOf(commonName: string, wanted: Wanted, signer: Signer | undefined): Signer {
  const { publicKey, privateKey } = pki.rsa.generateKeyPair(2048);
  const certificate = pki.createCertificate();
  const subject = [{ name: 'commonName', value: commonName }];
  certificate.publicKey = publicKey;
  certificate.serialNumber = `01${String(++serial).padStart(4, '0')}`;
  certificate.validity = { notBefore: wanted.notBefore ?? inDays(-1), notAfter: wanted.notAfter ?? inDays(1) };
  certificate.setSubject(subject);
  certificate.setIssuer(signer?.certificate.subject.attributes ?? subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: signer === undefined },
    {
      name: 'subjectAltName',
      altNames: [
        ...(wanted.names ?? []).map((value) => ({ type: 2, value })),
        ...(wanted.addresses ?? []).map((ip) => ({ type: 7, ip })),
      ],
    },
  ]);
  certificate.sign(signer?.key ?? privateKey, forge.md.sha256.create());
  return { certificate, key: privateKey };
}

const identityOf = ({ certificate, key }: Signer): Identity => ({
  cert: pki.certificateToPem(certificate),
  key: pki.privateKeyToPem(key),
  encryptedKey: (passphrase) => pki.encryptRsaPrivateKey(key, passphrase, { algorithm: 'aes256' }),
  asPfx: (passphrase) => {
    const file = pkcs12.toPkcs12Asn1(key, [certificate], passphrase, { algorithm: 'aes256' });
    return Buffer.from(asn1.toDer(file).getBytes(), 'latin1');
  },
});
