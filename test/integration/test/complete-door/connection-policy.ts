import { environmentCreateRoute, environmentUpdateRoute } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { logIn } from '../../src/api-client.ts';
import { launchBody } from '../../src/launches.ts';
import type { DoorWorld } from './door-world.ts';

export function describeConnectionPolicy(world: () => DoorWorld): void {
  describe('the connection policy', () => {
    it('is that of the environment that is named, else that of the cloud; and does not fall back', async () => {
      const { mine, gateway } = world();
      const administrator = await logIn(mine.client.door, gateway.administrator);
      const { id, privateAddresses, publicAddresses } = await mine.create('instance', launchBody(gateway));
      const addressBy = async (query = '') => (await mine.show('instance', id, query)).connectAddress;
      expect(await addressBy(), 'local, by the cloud').to.equal(privateAddresses[0]);

      const environment = await administrator.ask(environmentCreateRoute, {
        body: { name: 'outside', connectionPolicy: 'public' },
      });
      const named = `environment=${environment.id}`;
      expect(await addressBy(named)).to.equal(publicAddresses[0] ?? null);
      for (const [connectionPolicy, address] of [
        ['auto', publicAddresses[0] ?? privateAddresses[0]],
        ['local', privateAddresses[0]],
        [null, privateAddresses[0]],
      ] as const) {
        await administrator.ask(environmentUpdateRoute, {
          params: { environment: environment.id },
          body: { connectionPolicy },
        });
        expect(await addressBy(named), String(connectionPolicy)).to.equal(address);
      }
      await mine.destroy('instance', id);
    });
  });
}
