import {
  accountForgetRoute,
  accountListRoute,
  clientDisableRoute,
  resourceCreateRoute,
  resourceListRoute,
  resourceShowRoute,
  tokenCreateRoute,
  tokenRevokeRoute,
  tokenShowRoute,
} from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { openAmqpDoor } from '../src/amqp-client.ts';
import {
  type ApiClient,
  createApiClient,
  createCredentials,
  logIn,
  newClient,
  prove,
} from '../src/api-client.ts';
import { openHttpDoor } from '../src/http-client.ts';
import { instancesInCloud, launch, launchBody, pathOf } from '../src/launches.ts';
import { useDoor, useGateway } from '../src/use-gateway.ts';

const list = resourceListRoute('instance');
const oneSecond = { timeoutMs: 1_000, intervalMs: 10 };

describe('two clients', function () {
  this.timeout(30_000);
  const gateway = useGateway();
  const http = useDoor(openHttpDoor, gateway);
  const amqp = useDoor(openAmqpDoor, gateway);

  it('each prove the account; neither reads by the proof of the other, nor loses by the other forgetting', async () => {
    const first = await newClient(gateway(), http());
    const second = await newClient(gateway(), amqp());
    const params = pathOf(gateway());
    await prove(gateway(), first);
    const { id } = await launch(gateway(), first);
    const before = instancesInCloud(gateway());

    // The same questions at both doors: a grant belongs to the client, wherever he comes in.
    for (const door of [http(), amqp()]) {
      const stranger = createApiClient(door, second.token);
      for (const refused of [
        await stranger.refusal(list, { params }),
        await stranger.refusal(resourceShowRoute('instance'), { params: { ...params, id } }),
        await stranger.refusal(resourceCreateRoute('instance'), { params, body: launchBody(gateway()) }),
        await stranger.refusal(accountForgetRoute, { params: { account: params.account } }),
      ]) {
        expect(refused).to.include({ status: 403, code: 'account-not-proven' });
      }
      expect((await stranger.ask(accountListRoute)).items).to.deep.equal([]);
    }
    expect(instancesInCloud(gateway()), 'the refused launches').to.deep.equal(before);

    await prove(gateway(), second);
    await eventually(() => second.ask(list, { params }), oneSecond);
    expect(await second.ask(resourceShowRoute('instance'), { params: { ...params, id } })).to.include({ id });

    await first.ask(accountForgetRoute, { params: { account: params.account } });
    await isRefused(first, 'account-not-proven');
    expect((await first.ask(accountListRoute)).items).to.deep.equal([]);
    expect(await second.ask(resourceShowRoute('instance'), { params: { ...params, id } })).to.include({ id });
    expect(await launch(gateway(), second)).to.include({ account: params.account });
  });

  it('do no more with a narrowed token than it says, and cannot widen it', async () => {
    const credentials = await createCredentials(gateway(), http());
    await prove(gateway(), await logIn(http(), credentials));
    const reader = await logIn(http(), credentials, { permissions: ['resources:read'] });
    const params = pathOf(gateway());

    expect((await reader.ask(tokenShowRoute)).permissions).to.deep.equal(['resources:read']);
    await reader.ask(list, { params });
    for (const door of [http(), amqp()]) {
      const refused = await createApiClient(door, reader.token).refusal(resourceCreateRoute('instance'), {
        params,
        body: launchBody(gateway()),
      });
      expect(refused).to.include({ status: 403, code: 'forbidden' });
      expect(refused.detail).to.contain('resources:write');
    }
    const wider = await createApiClient(http()).refusal(tokenCreateRoute, {
      body: { ...credentials, permissions: ['clients:manage'] },
    });
    expect(wider).to.include({ status: 403, code: 'forbidden' });
  });

  it('lose a revoked token within a second at every service, and no other token', async () => {
    const credentials = await createCredentials(gateway(), http());
    const [revoked, kept] = [await logIn(http(), credentials), await logIn(http(), credentials)];
    await prove(gateway(), revoked);
    for (const client of [revoked, kept]) await client.ask(list, { params: pathOf(gateway()) });

    await revoked.ask(tokenRevokeRoute, { params: { token: 'current' } });
    await Promise.all([
      isRefused(revoked, 'unauthenticated'),
      isRefused(createApiClient(amqp(), revoked.token), 'unauthenticated'),
      eventually(async () => {
        expect(await revoked.refusal(tokenShowRoute)).to.include({ status: 401, code: 'unauthenticated' });
        return true;
      }, oneSecond),
    ]);
    await kept.ask(list, { params: pathOf(gateway()) });
    await kept.ask(tokenShowRoute);
  });

  it('a disabled client loses its tokens within a second and gets no other; the other client works on', async () => {
    const credentials = await createCredentials(gateway(), http());
    const disabled = await logIn(http(), credentials);
    const other = await newClient(gateway(), http());
    for (const client of [disabled, other]) {
      await prove(gateway(), client);
      await client.ask(list, { params: pathOf(gateway()) });
    }

    const administrator = await logIn(http(), gateway().administrator);
    const answer = await administrator.ask(clientDisableRoute, { params: { client: credentials.clientId } });
    expect(answer.disabledAt).to.be.a('string');
    await isRefused(disabled, 'unauthenticated');
    for (const door of [http(), amqp()]) {
      const refused = await createApiClient(door).refusal(tokenCreateRoute, { body: credentials });
      expect(refused).to.include({ status: 401, code: 'unauthenticated' });
    }
    await other.ask(list, { params: pathOf(gateway()) });
  });

  /** Within a second, reads of the account are refused with this code. */
  async function isRefused(client: ApiClient, code: string): Promise<void> {
    await eventually(async () => {
      expect(await client.refusal(list, { params: pathOf(gateway()) })).to.include({ code });
      return true;
    }, oneSecond);
  }
});
