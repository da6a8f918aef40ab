// One wish makes one resource, whatever happens to its answer and however often it is said again.
import type { CloudSession, SpecOf } from '@cloud-gateway/clouds';
import {
  type CreatableType,
  creatableTypes,
  type DestroyableType,
  isGatewayError,
  type ResourceBody,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { CloudUnderTest, Examined, Fault, FaultKind } from '../cloud-under-test.ts';
import { createMaker, specsOf } from '../create-maker.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { created, gone, groupOf, isOver, listed, open, targetOf, wish, writing } from '../session.ts';

// What may be told of a wish that did not come through: nothing was made, or nobody knows yet. Never anything else.
const unmade = ['cloud-throttled', 'cloud-failed', 'cloud-unreachable', 'cloud-timeout'];
const unknown = ['outcome-pending'];

interface Mishap extends Pick<Fault, 'kind' | 'times'> {
  readonly kind: FaultKind;
  /** The caller gives up before the cloud does. */
  readonly deadlineMs?: number;
  readonly mayHaveEffect: boolean;
}

const mishaps: Readonly<Record<string, Mishap>> = {
  'the connection breaks before the effect': { kind: 'reset-before', times: 1, mayHaveEffect: true },
  'the connection breaks after the effect': { kind: 'reset-after', times: 1, mayHaveEffect: true },
  'the connection breaks in the answer': { kind: 'reset-mid-answer', times: 1, mayHaveEffect: true },
  'every connection breaks after the effect': { kind: 'reset-after', mayHaveEffect: true },
  'the cloud fails after the effect': { kind: 'fail-after', times: 1, mayHaveEffect: true },
  'there are too many calls': { kind: 'throttle', times: 1, mayHaveEffect: false },
  'no answer comes, and no effect': { kind: 'hang-before', deadlineMs: 200, mayHaveEffect: true },
  'no answer comes, but the effect': { kind: 'hang-after', deadlineMs: 200, mayHaveEffect: true },
};

export function describeRepetition(examined: Examined): void {
  describe('repetition', () => {
    for (const type of creatableTypes) {
      describe(type, () => {
        let session: CloudSession;
        beforeEach(function () {
          if (examined().specs[type] === undefined) this.skip();
          session = open(examined());
        });

        it('is made once, when the same wish is said again', async () => {
          const spec = await specOf(examined(), type);
          const before = await idsOf(examined(), type);
          const first = await created(session, type, spec, wish('the wish'));

          const again = await created(session, type, spec, repeated('the wish'));

          expect(again.cloudId).to.equal(first.cloudId);
          expect(await idsMade(examined(), type, before)).to.deep.equal([first.cloudId]);
        });

        for (const [what, mishap] of Object.entries(mishaps)) {
          it(`is made once, when ${what}`, async function () {
            if (examined().control.setFaults === undefined) return this.skip();
            await expectMadeOnce(examined(), type, mishap);
          });
        }

        it('destroyed again, when the connection breaks after the effect, is gone', async function () {
          const { control } = examined();
          if (control.setFaults === undefined) return this.skip();
          const body = (await createMaker(examined()).make(type)) as ResourceBody;
          const call = specsOf(examined(), type).calls.destroy;
          await control.setFaults({ kind: 'reset-after', times: 1, call });

          await session.destroy(type as DestroyableType, targetOf(body), writing());

          expect(await control.countCalls?.(call)).to.equal(2);
          await gone(examined(), session, body);
        });
      });
    }

    it('makes another one for another wish', async () => {
      const session = open(examined());
      const spec = await specOf(examined(), 'instance');

      const one = await created(session, 'instance', spec, wish('one'));
      const other = await created(session, 'instance', spec, wish('other'));

      expect(one.cloudId).not.to.equal(other.cloudId);
    });

    it('refuses the token of one wish for another', async () => {
      const session = open(examined());
      const spec = await specOf(examined(), 'instance');
      await created(session, 'instance', spec, wish('once'));

      const error = await expectGatewayError(
        session.create('instance', { ...spec, name: 'something else' }, wish('once')),
        'idempotency-key-reused',
      );

      expect(error.cloud?.code).to.be.a('string').that.is.not.empty;
    });

    it('is one wish, when it is said three times at once', async () => {
      const session = open(examined());
      const spec = await specOf(examined(), 'instance');

      const bodies = await Promise.all([1, 2, 3].map(() => created(session, 'instance', spec, wish('once'))));

      expect(new Set(bodies.map(({ cloudId }) => cloudId)).size).to.equal(1);
    });

    it('finds what a wish has made, and makes nothing', async () => {
      const session = open(examined());
      const spec = await specOf(examined(), 'network');
      const { cloudId } = await created(session, 'network', spec, wish('the wish'));

      const [found, ...others] = await session.findCreated(
        'network',
        'the wish',
        AbortSignal.timeout(10_000),
      );

      expect(found?.cloudId).to.equal(cloudId);
      expect(others).to.deep.equal([]);
      expect(await session.findCreated('network', 'never said', AbortSignal.timeout(10_000))).to.deep.equal(
        [],
      );
    });
  });
}

async function expectMadeOnce(
  examined: CloudUnderTest,
  type: CreatableType,
  { deadlineMs, mayHaveEffect, ...fault }: Mishap,
): Promise<void> {
  const { control } = examined;
  const session = open(examined);
  const { create: call } = specsOf(examined, type).calls;
  const spec = await specOf(examined, type);
  const before = await idsOf(examined, type);
  const sentBefore = (await control.countCalls?.(call)) ?? 0;
  await control.setFaults?.({ ...fault, call });
  const signal = AbortSignal.timeout(deadlineMs ?? 20_000);

  const failure = await session.create(type, spec, wish('the wish', { signal })).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const sent = ((await control.countCalls?.(call)) ?? 0) - sentBefore;
  await control.setFaults?.();
  // A mishap that may have had an effect is told as "nothing was made" only where that is true.
  const code = isGatewayError(failure) ? failure.code : String(failure);
  if (failure !== undefined) {
    expect(mayHaveEffect ? [...unmade, ...unknown] : unmade, code).to.include(code);
    if (unmade.includes(code)) expect(await idsMade(examined, type, before), code).to.deep.equal([]);
  }
  const { cloudId } = await created(session, type, spec, repeated('the wish'));

  expect(await idsMade(examined, type, before)).to.deep.equal([cloudId]);
  expect(sent, 'no storm of calls').to.be.within(1, 2);
}

async function specOf<T extends CreatableType>(examined: CloudUnderTest, type: T): Promise<SpecOf<T>> {
  return specsOf(examined, type).minimal(createMaker(examined));
}

/** The same wish again, some time after it was first sent. */
function repeated(name: string) {
  return wish(name, { mayHaveBeenSent: true, sentAgoMs: 10 });
}

async function idsOf(examined: CloudUnderTest, type: CreatableType): Promise<readonly string[]> {
  const bodies = await listed(open(examined), groupOf(examined, type));
  return bodies.filter((body) => body.type === type && !isOver(body)).map(({ cloudId }) => cloudId);
}

async function idsMade(
  examined: CloudUnderTest,
  type: CreatableType,
  before: readonly string[],
): Promise<readonly string[]> {
  return (await idsOf(examined, type)).filter((id) => !before.includes(id));
}
