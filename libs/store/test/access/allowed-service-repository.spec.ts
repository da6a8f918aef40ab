import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the repository of allowed services', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const createdAt = new Date('2026-01-02T03:04:05.678Z');
  const permit = (organizationId: string, service: string, allowedBy = 'cli_a') => ({
    organizationId,
    cloud: 'ec2',
    service,
    allowedBy,
    createdAt,
  });

  it('allows once and keeps who did it first', async () => {
    const { allowedServices } = test.store.read;

    expect(await allowedServices.allow(permit('org_a', 's3'))).to.equal(true);
    expect(await allowedServices.allow(permit('org_a', 's3', 'cli_b'))).to.equal(false);

    expect(await allowedServices.list('org_a')).to.deep.equal([permit('org_a', 's3')]);
  });

  it('allows nothing to other organizations, and takes nothing from them', async () => {
    const { allowedServices } = test.store.read;
    await allowedServices.allow(permit('org_b', 'kinesis'));
    await allowedServices.allow(permit('org_c', 'kinesis'));

    expect(
      await allowedServices.disallow({ organizationId: 'org_b', cloud: 'ec2', service: 'kinesis' }),
    ).to.equal(true);
    expect(
      await allowedServices.disallow({ organizationId: 'org_b', cloud: 'ec2', service: 'kinesis' }),
    ).to.equal(false);
    expect(await allowedServices.list('org_b')).to.deep.equal([]);
    expect(await allowedServices.list('org_c')).to.have.length(1);
  });
});
