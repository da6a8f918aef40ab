import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createTestClock, systemClock } from '@cloud-gateway/clock';
import { isConfigurationError } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { loadRoot } from '../../src/certificates/load-root.ts';
import { hasProgram } from './has-program.ts';
import { openssl } from './openssl.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('loadRoot', () => {
  const at = temporaryFolder();
  const settings = { certificate: 'CERTIFICATE_SETTING', key: 'KEY_SETTING' };
  const dayMs = 86_400_000;

  const files = () => ({ certificateFile: at('root.crt'), keyFile: at('root.key') });
  const load = (clock = systemClock) => loadRoot({ ...files(), clock, settings });

  async function refusal(clock = systemClock): Promise<string> {
    const err: unknown = await load(clock).then(
      () => new Error('it was accepted'),
      (reason) => reason,
    );
    if (!isConfigurationError(err)) throw err;
    expect(err.message).not.to.contain('\n');
    return err.message;
  }

  describe('without files', () => {
    it('makes a self-signed CA for ten years, from a day ago', async () => {
      const clock = createTestClock(Date.parse('2026-11-22T10:00:00Z'));
      const root = await load(clock);
      const certificate = new X509Certificate(root.certificatePem);
      expect(certificate.ca).to.equal(true);
      expect(certificate.checkIssued(certificate)).to.equal(true);
      expect(certificate.verify(certificate.publicKey)).to.equal(true);
      expect(certificate.subject).to.match(/^CN=Cloud Gateway CSG root [0-9a-f]{8}$/);
      expect(root.notBeforeMs).to.equal(clock.nowMs() - dayMs);
      expect(root.notAfterMs).to.equal(clock.nowMs() + 3652 * dayMs);
      expect(root.fingerprint256).to.equal(certificate.fingerprint256);
      expect(root.certificateDer).to.deep.equal(certificate.raw);
    });

    it('gives it a path length of 0, the usages of a CA and a subject key identifier', async function () {
      if (!hasProgram('openssl')) this.skip();
      await load();
      const text = await openssl('x509', '-in', files().certificateFile, '-noout', '-text');
      expect(text).to.match(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
      expect(text).to.match(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
      expect(text).to.match(/Subject Key Identifier:/);
    });

    it('writes the key for its owner only, and leaves no other file behind', async () => {
      await load();
      const { keyFile } = files();
      expect((await stat(keyFile)).mode & 0o777).to.equal(0o600);
      expect((await readdir(at())).sort()).to.deep.equal(['root.crt', 'root.key']);
    });

    it('makes the folder', async () => {
      const paths = {
        certificateFile: at('new', 'folder', 'root.crt'),
        keyFile: at('new', 'folder', 'root.key'),
      };
      await loadRoot({ ...paths, clock: systemClock });
      expect((await stat(at('new', 'folder'))).mode & 0o777).to.equal(0o700);
    });

    it('gives all processes that start at once the same root', async () => {
      const roots = await Promise.all(Array.from({ length: 20 }, () => load()));
      expect(new Set(roots.map((root) => root.fingerprint256)).size).to.equal(1);
      expect((await load()).fingerprint256).to.equal(roots[0]?.fingerprint256);
      expect(await readdir(at())).to.have.length(2);
    });

    it('gives it also to those that start while it is being made', async () => {
      for (let round = 0; round < 5; round += 1) {
        const loads: ReturnType<typeof load>[] = [];
        for (let start = 0; start < 30; start += 1) {
          loads.push(load());
          await new Promise((resolve) => setImmediate(resolve));
        }
        const roots = await Promise.all(loads);
        expect(new Set(roots.map((root) => root.fingerprint256)).size).to.equal(1);
        await Promise.all([rm(files().keyFile), rm(files().certificateFile)]);
      }
    });

    it('says what to do when it may not write there', async () => {
      await writeFile(at('file'), '');
      const paths = { certificateFile: at('file', 'root.crt'), keyFile: at('file', 'root.key') };
      const err = await loadRoot({ ...paths, clock: systemClock, settings }).catch(
        (reason: unknown) => reason,
      );
      expect(isConfigurationError(err)).to.equal(true);
      expect(String(err)).to.contain('KEY_SETTING');
    });
  });

  describe('with files of its own', () => {
    it('reads the same root again', async () => {
      const first = await load();
      expect((await load()).fingerprint256).to.equal(first.fingerprint256);
    });

    it('writes the certificate again when a crash, or somebody, has left only the key', async () => {
      const first = await load();
      await rm(files().certificateFile);
      expect((await load()).fingerprint256).to.equal(first.fingerprint256);
      expect(await readFile(files().certificateFile, 'utf8')).to.equal(first.certificatePem);
    });

    it('refuses a certificate whose key is gone', async () => {
      await load();
      await rm(files().keyFile);
      expect(await refusal()).to.match(
        /^KEY_SETTING: .*root\.key is not there, but its certificate .* is; bring/,
      );
    });

    for (const mode of [0o640, 0o604, 0o620]) {
      it(`refuses a key file of mode ${mode.toString(8)}`, async () => {
        await load();
        await chmod(files().keyFile, mode);
        expect(await refusal()).to.match(/^KEY_SETTING: .* chmod 600 /);
      });
    }

    it('refuses an expired one, and one that is not valid yet', async () => {
      const { notAfterMs, notBeforeMs } = await load();
      expect(await refusal(createTestClock(notAfterMs))).to.match(/^CERTIFICATE_SETTING: .*expired on/);
      await load(createTestClock(notAfterMs - 1));
      expect(await refusal(createTestClock(notBeforeMs - 1))).to.match(/valid only from .* clock/);
      await load(createTestClock(notBeforeMs));
    });

    it('says when a file cannot be read', async () => {
      await mkdir(files().keyFile, { mode: 0o700 });
      expect(await refusal()).to.match(/^KEY_SETTING: cannot be read: /);
    });
  });

  describe('with a given pair', () => {
    before(function () {
      if (!hasProgram('openssl')) this.skip();
    });

    const authority = [
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'keyUsage=critical,keyCertSign',
    ];
    const p256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

    async function give(...args: string[]): Promise<void> {
      const { certificateFile, keyFile } = files();
      // An empty configuration: that of the machine would add extensions of its own.
      await writeFile(at('openssl.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n');
      const out = ['-keyout', keyFile, '-out', certificateFile, '-config', at('openssl.cnf')];
      await openssl(
        'req',
        '-x509',
        '-nodes',
        '-days',
        '30',
        '-subj',
        '/O=Example/CN=Given root',
        ...out,
        ...args,
      );
      await chmod(keyFile, 0o600);
    }

    it('takes EC and RSA', async () => {
      for (const key of [
        p256,
        ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
        ['-newkey', 'rsa:2048'],
      ]) {
        await give(...key, ...authority);
        const root = await load();
        expect(new X509Certificate(root.certificatePem).subject).to.equal('O=Example\nCN=Given root');
      }
    });

    it('takes one that does not restrict the usage of its key', async () => {
      await give(...p256, '-addext', 'basicConstraints=CA:TRUE');
      expect((await load()).keyId).to.have.length(20);
    });

    it('refuses a certificate that is not a CA', async () => {
      await give(...p256, '-addext', 'basicConstraints=CA:FALSE');
      expect(await refusal()).to.match(/^CERTIFICATE_SETTING: .*not a CA certificate; .*CA:TRUE/);
    });

    it('refuses a CA that may not sign certificates', async () => {
      await give(
        ...p256,
        '-addext',
        'basicConstraints=CA:TRUE',
        '-addext',
        'keyUsage=digitalSignature,cRLSign',
      );
      // OpenSSL itself no longer takes it for a CA.
      expect(await refusal()).to.match(/^CERTIFICATE_SETTING: .*(not a CA certificate|keyCertSign)/);
    });

    it('refuses an intermediate CA', async () => {
      await give(...p256, ...authority);
      const parent = { cert: at('parent.crt'), key: at('parent.key') };
      await writeFile(parent.cert, await readFile(files().certificateFile));
      await writeFile(parent.key, await readFile(files().keyFile));
      const below = ['-CA', parent.cert, '-CAkey', parent.key, '-subj', '/CN=Below'];
      await give(...p256, ...authority, ...below);
      expect(await refusal()).to.match(
        /^CERTIFICATE_SETTING: .*not self-signed \(its issuer is O=Example, CN=Given/,
      );
    });

    it('refuses one whose signature is not its own', async () => {
      await give(...p256, ...authority);
      const lines = (await readFile(files().certificateFile, 'utf8')).trim().split('\n');
      const der = Buffer.from(lines.slice(1, -1).join(''), 'base64');
      der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
      const pem = `${lines[0]}\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n${lines.at(-1)}\n`;
      await writeFile(files().certificateFile, pem);
      expect(await refusal()).to.match(/not self-signed/);
    });

    it('refuses the key of another certificate', async () => {
      await give(...p256, ...authority);
      const certificate = await readFile(files().certificateFile);
      await give(...p256, ...authority);
      await writeFile(files().certificateFile, certificate);
      expect(await refusal()).to.match(
        /^KEY_SETTING: .*root\.key is not the key of the certificate in .*root\.crt/,
      );
    });

    it('refuses a key without its certificate', async () => {
      await give(...p256, ...authority);
      await rm(files().certificateFile);
      expect(await refusal()).to.match(/^CERTIFICATE_SETTING: .*root\.crt is not there, but the key/);
    });

    it('refuses what is no PEM, and a key behind a passphrase', async () => {
      await give(...p256, ...authority);
      const { certificateFile, keyFile } = files();
      await openssl('ec', '-in', keyFile, '-aes128', '-passout', 'pass:secret', '-out', at('closed.key'));
      await writeFile(keyFile, await readFile(at('closed.key')));
      expect(await refusal()).to.match(/^KEY_SETTING: .*no private key in PEM without a passphrase/);
      await writeFile(certificateFile, 'certificate');
      expect(await refusal()).to.match(/^CERTIFICATE_SETTING: .*no certificate in PEM/);
    });

    it('refuses keys that clients would not take', async () => {
      await give('-newkey', 'ed25519', ...authority);
      expect(await refusal()).to.match(/^KEY_SETTING: .*type ed25519; use EC \(P-256\) or RSA/);
      await give('-newkey', 'rsa:1024', ...authority);
      expect(await refusal()).to.match(/^KEY_SETTING: .*RSA key of 1024 bits; use 2048 or more/);
    });
  });
});
