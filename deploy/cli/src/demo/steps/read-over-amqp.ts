import { createGatewayClient } from '@cloud-gateway/client';
import type { Instance } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';

/** The same client code without HTTP: it logs in at the broker with its secret, and gets its token there too. */
export async function readOverAmqp({
  brokerUrl,
  client,
  account,
  instance,
  tell,
}: Pick<TourDeps, 'brokerUrl' | 'client' | 'tell'> & { account: string; instance: Instance }): Promise<void> {
  tell.step('read-over-amqp', `Read it over AMQP alone: ${new URL(brokerUrl).host}`);
  const overAmqp = createGatewayClient({ url: brokerUrl, ...client });
  try {
    const { cloudId, state, revision } = await overAmqp.call('instance-show', {
      params: { cloud: 'ec2', account, id: instance.cloudId },
    });
    tell.line(`${cloudId} is ${state}, revision ${revision}; no HTTP was spoken for it`);
    tell.done({ instance: cloudId, state, revision });
  } finally {
    await overAmqp.close();
  }
}
