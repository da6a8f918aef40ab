import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { Secret } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { readUpstream } from '../src/read-upstream.ts';

const nothing = { GATEWAY_UPSTREAM_PROXY_URL: undefined, GATEWAY_UPSTREAM_CA_FILE: undefined };
const [someRoot = '', otherRoot = ''] = rootCertificates;

describe('readUpstream', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clouds-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function fromFile(text: string) {
    const file = join(folder, 'authorities.pem');
    await writeFile(file, text);
    return () => readUpstream({ ...nothing, GATEWAY_UPSTREAM_CA_FILE: file });
  }

  it('goes straight and trusts nobody else by default', () => {
    expect(readUpstream(nothing)).to.deep.equal({ proxy: undefined, extraCa: undefined });
  });

  it('names the setting of a proxy that cannot be used, without its password', () => {
    const read = () =>
      readUpstream({ ...nothing, GATEWAY_UPSTREAM_PROXY_URL: new Secret('http://me:half%encoded@proxy') });

    expect(read).to.throw(/^GATEWAY_UPSTREAM_PROXY_URL: (?!.*encoded@)/);
  });

  it('reads all certificates of a file', async () => {
    const pem = `# two of them\n${someRoot}\n${otherRoot}\n`;

    expect((await fromFile(pem))().extraCa).to.equal(pem);
  });

  it('refuses a file without a certificate, or with a broken one', async () => {
    const broken = `${someRoot}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`;

    expect(await fromFile('nothing')).to.throw(/^GATEWAY_UPSTREAM_CA_FILE: .* no certificate in PEM/);
    expect(await fromFile(broken)).to.throw('certificate 2 of');
    expect(() => readUpstream({ ...nothing, GATEWAY_UPSTREAM_CA_FILE: join(folder, 'absent') })).to.throw(
      'GATEWAY_UPSTREAM_CA_FILE: ENOENT',
    );
  });
});
