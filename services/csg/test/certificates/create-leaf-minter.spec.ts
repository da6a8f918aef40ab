import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createTestClock, systemClock } from '@cloud-gateway/clock';
import { runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createLeafMinter } from '../../src/certificates/create-leaf-minter.ts';
import { type LeafNames, widenedNames } from '../../src/certificates/leaf-names.ts';
import { loadRoot } from '../../src/certificates/load-root.ts';
import { hasProgram } from './has-program.ts';
import { openssl } from './openssl.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { createTestRoot } from './test-root.ts';

describe('createLeafMinter', () => {
  const at = temporaryFolder();
  const root = createTestRoot(systemClock);
  const rootCertificate = new X509Certificate(root.certificatePem);
  const minter = createLeafMinter({ root, clock: systemClock });
  const names = widenedNames('bucket.s3.us-east-1.amazonaws.com');
  const longHost = `${'a'.repeat(60)}.${'b'.repeat(60)}.s3.us-east-1.amazonaws.com`;
  const dayMs = 86_400_000;

  const mint = (leafNames: LeafNames = names) => new X509Certificate(minter.mint(leafNames).certificatePem);

  it('is issued by the root, for its key', () => {
    const leaf = mint();
    expect(leaf.checkIssued(rootCertificate)).to.equal(true);
    expect(leaf.verify(rootCertificate.publicKey)).to.equal(true);
    expect(leaf.checkPrivateKey(createPrivateKey(minter.keyPem))).to.equal(true);
    expect(leaf.ca).to.equal(false);
  });

  it('is for its names and no others', () => {
    const leaf = mint();
    expect(leaf.subjectAltName).to.equal('DNS:*.s3.us-east-1.amazonaws.com, DNS:s3.us-east-1.amazonaws.com');
    expect(leaf.checkHost('bucket.s3.us-east-1.amazonaws.com')).to.equal('*.s3.us-east-1.amazonaws.com');
    expect(leaf.checkHost('s3.us-east-1.amazonaws.com')).to.equal('s3.us-east-1.amazonaws.com');
    expect(leaf.checkHost('dynamodb.us-east-1.amazonaws.com')).to.equal(undefined);
    expect(leaf.checkHost('a.b.s3.us-east-1.amazonaws.com')).to.equal(undefined);
  });

  it('has only names that fit in its common name', () => {
    expect(mint().subject).to.equal('CN=*.s3.us-east-1.amazonaws.com');
    const leaf = mint([longHost]);
    expect(leaf.subject).to.be.oneOf([undefined, '']);
    expect(leaf.checkHost(longHost)).to.equal(longHost);
  });

  it('has a serial number of its own: positive, of 16 bytes', () => {
    const serials = Array.from({ length: 500 }, () => mint().serialNumber);
    expect(new Set(serials).size).to.equal(500);
    for (const serial of serials) expect(serial).to.match(/^[4-7][0-9A-F]{31}$/);
  });

  it('is valid from a day ago for a week, and never outside of the root', () => {
    const clock = createTestClock(Date.parse('2026-11-22T10:00:00Z'));
    const ownRoot = createTestRoot(clock);
    const own = createLeafMinter({ root: ownRoot, clock });
    const dates = () => {
      const { validFrom, validTo } = new X509Certificate(own.mint(names).certificatePem);
      return { fromMs: Date.parse(validFrom), toMs: Date.parse(validTo) };
    };
    clock.advance(30 * dayMs);
    expect(dates()).to.deep.equal({ fromMs: clock.nowMs() - dayMs, toMs: clock.nowMs() + 7 * dayMs });
    clock.set(ownRoot.notAfterMs - dayMs);
    expect(dates().toMs).to.equal(ownRoot.notAfterMs);
    clock.set(ownRoot.notBeforeMs + 1000);
    expect(dates().fromMs).to.equal(ownRoot.notBeforeMs);
  });

  it('is written with four digits of the year from 2050 on', () => {
    const clock = createTestClock(Date.parse('2049-12-30T10:00:00Z'));
    const leaf = createLeafMinter({ root: createTestRoot(clock), clock }).mint(names);
    expect(Date.parse(new X509Certificate(leaf.certificatePem).validTo)).to.equal(
      Date.parse('2050-01-06T10:00:00Z'),
    );
  });

  describe('as OpenSSL sees it', () => {
    before(function () {
      if (!hasProgram('openssl')) this.skip();
    });

    async function writeLeaf(leafNames: LeafNames = names): Promise<void> {
      await writeFile(at('root.pem'), root.certificatePem);
      await writeFile(at('leaf.pem'), minter.mint(leafNames).certificatePem);
    }

    async function verify(host: string): Promise<{ status: number | null; stderr: string }> {
      const args = [
        '-x509_strict',
        '-purpose',
        'sslserver',
        '-verify_hostname',
        host,
        '-CAfile',
        at('root.pem'),
      ];
      return runCommand('openssl', ['verify', ...args, at('leaf.pem')]);
    }

    it('passes the strict verification, also without a subject', async () => {
      await writeLeaf();
      expect((await verify('bucket.s3.us-east-1.amazonaws.com')).stderr).to.equal('');
      expect((await verify('sts.amazonaws.com')).status).not.to.equal(0);
      await writeLeaf([longHost]);
      expect((await verify(longHost)).stderr).to.equal('');
    });

    it('identifies its key by SHA-1 of the bits, and the issuer as the root identifies itself', async () => {
      await writeLeaf();
      const text = await openssl('x509', '-in', at('leaf.pem'), '-noout', '-text');
      const spki = mint().publicKey.export({ type: 'spki', format: 'der' });
      const keyId = createHash('sha1').update(spki.subarray(-65)).digest('hex'); // of P-256: an uncompressed point
      expect(text).to.match(new RegExp(`Subject Key Identifier:\\s+${colons(keyId)}`));
      const rootText = await openssl('x509', '-in', at('root.pem'), '-noout', '-text');
      expect(rootText).to.match(
        new RegExp(`Subject Key Identifier:\\s+${colons(root.keyId.toString('hex'))}`),
      );
      expect(text).to.match(
        new RegExp(`Authority Key Identifier:\\s+${colons(root.keyId.toString('hex'))}\\s`),
      );
    });

    it('is for TLS servers and their signatures', async () => {
      await writeLeaf();
      const text = await openssl('x509', '-in', at('leaf.pem'), '-noout', '-text');
      expect(text).to.match(
        /Key Usage: critical\s+Digital Signature\s+X509v3 Extended Key Usage:\s+TLS Web Server/,
      );
      expect(text).to.match(/Basic Constraints:\s+CA:FALSE/);
      expect(text).to.match(/Signature Algorithm: ecdsa-with-SHA256/);
    });

    function colons(hex: string): string {
      return (hex.toUpperCase().match(/../g) ?? []).join(':');
    }
  });

  it('passes under an RSA root', async function () {
    if (!hasProgram('openssl')) this.skip();
    const files = { certificateFile: at('rsa.crt'), keyFile: at('rsa.key') };
    const usage = ['-addext', 'keyUsage=critical,keyCertSign'];
    const out = ['-keyout', files.keyFile, '-out', files.certificateFile, ...usage];
    await openssl(
      'req',
      '-x509',
      '-nodes',
      '-newkey',
      'rsa:2048',
      '-days',
      '9',
      '-subj',
      '/CN=RSA root',
      ...out,
    );
    const rsaRoot = await loadRoot({ ...files, clock: systemClock });
    await writeFile(
      at('leaf.pem'),
      createLeafMinter({ root: rsaRoot, clock: systemClock }).mint(names).certificatePem,
    );
    await openssl(
      'verify',
      '-x509_strict',
      '-purpose',
      'sslserver',
      '-CAfile',
      files.certificateFile,
      at('leaf.pem'),
    );
  });
});
