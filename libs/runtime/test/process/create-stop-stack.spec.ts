import { expect } from 'chai';
import { createStopStack } from '../../src/process/create-stop-stack.ts';

describe('createStopStack', () => {
  it('stops in reverse order, each after the one before has stopped', async () => {
    const stopped: string[] = [];
    const stack = createStopStack();
    stack.add('store', () => void stopped.push('store'));
    stack.add('broker', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      stopped.push('broker');
    });
    stack.add('consumer', () => void stopped.push('consumer'));

    await stack.stop();

    expect(stopped).to.deep.equal(['consumer', 'broker', 'store']);
  });

  it('attempts all, bounds each, and names those that failed', async () => {
    const stopped: string[] = [];
    const stack = createStopStack({ timeoutMs: 10 });
    stack.add('store', () => void stopped.push('store'));
    stack.add('broker', () => new Promise(() => {}));
    stack.add('consumer', () => {
      throw new Error('channel closed');
    });

    const err: unknown = await stack.stop().catch((reason: unknown) => reason);

    expect(stopped).to.deep.equal(['store']);
    expect(err)
      .to.be.instanceOf(AggregateError)
      .with.property(
        'message',
        '2 of 3 parts did not stop cleanly: consumer: channel closed; broker: did not stop within 10 ms',
      );
  });

  it('stops once, however often it is asked', async () => {
    let times = 0;
    const stack = createStopStack();
    stack.add('store', () => {
      times += 1;
    });

    await Promise.all([stack.stop(), stack.stop()]);
    await stack.stop();

    expect(times).to.equal(1);
  });

  it('takes nothing more once it is stopping', async () => {
    const stack = createStopStack();
    await stack.stop();

    expect(() => stack.add('late', () => {})).to.throw('late was started while everything is being stopped');
  });
});
