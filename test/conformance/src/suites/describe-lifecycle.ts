import type { InstanceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Examined } from '../cloud-under-test.ts';
import { expectGatewayError } from '../expect-gateway-error.ts';
import { launched, open, patience, reached } from '../session.ts';

export function describeLifecycle(examined: Examined): void {
  describe('lifecycle', () => {
    async function running(token: string): Promise<InstanceBody> {
      const { cloudId } = await launched(examined(), token);
      return reached(open(examined()), cloudId, 'running');
    }

    it('stops, starts and terminates, answering the whole instance each time', async () => {
      const { cloud } = examined();
      const session = open(examined());
      const { cloudId, imageId } = await running('life');

      const stopped = await session.stopInstance(cloudId, patience());
      await reached(session, cloudId, 'stopped');
      const started = await session.startInstance(cloudId, patience());
      await reached(session, cloudId, 'running');
      const terminated = await session.terminateInstance(cloudId, patience());
      await reached(session, cloudId, 'terminated');

      expect(['stopping', 'stopped']).to.include(stopped.state);
      expect(['pending', 'running']).to.include(started.state);
      expect(['terminating', 'terminated']).to.include(terminated.state);
      for (const body of [stopped, started, terminated]) expect(body).to.include({ cloudId, imageId });
      expect(cloud.isTransitional({ ...terminated, state: 'terminating' })).to.equal(true);
      expect(cloud.isTransitional({ ...terminated, state: 'terminated' })).to.equal(false);
    });

    it('takes no harm from stop, start and terminate said twice', async () => {
      const session = open(examined());
      const { cloudId } = await running('twice');

      await session.startInstance(cloudId, patience());
      await session.stopInstance(cloudId, patience());
      await session.stopInstance(cloudId, patience());
      await reached(session, cloudId, 'stopped');
      await session.terminateInstance(cloudId, patience());
      const last = await session.terminateInstance(cloudId, patience());

      expect(['terminating', 'terminated']).to.include(last.state);
    });

    it('reboots without a visible change of state', async () => {
      const session = open(examined());
      const { cloudId } = await running('reboot');

      const body = await session.rebootInstance(cloudId, patience());

      expect(body).to.include({ cloudId, state: 'running' });
    });

    it('says that the state does not allow to start what is terminated', async function () {
      if (!examined().control.isStrict) return this.skip();
      const session = open(examined());
      const { cloudId } = await running('dead');
      await session.terminateInstance(cloudId, patience());
      await reached(session, cloudId, 'terminated');

      const error = await expectGatewayError(session.startInstance(cloudId, patience()), 'cloud-conflict');

      expect(error.cloud?.code).to.equal('IncorrectInstanceState');
    });

    it('says that it does not know an instance that is not there', async () => {
      const { cloudId } = await running('there');
      const unknown = `${cloudId.slice(0, -4)}0000`;
      const session = open(examined());

      for (const call of ['startInstance', 'stopInstance', 'rebootInstance', 'terminateInstance'] as const) {
        await expectGatewayError(session[call](unknown, patience()), 'cloud-not-found');
      }
    });
  });
}
