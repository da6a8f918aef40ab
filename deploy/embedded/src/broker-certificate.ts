// The certificate of the private broker's AMQPS port: signed by itself, for the loopback names only. A client that is
// given the file as its authority can tell this broker from another one on the same port.
import { createPrivateKey, generateKeyPair, randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';

const dayMs = 24 * 3_600_000;
const validityMs = 365 * dayMs;
/** So long before its end it is made anew, at a start of the broker. */
const renewalMs = 60 * dayMs;

export type BrokerCertificate = { certificateFile: string; keyFile: string };

/** Gives the folder's certificate; makes it when it is missing, damaged or near its end. Both files are 0600. */
export async function provideBrokerCertificate(folder: string, nowMs: number): Promise<BrokerCertificate> {
  const certificateFile = join(folder, 'broker.crt');
  const keyFile = join(folder, 'broker.key');
  if (!isUsable(certificateFile, keyFile, nowMs)) {
    const { certPem, keyPem } = await makeCertificate(nowMs);
    write(keyFile, keyPem);
    write(certificateFile, certPem);
  }
  return { certificateFile, keyFile };
}

function isUsable(certificateFile: string, keyFile: string, nowMs: number): boolean {
  if (!existsSync(certificateFile) || !existsSync(keyFile)) return false;
  try {
    const certificate = new X509Certificate(readFileSync(certificateFile));
    const isPair = certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)));
    return isPair && Date.parse(certificate.validTo) - renewalMs > nowMs;
  } catch {
    return false; // Damaged is the same as missing.
  }
}

// RSA: node-forge signs with nothing else. The key itself comes from node:crypto, which is a hundred times as fast.
async function makeCertificate(nowMs: number): Promise<{ certPem: string; keyPem: string }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  const name = [{ name: 'commonName', value: 'Private RabbitMQ of Cloud Gateway' }];
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`; // positive, as RFC 5280 4.1.2.2 wants it
  certificate.validity.notBefore = new Date(nowMs - dayMs);
  certificate.validity.notAfter = new Date(nowMs + validityMs);
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [dnsName('localhost'), ipAddress('127.0.0.1')] },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { certPem: forge.pki.certificateToPem(certificate), keyPem: privateKey };
}

// RFC 5280 4.2.1.6: the numbers of the kinds of names.
const dnsName = (value: string) => ({ type: 2, value });
const ipAddress = (ip: string) => ({ type: 7, ip });

function write(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path); // whole or not at all
}
