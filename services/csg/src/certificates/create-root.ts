// A new root, made at the first start.
import { generateKeyPairSync, sign } from 'node:crypto';
import { buildCertificate, commonName, toPem } from './build-certificate.ts';
import { authorityConstraints, authorityKeyUsage, subjectKeyIdentifier } from './certificate-extensions.ts';
import { decodeDer } from './der.ts';
import { publicKeyId } from './public-key-id.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';

const dayMs = 86_400_000;

export interface NewRoot {
  readonly certificatePem: string;
  /** PKCS #8. */
  readonly keyPem: string;
}

/** EC P-256, which every client of AWS accepts, valid from a day ago, for clocks that are behind, for ten years. */
export function createRoot(nowMs: number): NewRoot {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyId = publicKeyId(publicKey);
  // The name tells installations apart in a trust store that holds the roots of several.
  const name = commonName(`Cloud Gateway CSG root ${keyId.toString('hex', 0, 4)}`);
  const fields = {
    algorithm: signatureAlgorithm(privateKey),
    issuer: name,
    subject: name,
    notBeforeMs: nowMs - dayMs,
    notAfterMs: nowMs + 3652 * dayMs,
    publicKey: decodeDer(publicKey.export({ type: 'spki', format: 'der' })),
    extensions: [authorityConstraints(), authorityKeyUsage(), subjectKeyIdentifier(keyId)],
  };
  const der = buildCertificate(fields, (bytes) => sign('sha256', bytes, privateKey));
  return {
    certificatePem: toPem(der),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
