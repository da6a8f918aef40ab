// Certificates for the hosts that clients ask for: 30 µs for the signature, 10 µs for the encoding. All of them have one key,
// made when the process starts: it is as secret as the memory that all of them are in.
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Clock } from '@cloud-gateway/clock';
import { buildCertificate, commonName, emptyName, toPem } from './build-certificate.ts';
import {
  authorityKeyIdentifier,
  endEntityConstraints,
  serverAuthentication,
  serverKeyUsage,
  subjectAltNames,
  subjectKeyIdentifier,
} from './certificate-extensions.ts';
import { decodeDer } from './der.ts';
import type { LeafNames } from './leaf-names.ts';
import { publicKeyId } from './public-key-id.ts';
import type { Root } from './root.ts';

interface Leaf {
  readonly certificatePem: string;
  readonly notAfterMs: number;
}

export interface LeafMinter {
  /** PKCS #8, of every leaf. */
  readonly keyPem: string;
  mint(names: LeafNames): Leaf;
}

export interface LeafMinterOptions {
  readonly root: Pick<Root, 'name' | 'keyId' | 'algorithm' | 'privateKey' | 'notBeforeMs' | 'notAfterMs'>;
  readonly clock: Clock;
}

const dayMs = 86_400_000;
const validityMs = 7 * dayMs;
/** RFC 5280 appendix A.1, ub-common-name. */
const commonNameCharactersMax = 64;

export function createLeafMinter({ root, clock }: LeafMinterOptions): LeafMinter {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = decodeDer(publicKey.export({ type: 'spki', format: 'der' }));
  const sameForAll = [
    endEntityConstraints(),
    serverKeyUsage(),
    serverAuthentication(),
    subjectKeyIdentifier(publicKeyId(publicKey)),
    authorityKeyIdentifier(root.keyId),
  ];

  function mint(names: LeafNames): Leaf {
    const nowMs = clock.nowMs();
    // A day back for clients whose clock is behind; never outside of the root's own time.
    const notBeforeMs = Math.max(nowMs - dayMs, root.notBeforeMs);
    const notAfterMs = Math.min(nowMs + validityMs, root.notAfterMs);
    // Verifiers look at the alternative names only; the common name is for people who look at the certificate.
    const isNamed = names[0].length <= commonNameCharactersMax;
    const fields = {
      algorithm: root.algorithm,
      issuer: root.name,
      subject: isNamed ? commonName(names[0]) : emptyName(),
      notBeforeMs,
      notAfterMs,
      publicKey: publicKeyInfo,
      extensions: [...sameForAll, subjectAltNames(names, { isCritical: !isNamed })],
    };
    const der = buildCertificate(fields, (bytes) => sign('sha256', bytes, root.privateKey));
    return { certificatePem: toPem(der), notAfterMs };
  }

  return { keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, mint };
}
