// Credentials that are a role: what the cloud sees are sessions of it.
import { cloudCredentialsCreateRoute } from '@cloud-gateway/contracts';
import { demoRoles } from '@cloud-gateway/simulator';
import { expect } from 'chai';
import type { Acceptance } from '../acceptance.ts';
import { isForwarded } from '../calls-in-cloud.ts';
import { issueKey } from '../issue-key.ts';

export function describeRole(acceptance: () => Acceptance): void {
  describe('credentials that are a role', () => {
    it('work, by a session of it', async () => {
      const { world, driver, run } = acceptance();
      const credentialId = await storeRole(world);
      const key = await issueKey(world, { services: ['Sqs', 'Sns'], credentialId });
      const before = world.simulator.calls().calls.length;
      const javascript = driver('the SDK for JavaScript');
      for (const service of ['sqs', 'sns'] as const) {
        if (javascript)
          expect(await run(javascript, { sequence: 'verify', service, key })).to.equal(undefined);
      }

      const calls = world.simulator.calls().calls.slice(before).filter(isForwarded);
      expect(calls.length).to.be.greaterThan(8);
      for (const { accountId, accessKeyId } of calls) {
        expect(accountId).to.equal(role.accountId);
        expect(accessKeyId).to.match(sessionKey);
      }
      expect(world.gateway.errors()).to.deep.equal([]);
    });
  });
}

/** How the simulator's keys of sessions look. */
export const sessionKey = /^SIMTEMP/;

const [role] = demoRoles;

async function storeRole({
  administrator,
  environmentId,
  cloudUser: { accessKeyId, secretAccessKey },
}: Acceptance['world']): Promise<string> {
  const { id } = await administrator.call(cloudCredentialsCreateRoute, {
    body: {
      cloud: 'ec2',
      name: 'role',
      credentials: {
        kind: 'role',
        roleArn: `arn:aws:iam::${role.accountId}:role/${role.roleName}`,
        externalId: role.externalId,
        source: { accessKeyId, secretAccessKey },
      },
      environmentIds: [environmentId],
    },
  });
  return id;
}
