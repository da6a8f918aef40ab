import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the repository of certificate authorities', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const sample = (pair: string, lastSeen: string) => ({
    sha256Fingerprint: Array.from({ length: 32 }, () => pair).join(':'),
    subject: 'CN=Cloud Gateway',
    pem: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n'.replace('…', 'MIIB'),
    notAfter: new Date('2036-01-01T00:00:00.000Z'),
    lastSeenAt: new Date(lastSeen),
  });

  it('keeps one row per certificate, the one seen last first', async () => {
    const { certificateAuthorities } = test.store.read;
    await certificateAuthorities.put(sample('AA', '2026-01-01T00:00:00.000Z'));
    await certificateAuthorities.put(sample('BB', '2026-01-02T00:00:00.000Z'));
    await certificateAuthorities.put(sample('AA', '2026-01-03T00:00:00.000Z'));

    expect(await certificateAuthorities.list({ limit: 10 })).to.deep.equal([
      sample('AA', '2026-01-03T00:00:00.000Z'),
      sample('BB', '2026-01-02T00:00:00.000Z'),
    ]);
    expect(await certificateAuthorities.list({ limit: 1 })).to.have.length(1);
  });
});
