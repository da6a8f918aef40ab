// Every type that can be made: from nothing until it is gone.
import type { Change } from '@cloud-gateway/clouds';
import {
  bodySchemas,
  type CreatableType,
  creatableTypes,
  type DestroyableType,
  hasCall,
  type ResourceBody,
  type UpdatableType,
  type UpdateOf,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { CloudUnderTest, Examined } from '../cloud-under-test.ts';
import { createMaker, specsOf } from '../create-maker.ts';
import { expectKnownState } from '../expect-known-state.ts';
import {
  acted,
  codeOf,
  created,
  gone,
  inListing,
  open,
  reached,
  settled,
  shown,
  targetOf,
  wish,
  writing,
} from '../session.ts';
import type { Patch } from '../specs.ts';

export function describeTypes(examined: Examined): void {
  describe('types', () => {
    for (const type of creatableTypes) describeType(examined, type);
  });
}

function describeType(examined: Examined, type: CreatableType): void {
  describe(type, () => {
    beforeEach(function () {
      if (examined().specs[type] === undefined) this.skip();
    });

    for (const way of ['minimal', 'full'] as const) {
      it(`made from its ${way} spec is what was asked for, to the one who asks and in the listing`, async function () {
        const maker = createMaker(examined());
        const session = open(examined());
        const spec = await specsOf(examined(), type)[way]?.(maker);
        if (spec === undefined) return this.skip();

        const answered = (await created(session, type, spec, wish('the wish'))) as ResourceBody;

        const seen = await settled(examined(), session, answered);
        const { rewrites, passing } = specsOf(examined(), type);
        expectFits(examined(), answered);
        expectFits(examined(), seen);
        expectSaysThat(seen, without(spec as Wanted, rewrites));
        expect(await inListing(examined(), seen), 'listed').to.deep.equal(seen);
        expect(lasting(answered, passing), 'answered').to.deep.equal(lasting(seen, passing));
      });
    }

    it('dry, is neither made nor changed nor destroyed', async function () {
      const { control } = examined();
      if (control.snapshot === undefined) return this.skip();
      const maker = createMaker(examined());
      const session = open(examined());
      const { minimal, patches } = specsOf(examined(), type);
      const spec = await minimal(maker);
      const body = (await maker.make(type)) as ResourceBody;
      const patch = await patchOf(patches?.[0] as Patch<UpdatableType> | undefined, examined());
      const before = await control.snapshot();
      const dry = writing({ dryRun: true });

      const changes: Change[] = [
        await session.create(type, spec, wish('dry', { dryRun: true })),
        ...(patch === undefined
          ? []
          : [await session.update(type as UpdatableType, targetOf(body), patch, dry)]),
        await session.destroy(type as DestroyableType, targetOf(body), dry),
      ];

      for (const change of changes) expect(change).to.deep.equal({ resource: null, alsoSeen: [], gone: [] });
      expect(await control.snapshot()).to.deep.equal(before);
    });

    if (hasCall(type, 'update')) {
      it('changes what a patch names and nothing else, however often it is said', async () => {
        const updatable = type as UpdatableType;
        const session = open(examined());
        let body = (await createMaker(examined()).make(type)) as ResourceBody;
        const patches = specsOf(examined(), updatable).patches as
          | readonly Patch<typeof updatable>[]
          | undefined;
        for (const row of patches ?? []) {
          const patch = await patchOf(row, examined());
          if (row.whileStopped) {
            await acted(session, 'stop', body);
            body = await reached(session, body, 'stopped');
          }

          const { resource } = await session.update(updatable, targetOf(body), patch as never, writing());
          const again = await session.update(
            updatable,
            targetOf(body),
            patch as never,
            writing({ mayHaveBeenSent: true }),
          );

          const seen = await settled(examined(), session, body);
          expectFits(examined(), seen);
          expectSaysThat(seen, patch as Wanted);
          expect(lasting(seen), JSON.stringify(patch)).to.deep.equal({
            ...lasting(body),
            ...differing(lasting(seen), Object.keys(patch as object)),
          });
          for (const told of [resource, again.resource]) {
            expect(lasting(await settledOf(told))).to.deep.equal(lasting(seen));
          }
          body = seen;
        }

        // What takes time is told by the cloud when it is over.
        async function settledOf(told: ResourceBody | null): Promise<ResourceBody> {
          expect(told).not.to.equal(null);
          const resource = told as ResourceBody;
          return examined().cloud.isTransitional(resource)
            ? settled(examined(), session, resource)
            : resource;
        }
      });
    }

    it('destroyed, is gone; and once more, when that may have been sent', async () => {
      const session = open(examined());
      const body = (await createMaker(examined()).make(type)) as ResourceBody;

      const first = await session.destroy(type as DestroyableType, targetOf(body), writing());
      await gone(examined(), session, body);
      const again = await session.destroy(
        type as DestroyableType,
        targetOf(body),
        writing({ mayHaveBeenSent: true }),
      );

      expectGoing(examined(), first, body);
      expectGoing(examined(), again, body);
      // Some clouds say of what is not there that it is destroyed; none says anything else.
      const code = await codeOf(session.destroy(type as DestroyableType, targetOf(body), writing()));
      expect([undefined, 'cloud-not-found', 'cloud-conflict']).to.include(code);
    });

    it('asked for by an id that is not there, is not there', async () => {
      const session = open(examined());
      const body = (await createMaker(examined()).make(type)) as ResourceBody;
      const cloudId = body.cloudId.replaceAll(/[0-9a-f]{4}(?=:|$)/g, '0000');

      expect(await shown(session, { type, cloudId })).to.equal(undefined);
      const both = await session.look(type, [cloudId, body.cloudId], AbortSignal.timeout(10_000));
      expect(both.filter((seen) => seen.type === type)).to.have.length(1);
    });
  });
}

interface Wanted {
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string | null>>;
  readonly cloudAttributes?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** What the body has under the name of a field of the wish has to be the field. */
function expectSaysThat(body: ResourceBody, { tags = {}, cloudAttributes = {}, ...fields }: Wanted): void {
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(body, name)) expect(body[name], name).to.deep.equal(value);
  }
  for (const [name, value] of Object.entries(cloudAttributes)) {
    if (Object.hasOwn(body.cloudAttributes, name)) {
      expect(body.cloudAttributes[name], name).to.deep.equal(value);
    }
  }
  for (const [key, value] of Object.entries(tags)) {
    if (value === null) expect(body.tags).not.to.have.property(key);
    else expect(body.tags).to.have.property(key, value);
  }
}

