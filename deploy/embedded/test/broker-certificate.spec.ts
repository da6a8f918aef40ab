import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { provideBrokerCertificate } from '../src/broker-certificate.ts';

describe('provideBrokerCertificate', () => {
  const dayMs = 24 * 3_600_000;
  const nowMs = Date.parse('2026-03-01T00:00:00Z');
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'broker-certificate-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const provide = async (atMs: number) => {
    const files = await provideBrokerCertificate(folder, atMs);
    const text = readFileSync(files.certificateFile, 'utf8');
    return { ...files, text, certificate: new X509Certificate(text) };
  };

  it('makes one for the loopback names, that nobody else can read', async () => {
    const { certificate, certificateFile, keyFile } = await provide(nowMs);

    expect(certificate.subjectAltName).to.equal('DNS:localhost, IP Address:127.0.0.1');
    expect(certificate.ca).to.equal(false);
    expect(certificate.verify(certificate.publicKey)).to.equal(true);
    expect(Date.parse(certificate.validFrom)).to.be.below(nowMs);
    for (const file of [certificateFile, keyFile]) expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('keeps it until it is near its end', async () => {
    const { text } = await provide(nowMs);

    expect((await provide(nowMs + 300 * dayMs)).text).to.equal(text);
    const renewed = await provide(nowMs + 310 * dayMs);
    expect(renewed.text).not.to.equal(text);
    expect(Date.parse(renewed.certificate.validTo)).to.be.above(nowMs + 600 * dayMs);
  });

  it('makes another one when its files are damaged or do not belong together', async () => {
    const { text, certificateFile } = await provide(nowMs);
    writeFileSync(certificateFile, 'nothing');
    const second = await provide(nowMs);
    expect(second.text).not.to.equal(text);
    writeFileSync(certificateFile, text);
    expect((await provide(nowMs)).text).not.to.equal(text);
  });
});
