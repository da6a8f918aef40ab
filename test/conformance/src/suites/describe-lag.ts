// Answers of a cloud are eventually consistent: what is new may not be seen yet, what has changed may be seen as it was.
import {
  type CreatableType,
  creatableTypes,
  type DestroyableType,
  type ResourceBody,
  type UpdatableType,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { createMaker, specsOf } from '../create-maker.ts';
import {
  codeOf,
  created,
  gone,
  groupOf,
  inListing,
  isOver,
  listed,
  open,
  shown,
  targetOf,
  wish,
  writing,
} from '../session.ts';
import type { Patch } from '../specs.ts';

const lagMs = 60_000;

export function describeLag(examined: Examined): void {
  describe('lag', () => {
    beforeEach(function () {
      if (examined().control.setLagMs === undefined) this.skip();
    });

    for (const type of creatableTypes) {
      it(`a new ${type} is answered before it can be seen`, async () => {
        const { control } = examined();
        const session = open(examined());
        const spec = await specsOf(examined(), type).minimal(createMaker(examined()));
        await control.setLagMs?.({ created: lagMs });

        const body = (await created(session, type, spec, wish('new'))) as ResourceBody;

        await control.passMs?.(lagMs);
        const seen = await shown(session, body);
        expect(seen).to.include({ type, cloudId: body.cloudId });
        expect(body.tags).to.deep.equal(seen?.tags);
      });

      it(`of a new ${type} whose answer is lost, one is made, though it cannot be seen yet`, async () => {
        const { control } = examined();
        const session = open(examined());
        const { minimal, calls } = specsOf(examined(), type);
        const spec = await minimal(createMaker(examined()));
        const before = await idsOf(type);
        await control.setLagMs?.({ created: lagMs, changed: lagMs });
        await control.setFaults?.({ kind: 'reset-after', times: 1, call: calls.create });

        const code = await codeOf(session.create(type, spec, wish('new')));
        expect([undefined, 'outcome-pending']).to.include(code);
        await control.passMs?.(lagMs);
        const body = await created(
          session,
          type,
          spec,
          wish('new', { mayHaveBeenSent: true, sentAgoMs: lagMs }),
        );

        await control.passMs?.(lagMs);
        expect((await idsOf(type)).filter((id) => !before.includes(id))).to.deep.equal([body.cloudId]);
      });
    }

    async function idsOf(type: CreatableType): Promise<readonly string[]> {
      const bodies = await listed(open(examined()), groupOf(examined(), type));
      return bodies.filter((body) => body.type === type && !isOver(body)).map(({ cloudId }) => cloudId);
    }

    it('a change is answered as it will be, though it is seen as it was', async () => {
      const { control, specs } = examined();
      const session = open(examined());
      for (const type of creatableTypes) {
        const rows = specs[type]?.patches as readonly Patch<UpdatableType>[] | undefined;
        const patch = rows?.map((row) => row.patch).find((it) => 'tags' in it);
        if (patch === undefined) continue;
        const body = (await createMaker(examined()).make(type)) as ResourceBody;
        await control.setLagMs?.({ changed: lagMs });

        const { resource } = await session.update(
          type as UpdatableType,
          targetOf(body),
          patch as never,
          writing(),
        );

        expect(resource?.tags, type).to.deep.include({ role: 'db' });
        await control.passMs?.(lagMs);
        expect((await shown(session, body))?.tags, type).to.deep.equal(resource?.tags);
        await control.reset();
      }
    });

    it('what is destroyed is answered as gone or going, though it is seen as it was', async () => {
      const { control, cloud } = examined();
      const session = open(examined());
      for (const type of creatableTypes) {
        const body = (await createMaker(examined()).make(type)) as ResourceBody;
        await control.setLagMs?.({ changed: lagMs });

        const change = await session.destroy(type as DestroyableType, targetOf(body), writing());

        const { resource } = change;
        if (resource === null) expect(change.gone, type).to.deep.include({ type, cloudId: body.cloudId });
        else
          expect(cloud.isTransitional(resource) || isOver(resource), `${type} ${resource.state}`).to.equal(
            true,
          );
        await control.passMs?.(lagMs);
        await gone(examined(), session, body);
        await control.reset();
      }
    });

    it('a listing is behind in the same way, and complete all the same', async () => {
      const { control } = examined();
      const old = (await createMaker(examined()).make('network')) as ResourceBody;
      await control.passMs?.(lagMs);
      await control.setLagMs?.({ created: lagMs });
      const spec = await specsOf(examined(), 'network').minimal(createMaker(examined()));
      const fresh = (await created(open(examined()), 'network', spec, wish('fresh'))) as ResourceBody;

      expect(await inListing(examined(), old)).to.deep.equal(old);
      expect(await inListing(examined(), fresh)).to.equal(undefined);
      await control.passMs?.(lagMs);
      expect(await inListing(examined(), fresh)).to.include({ cloudId: fresh.cloudId });
    });
  });
}