function expectFits(examined: CloudUnderTest, body: ResourceBody): void {
  expect(bodySchemas[body.type].parse(body)).to.deep.equal(body);
  expectKnownState(examined, body);
}

function expectGoing({ cloud }: CloudUnderTest, { resource, gone: over }: Change, known: ResourceBody): void {
  const { type, cloudId } = known;
  if (resource === null) expect(over).to.deep.include({ type, cloudId });
  else expect(resource).to.include({ type, cloudId });
  if (resource !== null && !cloud.isTransitional(resource)) expect(resource.state).to.equal('terminated');
}

/** The body without what passes by itself. */
function lasting(body: ResourceBody, passing: readonly string[] = []): Record<string, unknown> {
  return without(body, ['state', 'rawState', 'stateReason', 'progressPercent', ...passing]);
}

/** Leaves the fields out, and those of that name in cloudAttributes. */
function without<T extends { readonly cloudAttributes?: Readonly<Record<string, unknown>> }>(
  { cloudAttributes = {}, ...fields }: T,
  names: readonly string[] = [],
): Record<string, unknown> {
  const rest = (some: object) =>
    Object.fromEntries(Object.entries(some).filter(([name]) => !names.includes(name)));
  return { ...rest(fields), cloudAttributes: rest(cloudAttributes) };
}

function differing(body: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  const changing = [
    ...fields,
    ...(fields.includes('name') || fields.includes('tags') ? ['name', 'tags'] : []),
  ];
  return Object.fromEntries(changing.filter((name) => name in body).map((name) => [name, body[name]]));
}

async function patchOf(
  row: Patch<UpdatableType> | undefined,
  examined: CloudUnderTest,
): Promise<UpdateOf<UpdatableType> | undefined> {
  return typeof row?.patch === 'function' ? row.patch(createMaker(examined)) : row?.patch;
}
