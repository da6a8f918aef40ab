import { certificateAuthorityListRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';

describe('certificate-authority-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const hourMs = 3_600_000;
  const note = (pair: string, { seenAgoMs, validMs = hourMs }: { seenAgoMs: number; validMs?: number }) =>
    world.store.read.certificateAuthorities.put({
      sha256Fingerprint: Array.from({ length: 32 }, () => pair).join(':'),
      subject: `CN=${pair}`,
      pem: `pem of ${pair}\n`,
      notAfter: new Date(Date.now() + validMs),
      lastSeenAt: new Date(Date.now() - seenAgoMs),
    });
  const subjects = async () =>
    (await world.ask(certificateAuthorityListRoute)).items.map(({ subject }) => subject);

  it('shows anybody the roots of the proxies at work, and no old one for longer than it is needed', async () => {
    expect(await subjects()).to.deep.equal([]);
    await note('AA', { seenAgoMs: 60 * 24 * hourMs });
    await note('BB', { seenAgoMs: 40 * 24 * hourMs });
    expect(await subjects()).to.deep.equal(['CN=BB']);
    await note('CC', { seenAgoMs: 2 * hourMs });
    await note('DD', { seenAgoMs: hourMs });
    await note('EE', { seenAgoMs: 0, validMs: -1 });
    expect(await subjects()).to.deep.equal(['CN=DD', 'CN=CC']);
  });
});
