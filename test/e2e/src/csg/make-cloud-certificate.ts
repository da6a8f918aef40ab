// A certificate for every host of AWS that the tests call, by an authority that nobody knows: what a proxy that opens TLS
// shows. Made by the machine's openssl.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '@cloud-gateway/test-support';

export interface CloudCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  readonly authorityFile: string;
  remove(): Promise<void>;
}

const names = ['*.amazonaws.com', '*.us-east-1.amazonaws.com', '*.us-west-2.amazonaws.com'];

export async function makeCloudCertificate(): Promise<CloudCertificate> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cloud-gateway-e2e-authority-'));
  const file = (name: string) => path.join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await openssl(
    ...['req', '-x509', ...newKey, '-subj', '/CN=Upstream proxy', '-keyout', file('authority.key')],
    ...['-addext', 'keyUsage=critical,keyCertSign', '-out', file('authority.crt')],
  );
  await writeFile(file('extensions'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
  await openssl('req', ...newKey, '-subj', '/CN=cloud', '-keyout', file('key'), '-out', file('request'));
  await openssl(
    ...['x509', '-req', '-in', file('request'), '-days', '2', '-extfile', file('extensions')],
    ...['-CA', file('authority.crt'), '-CAkey', file('authority.key'), '-CAcreateserial'],
    ...['-out', file('certificate')],
  );
  return {
    certPem: await readFile(file('certificate'), 'utf8'),
    keyPem: await readFile(file('key'), 'utf8'),
    authorityFile: file('authority.crt'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function openssl(...args: string[]): Promise<void> {
  const { status, stderr } = await runCommand('openssl', args);
  if (status !== 0) throw new Error(`openssl ${args[0]} ended with ${status}: ${stderr}`);
}
