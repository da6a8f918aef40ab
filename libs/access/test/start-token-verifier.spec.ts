import { connectBroker, createEventPublisher } from '@cloud-gateway/messaging';
import { administrativeEntry, type Token } from '@cloud-gateway/store';
import {
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
  silentLog,
} from '@cloud-gateway/test-support';
import { mintId, mintToken } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { startTokenVerifier } from '../src/start-token-verifier.ts';

describe('startTokenVerifier', function () {
  this.timeout(serverStartTimeoutMs);

  it('remembers tokens while it hears of revocations, and nothing once it is stopped', async () => {
    const virtualHost = await createTestVirtualHost();
    const connection = await connectBroker({ url: virtualHost.url, name: 'test', log: silentLog });
    const publisher = await createEventPublisher({ connection, log: silentLog });
    const token: Token = {
      id: 'tok_a',
      clientId: 'cli_a',
      organizationId: 'org_a',
      permissions: [],
      expiresAt: new Date(Date.now() + 3_600_000),
      revokedAt: null,
      clientDisabledAt: null,
    };
    let lookUps = 0;
    const findByHash = async () => {
      lookUps += 1;
      return token;
    };
    const verifier = await startTokenVerifier({
      store: { read: { tokens: { findByHash } } },
      clock: { nowMs: Date.now },
      log: silentLog,
      cacheMs: 3_600_000,
      connection,
    });
    const authorization = `Bearer ${mintToken('cgw_t')}`;

    await verifier.verify(authorization);
    await verifier.verify(authorization);
    expect(lookUps).to.equal(1);

    const details = { tokenIds: ['tok_a'] };
    await publisher.publish([
      administrativeEntry({ id: mintId('evt'), subject: 'token.revoked', scope: 'org_a', atMs: 0, details }),
    ]);
    await eventually(async () => {
      await verifier.verify(authorization);
      return lookUps === 2;
    });

    await verifier.stop();
    await verifier.verify(authorization);
    await verifier.verify(authorization);
    expect(lookUps).to.equal(4);

    await publisher.stop();
    await connection.close();
    await virtualHost.remove();
  });
});
