import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isConfigurationError } from '@cloud-gateway/runtime';
import { rememberSecret } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { readTlsFiles } from '../../src/listener/read-tls-files.ts';
import { createCertificate } from '../certificate.ts';

describe('readTlsFiles', function () {
  this.timeout(30_000);
  const one = createCertificate();
  const other = createCertificate();
  let folder: string;
  const file = (name: string) => join(folder, name);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edge-tls-'));
    rememberSecret(one.key.split('\n')[1] ?? '');
    await writeFile(file('one.pem'), one.cert);
    await writeFile(file('one.key'), one.key);
    await writeFile(file('other.key'), other.key);
    await writeFile(file('text'), 'not PEM');
  });
  after(() => rm(folder, { recursive: true }));

  const read = (cert?: string, key?: string) =>
    readTlsFiles({
      GATEWAY_EDGE_TLS_CERT_FILE: cert && file(cert),
      GATEWAY_EDGE_TLS_KEY_FILE: key && file(key),
    });

  it('gives the texts of a certificate and its key', async () => {
    expect(await read('one.pem', 'one.key')).to.deep.equal(one);
  });

  it('gives nothing when neither is set', async () => {
    expect(await read()).to.equal(undefined);
  });

  const wrong: { name: string; cert?: string; key?: string; says: RegExp }[] = [
    {
      name: 'a certificate without a key',
      cert: 'one.pem',
      says: /^GATEWAY_EDGE_TLS_KEY_FILE: is needed as well/,
    },
    {
      name: 'a key without a certificate',
      key: 'one.key',
      says: /^GATEWAY_EDGE_TLS_CERT_FILE: is needed as well/,
    },
    {
      name: 'a file that is not there',
      cert: 'missing.pem',
      key: 'one.key',
      says: /^GATEWAY_EDGE_TLS_CERT_FILE: cannot be read: .*missing\.pem/,
    },
    {
      name: 'a file that holds no certificate',
      cert: 'text',
      key: 'one.key',
      says: /^GATEWAY_EDGE_TLS_CERT_FILE: .*text holds no PEM certificate/,
    },
    {
      name: 'a file that holds no key',
      cert: 'one.pem',
      key: 'one.pem',
      says: /^GATEWAY_EDGE_TLS_KEY_FILE: .*one\.pem holds no PEM private key/,
    },
    {
      name: 'the key of another certificate',
      cert: 'one.pem',
      key: 'other.key',
      says: /^GATEWAY_EDGE_TLS_KEY_FILE: .*is not the key of the certificate in/,
    },
  ];
  for (const { name, cert, key, says } of wrong) {
    it(`says what is wrong with ${name}`, async () => {
      const failure = await read(cert, key).catch((err: unknown) => err);

      expect(failure).to.satisfy(isConfigurationError);
      expect((failure as Error).message).to.match(says);
      expect((failure as Error).message).not.to.include('PRIVATE KEY--');
    });
  }
});
