import { administrativeEventSchema, cloudCredentialsCheckRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('cloud-credentials-check', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const check = (credential: string, token = world.adminToken) => ({ token, params: { credential } });

  it('asks the cloud now, and notes that it did', async () => {
    const credential = await steps.storeCredentials();
    world.clock.offsetMs += 60_000;

    const checked = await world.ask(cloudCredentialsCheckRoute, check(credential));

    expect(checked.status).to.equal('valid');
    expect(Date.parse(checked.checkedAt)).to.be.above(Date.parse(checked.createdAt) + 59_000);
    expect(await steps.lastEntryAbout(credential)).to.deep.include({ action: 'cloud-credentials.checked' });
  });

  it('notes what the cloud says when it has changed its mind, with one event', async () => {
    const credential = await steps.storeCredentials();
    const invalid = { status: 'invalid', reason: 'refused', checkedAt: new Date() } as const;
    await world.store.read.credentials.setStatus(credential, invalid);

    await world.ask(cloudCredentialsCheckRoute, check(credential));
    const again = await world.ask(cloudCredentialsCheckRoute, check(credential));

    expect(again).to.deep.include({ status: 'valid', statusReason: null });
    const events = (await world.store.read.outbox.listWaiting(10_000))
      .map(({ payload }) => administrativeEventSchema.parse(JSON.parse(payload)))
      .filter(({ details }) => 'credentialId' in details && details.credentialId === credential);
    expect(events.map(({ subject }) => subject)).to.deep.equal(['credentials.valid']);
  });

  it("knows nothing of another organization's", async () => {
    const credential = await steps.storeCredentials();
    const { token } = await steps.stranger();

    expect((await world.refusal(cloudCredentialsCheckRoute, check(credential, token))).code).to.equal(
      'not-found',
    );
  });
});
