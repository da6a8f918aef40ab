import { certificateAuthorityPemRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { certificateAuthorityPem } from '../../src/handlers/certificate-authority-pem.ts';
import { startWorld, type World } from '../start-world.ts';

describe('certificate-authority-pem', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('says what to do as long as no proxy has run', async () => {
    const problem = await world.refusal(certificateAuthorityPemRoute);

    expect(problem.code).to.equal('not-found');
    expect(problem.detail).to.contain('csg');
  });

  it('gives the roots as one PEM text', async () => {
    for (const [index, pair] of ['AA', 'BB'].entries()) {
      await world.store.read.certificateAuthorities.put({
        sha256Fingerprint: Array.from({ length: 32 }, () => pair).join(':'),
        subject: `CN=${pair}`,
        pem: `-----BEGIN CERTIFICATE-----\n${pair}\n-----END CERTIFICATE-----`,
        notAfter: new Date(Date.now() + 3_600_000),
        lastSeenAt: new Date(Date.now() - index * 60_000),
      });
    }

    const answer = await certificateAuthorityPem(world).handle(repeatedRequest(world.administrator, {})(1));

    expect(answer.headers).to.deep.equal({
      'content-type': 'application/x-x509-ca-cert',
      'content-disposition': 'attachment; filename="cloud-gateway-ca.pem"',
    });
    expect(answer.body).to.equal(
      ['AA', 'BB']
        .map((pair) => `-----BEGIN CERTIFICATE-----\n${pair}\n-----END CERTIFICATE-----\n`)
        .join(''),
    );
  });
});
