// What a cloud says of itself has to fit the contract, and be true.
import type { CloudSession } from '@cloud-gateway/clouds';
import {
  allResourceTypes,
  type CreatableType,
  type DestroyableType,
  hasCall,
  instanceActions,
  type ResourceBody,
  type ResourceCall,
  type ResourceType,
  resourceTypes,
  type ShareableType,
  type UpdatableType,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { createMaker, specsOf } from '../create-maker.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { open, patience, targetOf, wish, writing } from '../session.ts';

export function describeCapabilities(examined: Examined): void {
  describe('capabilities', () => {
    it('names types, states and calls of the contract only, each once, in its order', () => {
      const { cloud } = examined();

      const { id, kind, regions, resources } = cloud.capabilities();

      expect({ id, kind, regions }).to.deep.equal({ id: cloud.id, kind: cloud.kind, regions: cloud.regions });
      const types = resources.map(({ type }) => type);
      expect(types).to.deep.equal(allResourceTypes.filter((type) => types.includes(type)));
      for (const { type, calls, states } of resources) {
        const contract = resourceTypes[type];
        const named = states.map(({ state }) => state);
        expect(calls, type).to.deep.equal(
          contract.calls.filter((call) => (calls as string[]).includes(call)),
        );
        expect(named, type).to.deep.equal(contract.states.filter((state) => named.includes(state)));
        expect(named, type).not.to.be.empty;
      }
    });

    it('allows in a state only calls that it has, and says like isTransitional what will pass', () => {
      const { cloud } = examined();

      for (const { type, calls, states } of cloud.capabilities().resources) {
        for (const { state, allows, transitional } of states) {
          expect(calls, `${type} ${state}`).to.include.members([...allows]);
          expect(cloud.isTransitional({ type, state }), `${type} ${state}`).to.equal(transitional);
        }
      }
    });

    it('lists every type that it has in exactly one poll group of the account', () => {
      const { cloud } = examined();
      const types = cloud.pollGroups
        .filter(({ scope }) => scope === 'account')
        .flatMap((group) => group.types);

      expect([...types].sort()).to.deep.equal(
        cloud
          .capabilities()
          .resources.map(({ type }) => type)
          .sort(),
      );
      for (const { intervalMs, name } of cloud.pollGroups) {
        expect(intervalMs.floor, name).to.be.within(1, intervalMs.normal);
        expect(intervalMs.normal, name).to.be.at.most(intervalMs.ceiling);
      }
    });

    it('has specs of every type that it makes, so that all of them are examined', () => {
      const { cloud, specs } = examined();
      const made = cloud.capabilities().resources.filter(({ calls }) => calls.includes('create'));

      expect(Object.keys(specs).sort()).to.deep.equal(made.map(({ type }) => type).sort());
    });

    it('throws not-supported for each call of the contract that it lacks, and sends nothing', async () => {
      const { cloud } = examined();
      const session = open(examined());

      for (const { type, calls } of cloud.capabilities().resources) {
        const lacking = resourceTypes[type].calls.filter((call) => !(calls as string[]).includes(call));
        for (const call of lacking) {
          const asked = ask(session, type, call);
          if (asked !== undefined) await expectGatewayError(asked, 'not-supported');
        }
      }
    });

    it('refuses by its name an attribute that it does not take, before anything is sent', async () => {
      const { cloud, control } = examined();
      const session = open(examined());
      const maker = createMaker(examined());
      const cloudAttributes = { flavour: 'vanilla' };

      for (const { type, calls } of cloud.capabilities().resources) {
        if (!calls.includes('create')) continue;
        const creatable = type as CreatableType;
        const spec = await specsOf(examined(), creatable).minimal(maker);
        const sent = await control.countCalls?.();
        const asked = [
          session.create(creatable, { ...spec, cloudAttributes } as never, wish('refused')),
          ...(calls.includes('update')
            ? [
                session.update(
                  type as UpdatableType,
                  targetOf(bodyOf(type)),
                  { cloudAttributes } as never,
                  writing(),
                ),
              ]
            : []),
        ];
        for (const work of asked) {
          const error = await expectGatewayError(work, 'validation-failed');
          expect(JSON.stringify(error.issues), type).to.include('flavour');
        }
        expect(await control.countCalls?.(), type).to.equal(sent);
      }
    });
  });
}

function bodyOf(type: ResourceType): ResourceBody {
  return {
    type,
    cloudId: 'nothing',
    state: 'unknown',
    tags: {},
    cloudAttributes: {},
  } as unknown as ResourceBody;
}

/** Undefined: no session is asked for this. */
function ask(session: CloudSession, type: ResourceType, call: ResourceCall): Promise<unknown> | undefined {
  const target = targetOf(bodyOf(type));
  const action = instanceActions.find((name) => name === call);
  if (action !== undefined && hasCall(type, action)) return session.act(action, target, writing());
  switch (call) {
    case 'create':
      return session.create(type as CreatableType, {} as never, wish('lacking'));
    case 'update':
      return session.update(type as UpdatableType, target, {} as never, writing());
    case 'destroy':
      return session.destroy(type as DestroyableType, target, writing());
    case 'sharing':
      return session.sharing(type as ShareableType, target.cloudId, patience());
    case 'share':
      return session.share(
        type as ShareableType,
        target.cloudId,
        { public: false, accounts: [] },
        patience(),
      );
    default:
      return undefined;
  }
}
