import { topology } from '@cloud-gateway/contracts';
import { createTestVirtualHost, eventually } from '@cloud-gateway/test-support';
import { connect, type GetMessage } from 'amqplib';
import { expect } from 'chai';
import { parseBrokerUrl } from '../../src/broker/broker-address.ts';
import { openRequestSession } from '../../src/transport/request-session.ts';

describe('openRequestSession', function () {
  this.timeout(30_000);

  it('says how long the request is wanted as a span: its own clock may be minutes off', async () => {
    const host = await createTestVirtualHost();
    const service = await connect(host.url);
    try {
      const channel = await service.createChannel();
      await channel.assertExchange(topology.requestsExchange, 'topic');
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, topology.requestsExchange, '#');
      const address = parseBrokerUrl(host.url);
      const login = address.login ?? { username: '', password: '' };
      const session = await openRequestSession({ address, login, name: 'test', ca: undefined });
      const enough = new AbortController();
      const request = {
        id: 'req_1',
        method: 'GET',
        path: '/v1/clouds',
        query: '',
        headers: {},
        body: undefined,
      };
      const sending = session
        .send(request, { signal: enough.signal, deadlineAtMs: Date.now() + 20_000 })
        .catch((error: unknown) => error);
      const { content, properties } = await eventually(
        async (): Promise<GetMessage | false> => channel.get(queue),
      );
      enough.abort();
      await sending;
      await session.close();

      expect(JSON.parse(content.toString())).to.not.have.property('deadlineAt');
      expect(Number(properties.expiration)).to.be.within(1, 20_000);
    } finally {
      await service.close();
      await host.remove();
    }
  });
});
