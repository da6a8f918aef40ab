import { createSkewGuard, systemClock } from '@cloud-gateway/clock';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect } from 'chai';
import { createAwsClients } from '../../../src/ec2/client/aws-clients.ts';
import { guardedRequestHandler } from '../../../src/ec2/client/guarded-request-handler.ts';

const requestHandler = guardedRequestHandler({
  inner: new NodeHttpHandler({}),
  guard: createSkewGuard({ clock: systemClock, onTransition: () => {} }),
  clock: systemClock,
  probeTimeoutMs: 1_000,
});
const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'one' };

describe('createAwsClients', () => {
  it('gives the same client for the same credentials and region', async () => {
    const clients = createAwsClients({ endpoint: undefined, requestHandler, clock: systemClock });

    expect(await clients.ec2(key, 'us-east-1')).to.equal(await clients.ec2({ ...key }, 'us-east-1'));
    expect(await clients.ec2(key, 'us-east-1')).not.to.equal(await clients.ec2(key, 'eu-west-1'));
    clients.close();
  });

  it('never gives one that was made with another secret or session token', async () => {
    const clients = createAwsClients({ endpoint: undefined, requestHandler, clock: systemClock });
    const right = await clients.ec2(key, 'us-east-1');

    expect(await clients.ec2({ ...key, secretAccessKey: 'two' }, 'us-east-1')).not.to.equal(right);
    expect(await clients.ec2({ ...key, sessionToken: 'three' }, 'us-east-1')).not.to.equal(right);
    clients.close();
  });

  it('throws out the one that was not used for the longest time', async () => {
    const clients = createAwsClients({ endpoint: undefined, requestHandler, clock: systemClock, max: 2 });
    const first = await clients.ec2(key, 'r-1');
    const second = await clients.ec2(key, 'r-2');
    await clients.ec2(key, 'r-1');
    await clients.ec2(key, 'r-3');

    expect(await clients.ec2(key, 'r-1')).to.equal(first);
    expect(await clients.ec2(key, 'r-2')).not.to.equal(second);
    clients.close();
  });

  it('leaves out what copies each answer for a log that nobody writes', async () => {
    const clients = createAwsClients({ endpoint: undefined, requestHandler, clock: systemClock });
    const steps = (await clients.ec2(key, 'us-east-1')).middlewareStack.identify();
    clients.close();

    expect(steps).not.to.deep.equal([]);
    expect(steps.filter((step) => /log/i.test(step))).to.deep.equal([]);
  });
});
