// A certificate for tests that only one who is told of it trusts.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@cloud-gateway/test-support';

export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Self-signed by the `openssl` of the machine, for the names, as `DNS:a.example` or `IP:127.0.0.1`. */
export async function makeTestCertificate(...names: string[]): Promise<TestCertificate> {
  const folder = await mkdtemp(join(tmpdir(), 'clouds-'));
  try {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    const subject = ['-subj', '/CN=test', '-addext', `subjectAltName=${names.join(',')}`];
    const args = ['req', ...kind, ...subject, '-keyout', key, '-out', cert];
    const { status, stderr } = await runCommand('openssl', args);
    if (status !== 0) throw new Error(stderr);
    return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
