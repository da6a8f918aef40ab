// What is left of it all: in the cloud, in the list of calls and their sums, in the audit log, and as events.
import { auditListRoute, usageCallsRoute, usageSummaryRoute } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { Acceptance, WishName } from '../acceptance.ts';
import { callsInCloud } from '../calls-in-cloud.ts';
import { sessionKey } from './describe-role.ts';

const steps: Readonly<Record<Exclude<WishName, 'governed'>, readonly string[]>> = {
  first: [
    'access-request.created',
    'access-request.approved',
    'access-request.activated',
    'access-request.revoked',
  ],
  second: [
    'access-request.created',
    'access-request.approved',
    'access-request.activated',
    'access-request.archived',
  ],
};

export function describeTraces(acceptance: () => Acceptance): void {
  describe('what is left of it', () => {
    it('nothing reached the cloud but with the real credentials', () => {
      const { cloudUser, simulator } = acceptance().world;
      const used = new Set(callsInCloud(simulator).map(({ accessKeyId }) => accessKeyId));
      expect(used.delete(cloudUser.accessKeyId)).to.equal(true);
      for (const accessKeyId of used) expect(accessKeyId).to.match(sessionKey);
    });

    it('the list of calls has exactly those that reached the cloud, and those refused', async () => {
      const { world, refused } = acceptance();
      const reached = callsInCloud(world.simulator).map(nameOf);
      const calls = await eventually(async () => {
        const all = await listedCalls();
        return all.length >= reached.length + refused.length && all;
      });

      const answered = calls.filter(({ outcome }) => outcome === 'answered');
      expect(answered.map(nameOf).toSorted()).to.deep.equal(reached.toSorted());
      const turnedAway = calls.filter(({ outcome }) => outcome === 'refused');
      expect(turnedAway.map(({ refusal }) => refusal).toSorted()).to.deep.equal([...refused].toSorted());
      expect(answered.length + turnedAway.length).to.equal(calls.length);
      for (const { status } of turnedAway) expect(status).to.be.within(400, 403);
      expect(new Set(calls.map(({ user }) => user))).to.deep.equal(new Set([world.developerId]));
    });

    it('the sums say the same', async () => {
      const calls = await listedCalls();
      const { items } = await acceptance().world.administrator.call(usageSummaryRoute, {
        query: { by: 'accessKeyId,service,action' },
      });

      const sums = items.map(({ by, calls: all, refused }) => `${groupOf(by)}: ${all}, ${refused}`);
      const expected = [...new Set(calls.map(groupOf))].map((group) => {
        const same = calls.filter((call) => groupOf(call) === group);
        return `${group}: ${same.length}, ${same.filter(({ outcome }) => outcome === 'refused').length}`;
      });
      expect(sums.toSorted()).to.deep.equal(expected.toSorted());
    });

    for (const name of ['first', 'second'] as const) {
      it(`the audit log has every step of the ${name} request`, async () => {
        const { world, key } = acceptance();
        const { items } = await world.administrator.call(auditListRoute, { query: { limit: '1000' } });
        const ofRequest = items.filter(({ subjectId }) => subjectId === key(name).requestId);
        expect(ofRequest.map(({ action }) => action).toReversed()).to.deep.equal(steps[name]);
      });

      it(`an event told of every step of the ${name} request`, async () => {
        const { events, key } = acceptance();
        const told = () =>
          events.arrived
            .filter(
              ({ details }) =>
                'accessRequestId' in details && details.accessRequestId === key(name).requestId,
            )
            .map(({ subject }) => subject);
        await eventually(() => told().length >= steps[name].length);
        expect(told()).to.deep.equal(steps[name]);
      });
    }
  });

  /** Page by page. */
  async function listedCalls() {
    const { administrator } = acceptance().world;
    const first = await administrator.call(usageCallsRoute, { query: { limit: '100' } });
    const items = [...first.items];
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const page = await administrator.call(usageCallsRoute, { query: { limit: '100', cursor } });
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
}

function nameOf({
  service,
  action,
}: {
  readonly service: string | null;
  readonly action: string | null;
}): string {
  return `${service} ${action}`;
}

interface Grouped {
  readonly accessKeyId?: string;
  readonly service?: string | null;
  readonly action?: string | null;
}

function groupOf({ accessKeyId, service, action }: Grouped): string {
  return [accessKeyId, service ?? '', action ?? ''].join(' ');
}
