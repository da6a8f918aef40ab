import { administrativeEventSchema, cloudCredentialsShowRoute } from '@cloud-gateway/contracts';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from './access-steps.ts';
import { cloudUsers, startWorld, type World } from './start-world.ts';

describe('startCredentialCheck', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld({ GATEWAY_CREDENTIAL_CHECK_INTERVAL_MS: '1s' });
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const show = (credential: string) =>
    world.ask(cloudCredentialsShowRoute, { token: world.adminToken, params: { credential } });
  const eventsAbout = async (credential: string) =>
    (await world.store.read.outbox.listWaiting(10_000))
      .map(({ payload }) => administrativeEventSchema.parse(JSON.parse(payload)))
      .filter(({ details }) => 'credentialId' in details && details.credentialId === credential);

  it('tells by one event what the cloud no longer accepts, and by one that it does again', async () => {
    const { credentialId } = await steps.request();
    world.simulator.disableAccessKey(cloudUsers.anna.accessKeyId);

    await eventually(async () => (await show(credentialId)).status === 'invalid');
    const { checkedAt, statusReason } = await show(credentialId);
    await eventually(async () => (await show(credentialId)).checkedAt > checkedAt);
    world.simulator.enableAccessKey(cloudUsers.anna.accessKeyId);
    await eventually(async () => (await show(credentialId)).status === 'valid');

    expect(statusReason).to.be.a('string');
    const events = await eventsAbout(credentialId);
    expect(events.map(({ subject }) => subject)).to.deep.equal(['credentials.invalid', 'credentials.valid']);
    expect(events[0]).to.deep.include({ scope: 'ec2-111111111111' });
    expect(events[0]?.details).to.deep.equal({
      account: 'ec2-111111111111',
      credentialId,
      reason: statusReason,
    });
  });

  it('asks nothing about what nothing uses', async () => {
    const unused = await steps.storeCredentials();
    const { credentialId } = await steps.request();
    const before = await show(unused);
    const { checkedAt } = await show(credentialId);

    await eventually(async () => (await show(credentialId)).checkedAt > checkedAt);

    expect(await show(unused)).to.deep.equal(before);
  });

  it('learns nothing from a cloud that cannot be reached', async () => {
    const { credentialId } = await steps.request();
    world.simulator.setFaults([{ kind: 'reset-before', service: 'sts' }]);
    const cut = world.simulator.calls().total;
    await eventually(() => world.simulator.calls().total > cut + 2);
    const before = await show(credentialId);
    const later = world.simulator.calls().total;
    await eventually(() => world.simulator.calls().total > later + 2);

    expect(await show(credentialId)).to.deep.equal(before);
    expect(await eventsAbout(credentialId)).to.deep.equal([]);
    world.simulator.setFaults([]);
    await eventually(async () => (await show(credentialId)).checkedAt > before.checkedAt);
  });
});
