import { expect } from 'chai';
import { createConnectionPolicies, readCloudPolicies } from '../src/connection-policy.ts';

const caller = { organizationId: 'org_1' };
const environment = (connectionPolicy: 'public' | 'local' | null, organizationId = 'org_1') => ({
  id: 'env_1',
  organizationId,
  name: 'test',
  credentialIds: [],
  connectionPolicy,
  createdAt: new Date(),
});
const policies = (stored?: ReturnType<typeof environment>) =>
  createConnectionPolicies({
    environments: { find: async () => stored },
    gateway: 'auto',
    clouds: new Map([['ec2', 'local']]),
  });

describe('createConnectionPolicies', () => {
  it("takes the cloud's, else the gateway's, where no environment is named", async () => {
    expect(policies().ofCloud('ec2')).to.equal('local');
    expect(policies().ofCloud('openstack')).to.equal('auto');
    expect(await policies().resolve(caller, { cloud: 'ec2' })).to.equal('local');
  });

  it("takes the environment's before the cloud's, when it has one", async () => {
    const place = { cloud: 'ec2', environment: 'env_1' };

    expect(await policies(environment('public')).resolve(caller, place)).to.equal('public');
    expect(await policies(environment(null)).resolve(caller, place)).to.equal('local');
  });

  for (const [what, stored] of [
    ['that there is not', undefined],
    ['of another organization', environment('public', 'org_2')],
  ] as const) {
    it(`refuses an environment ${what}`, async () => {
      const error = await policies(stored)
        .resolve(caller, { cloud: 'ec2', environment: 'env_1' })
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );

      expect(error).to.include({ code: 'not-found' });
    });
  }
});

describe('readCloudPolicies', () => {
  it('takes any name of a cloud', () => {
    expect([...readCloudPolicies(['aws=local'], ['ec2'])]).to.deep.equal([['ec2', 'local']]);
    expect([...readCloudPolicies([' ec2 = public '], ['ec2'])]).to.deep.equal([['ec2', 'public']]);
  });

  for (const item of ['aws', 'aws=', 'aws=private', '=local', 'azure=local', 'aws=local=auto']) {
    it(`refuses ${item}`, () => {
      expect(() => readCloudPolicies([item], ['ec2'])).to.throw('GATEWAY_CONNECTION_POLICIES');
    });
  }
});
