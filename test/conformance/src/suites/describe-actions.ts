// What may be done in which state: the table that capabilities() tells, held against the cloud itself.
import {
  type CreatableType,
  creatableTypes,
  type DestroyableType,
  type InstanceAction,
  instanceActions,
  type ResourceBody,
  type ResourceCall,
  type UpdatableType,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { CloudUnderTest, Examined } from '../cloud-under-test.ts';
import { createMaker, specsOf } from '../create-maker.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { expectKnownState } from '../expect-known-state.ts';
import {
  acted,
  codeOf,
  created,
  open,
  reached,
  settled,
  shown,
  targetOf,
  wish,
  writing,
} from '../session.ts';
import type { Patch } from '../specs.ts';

export function describeActions(examined: Examined): void {
  describe('actions', () => {
    it('stops, starts and terminates, answering the whole instance each time', async () => {
      const session = open(examined());
      const running = (await createMaker(examined()).make('instance')) as ResourceBody;

      const stopped = await acted(session, 'stop', running);
      await reached(session, running, 'stopped');
      const started = await acted(session, 'start', running);
      await reached(session, running, 'running');
      const terminated = await acted(session, 'terminate', running);
      await reached(session, running, 'terminated');

      expect(['stopping', 'stopped']).to.include(stopped.state);
      expect(['pending', 'running']).to.include(started.state);
      expect(['terminating', 'terminated']).to.include(terminated.state);
      for (const body of [stopped, started, terminated]) {
        expect(body).to.include({ cloudId: running.cloudId, imageId: running['imageId'] });
      }
    });

    it('takes no harm from stop, start and terminate said twice', async () => {
      const session = open(examined());
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;

      await acted(session, 'start', instance);
      await acted(session, 'stop', instance);
      await acted(session, 'stop', instance);
      await reached(session, instance, 'stopped');
      await acted(session, 'terminate', instance);
      const last = await acted(session, 'terminate', instance);

      expect(['terminating', 'terminated']).to.include(last.state);
    });

    it('changes nothing in a dry run', async function () {
      const { control } = examined();
      if (control.snapshot === undefined) return this.skip();
      const session = open(examined());
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;
      const before = await control.snapshot();

      for (const action of ['start', 'stop', 'reboot', 'terminate', 'resume'] as const) {
        const change = await session.act(action, targetOf(instance), writing({ dryRun: true }));
        expect(change.resource, action).to.equal(null);
      }

      expect(await control.snapshot()).to.deep.equal(before);
    });

    it('does not know an instance that is not there', async () => {
      const session = open(examined());
      const instance = (await createMaker(examined()).make('instance')) as ResourceBody;
      const nobody = { ...instance, cloudId: `${instance.cloudId.slice(0, -4)}0000` };

      for (const action of instanceActions) {
        await expectGatewayError(session.act(action, targetOf(nobody), writing()), 'cloud-not-found');
      }
    });

    for (const state of ['pending', 'running', 'stopping', 'stopped', 'terminating', 'terminated'] as const) {
      it(`can do to one that is ${state} just what it says`, async function () {
        const { control } = examined();
        if (control.holdTransitions === undefined) return this.skip();

        for (const action of instanceActions) {
          await control.reset();
          const instance = await instanceIn(examined(), state);

          const works = await hasEffect(examined(), action, instance);

          expect(works, `${action} while ${state}`).to.equal(isAllowed(examined(), instance, action));
        }
      });
    }

    for (const type of creatableTypes) {
      it(`can change and destroy a new ${type} just as it says, also while it is in transition`, async function () {
        const { control, specs } = examined();
        if (control.holdTransitions === undefined || specs[type] === undefined) return this.skip();

        for (const isHeld of [true, false]) {
          await expectAllowed(examined(), type, 'update', isHeld);
          await control.reset();
          await expectAllowed(examined(), type, 'destroy', isHeld);
          await control.reset();
        }
      });
    }

    it('cannot destroy what is in use, as it says', async () => {
      const { make } = createMaker(examined());
      const session = open(examined());
      const { volumeId } = await make('volume-attachment');
      const { ipAddressId } = await make('ip-address-binding');

      for (const known of [
        { type: 'volume', cloudId: volumeId },
        { type: 'ip-address', cloudId: ipAddressId },
      ]) {
        const body = await reached(session, known as ResourceBody, 'in_use');

        await expectGatewayError(
          session.destroy(body.type as DestroyableType, targetOf(body), writing()),
          'cloud-conflict',
        );
        expect(isAllowed(examined(), body, 'destroy')).to.equal(false);
        expect(await shown(session, body)).to.deep.equal(body);
      }
    });
  });
}

function isAllowed({ cloud }: CloudUnderTest, { type, state }: ResourceBody, call: ResourceCall): boolean {
  const { states } = cloud.capabilities().resources.find((row) => row.type === type) ?? { states: [] };
  return states.find((row) => row.state === state)?.allows.includes(call) === true;
}

interface Step {
  readonly from?: 'stopped';
  readonly action?: InstanceAction;
  /** The action leads into a transition, and it stays there. */
  readonly isHeld?: true;
}

const steps = {
  // Started again: one that has never run yet cannot be stopped.
  pending: { from: 'stopped', action: 'start', isHeld: true },
  running: {},
  stopping: { action: 'stop', isHeld: true },
  stopped: { action: 'stop' },
  terminating: { action: 'terminate', isHeld: true },
  terminated: { action: 'terminate' },
} as const satisfies Record<string, Step>;

/** Makes an instance that can be suspended too, and brings it into the state. */
async function instanceIn(examined: CloudUnderTest, state: keyof typeof steps): Promise<ResourceBody> {
  const step: Step = steps[state];
  const session = open(examined);
  const instance = specsOf(examined, 'instance');
  const spec = await (instance.able ?? instance.minimal)(createMaker(examined));
  const made = (await created(session, 'instance', spec, wish('acted on'))) as ResourceBody;
  const body = await reached(session, made, 'running');
  if (step.from === 'stopped') {
    await acted(session, 'stop', body);
    await reached(session, body, 'stopped');
    await examined.control.passMs?.(1_000);
  }
  if (step.isHeld === true) await examined.control.holdTransitions?.();
  if (step.action !== undefined) await acted(session, step.action, body);
  return reached(session, body, state);
}

/**
 * Succeeds, and leads somewhere: what leaves everything as it is has no effect. A reboot, and stop and terminate said
 * again to what is on its way, show nothing; then success says it.
 */
async function hasEffect(
  examined: CloudUnderTest,
  action: InstanceAction,
  body: ResourceBody,
): Promise<boolean> {
  const session = open(examined);
  const before = await shown(session, body);
  const code = await codeOf(session.act(action, targetOf(body), writing()));
  if (code !== undefined) {
    expect(
      ['cloud-conflict', 'cloud-refused', 'cloud-not-found'],
      `${action} while ${body.state}`,
    ).to.include(code);
    expect(await shown(session, body)).to.deep.equal(before);
    return false;
  }
  const after = await shown(session, body);
  if (after !== undefined) expectKnownState(examined, after);
  return after?.state !== before?.state || isAllowed(examined, body, action);
}

async function expectAllowed(
  examined: CloudUnderTest,
  type: CreatableType,
  call: 'update' | 'destroy',
  isHeld: boolean,
): Promise<void> {
  const { control, cloud } = examined;
  const session = open(examined);
  const { minimal, patches } = specsOf(examined, type);
  const spec = await minimal(createMaker(examined));
  if (isHeld) await control.holdTransitions?.();
  const made = (await created(session, type, spec, wish('new'))) as ResourceBody;
  const body = isHeld ? made : await settled(examined, session, made);
  if (isHeld && !cloud.isTransitional(body)) return;
  const row = (patches as readonly Patch<UpdatableType>[] | undefined)?.find(({ patch }) => 'tags' in patch);
  if (call === 'update' && row === undefined) return;

  const code = await codeOf(
    call === 'update'
      ? session.update(type as UpdatableType, targetOf(body), row?.patch as never, writing())
      : session.destroy(type as DestroyableType, targetOf(body), writing()),
  );

  expect(code === undefined, `${call} while ${body.state}: ${code ?? 'done'}`).to.equal(
    isAllowed(examined, body, call),
  );
}
