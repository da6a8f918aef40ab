import { once } from 'node:events';
import { expect } from 'chai';
import { withCallDeadline } from '../../../src/ec2/client/with-call-deadline.ts';

describe('withCallDeadline', () => {
  it('aborts after its time', async () => {
    const deadline = withCallDeadline(new AbortController().signal, 5);

    await once(deadline.signal, 'abort');

    expect(deadline.signal.aborted).to.equal(true);
    deadline.dispose();
  });

  it('aborts with the caller, also with one that has given up before', () => {
    const caller = new AbortController();
    const before = withCallDeadline(caller.signal, 60_000);
    caller.abort();
    const after = withCallDeadline(caller.signal, 60_000);

    expect([before.signal.aborted, after.signal.aborted]).to.deep.equal([true, true]);
    before.dispose();
    after.dispose();
  });

  it('no longer listens to the caller once disposed of', () => {
    const caller = new AbortController();
    const deadline = withCallDeadline(caller.signal, 60_000);

    deadline.dispose();
    caller.abort();

    expect(deadline.signal.aborted).to.equal(false);
  });
});
