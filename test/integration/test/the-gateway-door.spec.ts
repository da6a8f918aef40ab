import {
  accountListRoute,
  accountProveRoute,
  allResourceTypes,
  type Instance,
  type InstanceAction,
  instanceActionRoute,
  type ResourceEvent,
  resourceCreateRoute,
  resourceEventSchema,
  resourceHistoryRoute,
  resourceListRoute,
  resourceShowRoute,
  tokenShowRoute,
} from '@cloud-gateway/contracts';
import { type EventSubscription, eventually, subscribeToEvents } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { openAmqpDoor } from '../src/amqp-client.ts';
import { type ApiClient, createCredentials, logIn, newClient, proofOf, prove } from '../src/api-client.ts';
import { expectDocumentedEvent } from '../src/expect-documented-event.ts';
import { openHttpDoor } from '../src/http-client.ts';
import { launchBody, pathOf, region } from '../src/launches.ts';
import type { Gateway } from '../src/start-gateway.ts';
import { useDoor, useGateway } from '../src/use-gateway.ts';
import { written } from '../src/written.ts';

const instances = resourceListRoute('instance');
const patience = { timeoutMs: 20_000 };

describe('the gateway door', function () {
  this.timeout(60_000);
  const gateway = useGateway();
  let events: EventSubscription;
  before(async () => {
    const subscription = await subscribeToEvents(gateway().amqpUrl, 'v1.ec2.#');
    gateway().closeFirst('subscription', () => subscription.close());
    events = subscription;
    makeOneOfEach(gateway());
  });

  for (const [name, open] of [
    ['HTTP', openHttpDoor],
    ['AMQP', openAmqpDoor],
  ] as const) {
    describe(`over ${name}`, () => {
      const door = useDoor(open, gateway);
      let client: ApiClient;
      before(async () => {
        client = await newClient(gateway(), door());
        await prove(gateway(), client);
      });

      it('says whose a token is, and which accounts are proven', async () => {
        const credentials = await createCredentials(gateway(), door());
        const someone = await logIn(door(), credentials);
        const whose = await someone.ask(tokenShowRoute);
        expect(whose.clientId).to.equal(credentials.clientId);
        expect((await someone.ask(accountListRoute)).items).to.deep.equal([]);

        const proven = await someone.ask(accountProveRoute, {
          body: { ...proofOf(gateway()), name: 'my account' },
        });
        expect(proven).to.include({ id: gateway().account, name: 'my account', credentialsStatus: 'valid' });
        expect((await someone.ask(accountListRoute)).items).to.deep.equal([proven]);
      });

      for (const type of allResourceTypes) {
        it(`lists each ${type}, shows it by both of its ids, and its history`, async () => {
          const params = pathOf(gateway());
          const [first] = await eventually(async () => {
            const { items } = await client.ask(resourceListRoute(type), {
              params,
              query: `region=${region}`,
            });
            return items.length > 0 && items;
          }, patience);
          expect(first).to.include({ type, region, cloud: 'ec2', deletedAt: null });

          const { id = '', cloudId = '', href = '' } = first ?? {};
          expect(href).to.equal(
            `${resourceListRoute(type).path.replace(':cloud', 'ec2').replace(':account', params.account)}/${id}`,
          );
          for (const [each, query] of [
            [id, ''],
            [cloudId, `region=${region}`],
          ] as const) {
            const route = resourceShowRoute(type);
            const shown = await client.ask(route, { params: { ...params, id: each }, query });
            expect(shown).to.include({ id, cloudId });
          }
          const history = await client.ask(resourceHistoryRoute(type), { params: { ...params, id } });
          expect(history.items.at(-1)).to.include({ revision: 1, change: 'discovered' });
          expect(history.items[0]?.validTo).to.equal(null);
        });
      }

      it('launches, stops, starts, reboots and terminates; each state comes as an event', async () => {
        const params = pathOf(gateway());
        const launched = written(
          await client.ask(resourceCreateRoute('instance'), {
            params,
            body: launchBody(gateway(), { name: `from ${name}`, tags: { team: 'ä & b' } }),
          }),
        );
        expect(launched).to.include({ name: `from ${name}`, region, account: gateway().account });
        expect(launched.tags).to.include({ team: 'ä & b' });
        const { id } = launched;
        const discovered = await eventOf(id, ({ change }) => change === 'discovered');
        expect(discovered.cause.kind).to.equal('request');
        await eventOf(id, ({ newState }) => newState === 'running');

        const act = async (action: InstanceAction) =>
          written(await client.ask(instanceActionRoute(action), { params: { ...params, id } }));
        expect((await act('stop')).state).to.be.oneOf(['stopping', 'stopped']);
        const stopped = await eventOf(id, ({ newState }) => newState === 'stopped');
        expect((await act('start')).state).to.be.oneOf(['pending', 'running']);
        await eventOf(id, (event) => event.newState === 'running' && event.sequence > stopped.sequence);
        expect((await act('reboot')).id).to.equal(id);
        await reaches(id, 'running');
        expect((await act('terminate')).state).to.be.oneOf(['terminating', 'terminated']);
        await eventOf(id, ({ newState }) => newState === 'terminated');

        const history = await client.ask(resourceHistoryRoute('instance'), { params: { ...params, id } });
        const states = history.items.map(({ state }) => state);
        expect(states).to.include.members(['running', 'stopped', 'terminated']);
        expect(states[0]).to.equal('terminated');
        const revisions = history.items.map(({ revision }) => revision);
        expect(revisions).to.deep.equal(revisions.map((_, index) => revisions.length - index));
      });

      it('filters by region and state, and pages without gap or repetition', async () => {
        const { simulator, user } = gateway();
        const { accountId } = user;
        const here = simulator.createInstanceDirectly({ accountId, region, count: 5 }).instanceIds;
        const there = simulator.createInstanceDirectly({
          accountId,
          region: 'eu-west-1',
          count: 2,
        }).instanceIds;
        const running = await eventually(async () => {
          const found = await listAll(`state=running`);
          const ids = found.map(({ cloudId }) => cloudId);
          expect(ids).to.include.members([...here, ...there]);
          return found;
        }, patience);
        expect(new Set(running.map(({ state }) => state))).to.deep.equal(new Set(['running']));

        const inEurope = await listAll('region=eu-west-1');
        expect(inEurope.map((instance) => instance.region)).to.deep.equal(inEurope.map(() => 'eu-west-1'));
        expect(inEurope.map(({ cloudId }) => cloudId)).to.include.members([...there]);
        expect(await listAll('state=suspended')).to.deep.equal([]);
        expect(await listAll('region=mars-1'), 'a region that is not there has nothing').to.deep.equal([]);
        const both = await listAll('state=running&region=eu-west-1');
        expect(both.map(({ cloudId }) => cloudId))
          .to.include.members([...there])
          .and.not.include.members([...here]);

        const whole = idsOf(await listAll('limit=1000'));
        const paged = idsOf(await listAll('limit=2'));
        expect(paged).to.deep.equal(whole);
        expect(new Set(paged).size).to.equal(paged.length);
      });

      it('answers HEAD as it answers GET', async () => {
        const params = pathOf(gateway());
        const get = await client.send(resourceListRoute('datacenter'), { params });
        const head = await door().send({
          method: 'HEAD',
          path: `/v1/clouds/ec2/accounts/${params.account}/datacenters`,
          headers: { authorization: `Bearer ${client.token}` },
        });
        expect([get.status, head.status]).to.deep.equal([200, 200]);
        expect(head.headers['content-type']).to.equal(get.headers['content-type']);
        if (name === 'HTTP') expect(head.body).to.equal('');
      });

      /** Follows the cursors to the end. */
      async function listAll(query: string): Promise<Instance[]> {
        const found: Instance[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
          const page: { items: Instance[]; nextCursor: string | null } = await client.ask(instances, {
            params: pathOf(gateway()),
            query: `${query}${next}`,
          });
          found.push(...page.items);
          cursor = page.nextCursor;
        }
        return found;
      }

      async function reaches(id: string, state: string): Promise<void> {
        await eventually(async () => {
          const shown = await client.ask(resourceShowRoute('instance'), {
            params: { ...pathOf(gateway()), id },
          });
          expect(shown.state).to.equal(state);
          return true;
        }, patience);
      }
    });
  }

  it('takes answers on a queue of the client itself', async () => {
    const http = await openHttpDoor(gateway());
    const credentials = await createCredentials(gateway(), http);
    const { amqpUrl } = gateway();
    const door = await openAmqpDoor({ amqpUrl, replyQueue: `reply.${credentials.clientId}.main` });
    try {
      const { token } = await logIn(http, credentials);
      const answer = await door.send({
        method: 'GET',
        path: '/v1/tokens/current',
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).to.equal(200);
    } finally {
      await door.close();
    }
  });

  // Mocha runs the tests of a suite before those of its inner suites.
  describe('at the end', () => {
    it('has published every change of the account in order, none missing, each as documented', () => {
      const ofAccount = resourceEvents().filter(({ account }) => account === gateway().account);
      expect(ofAccount, 'events').to.have.length.above(20);
      expect(ofAccount.map(({ sequence }) => sequence)).to.deep.equal(ofAccount.map((_, index) => index + 1));
      for (const event of events.arrived) expectDocumentedEvent(event);
    });
  });

  function resourceEvents(): ResourceEvent[] {
    return events.arrived.map(({ payload }) => resourceEventSchema.parse(payload));
  }

  async function eventOf(id: string, fits: (event: ResourceEvent) => boolean): Promise<ResourceEvent> {
    const { payload } = await events.next(
      ({ payload }) => (payload as ResourceEvent).resourceId === id && fits(payload as ResourceEvent),
      `No such event of ${id}`,
    );
    return resourceEventSchema.parse(payload);
  }
});

/** What an account does not have from its first day, made beside the gateway. */
function makeOneOfEach({ simulator, user: { accountId } }: Gateway): void {
  const [instanceId = ''] = simulator.createInstanceDirectly({ accountId, region }).instanceIds;
  const call = (action: string, parameters: Readonly<Record<string, string>>) =>
    simulator.callDirectly({ accountId, region, action, parameters });
  call('CreateKeyPair', { KeyName: 'mine' });
  call('CreatePlacementGroup', { GroupName: 'near', Strategy: 'cluster' });
  const { allocationId } = call('AllocateAddress', { Domain: 'vpc' });
  call('AssociateAddress', { AllocationId: String(allocationId), InstanceId: instanceId });
}

function idsOf(found: readonly Instance[]): string[] {
  return found.map(({ id }) => id);
}
