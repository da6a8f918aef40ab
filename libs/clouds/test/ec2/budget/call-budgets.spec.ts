import { createTestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { createCallBudgets, type Purpose, type ThrottledCall } from '../../../src/ec2/budget/call-budgets.ts';
import { rejection } from '../../test-cloud.ts';

const never = new AbortController().signal;

function budgets({ max = 100, poll = 10, request = 50 } = {}) {
  const clock = createTestClock(0);
  const throttled: ThrottledCall[] = [];
  const all = createCallBudgets({
    clock,
    percent: { poll, request },
    onThrottled: (call) => throttled.push(call),
    max,
  });
  const of = (purpose: Purpose, cloudAccountId = '1', region = 'us-east-1') =>
    all.of({ region, cloudAccountId, purpose });
  return { clock, all, of, throttled };
}

async function taken(
  count: number,
  budget: { take(action: string, signal: AbortSignal): Promise<void> },
  action: string,
) {
  for (let call = 0; call < count; call += 1) await budget.take(action, never);
}

/** Waits for nothing: has the budget's wait told instead. */
async function refusal(budget: { take(action: string, signal: AbortSignal): Promise<void> }, action: string) {
  return rejection(budget.take(action, AbortSignal.abort()));
}

describe('createCallBudgets', () => {
  it('lets polls have their part of the burst and of the rate', async () => {
    const { of, clock } = budgets();
    const poll = of('poll');

    await taken(10, poll, 'DescribeInstances');
    // 10 percent of 20 a second.
    expect(await refusal(poll, 'DescribeInstances')).to.include({
      code: 'cloud-throttled',
      retryAfterMs: 500,
    });
    clock.advance(500);
    await taken(1, poll, 'DescribeInstances');
  });

  it('keeps polls and requests, accounts, regions and actions apart', async () => {
    const { of } = budgets();
    await taken(10, of('poll'), 'DescribeInstances');

    await taken(50, of('request'), 'DescribeInstances');
    await taken(10, of('poll', '2'), 'DescribeInstances');
    await taken(10, of('poll', '1', 'eu-west-1'), 'DescribeInstances');
    await taken(10, of('poll'), 'DescribeVolumes');
    expect(await refusal(of('poll'), 'DescribeInstances')).to.include({ code: 'cloud-throttled' });
  });

  it('refuses a request at once that would wait for more than five seconds, and says how long', async () => {
    const { of } = budgets({ request: 2 });
    // 2 percent of CreateVpc: one call, and one in ten seconds.
    await taken(1, of('request'), 'CreateVpc');

    const error = await rejection(of('request').take('CreateVpc', never));

    expect(error).to.include({ code: 'cloud-throttled', retryAfterMs: 10_000 });
    expect(error.message).to.include('CreateVpc').and.include('nothing was sent');
  });

  it('waits for a turn that comes soon', async () => {
    const { of } = budgets({ poll: 1_000 });
    await taken(1_000, of('poll'), 'DescribeInstances');

    // One in 5 ms.
    await of('poll').take('DescribeInstances', never);
  });

  it('takes the turn of one that gives up back', async () => {
    const { of, clock } = budgets();
    const poll = of('poll');
    await taken(10, poll, 'DescribeInstances');

    await refusal(poll, 'DescribeInstances');
    await refusal(poll, 'DescribeInstances');
    clock.advance(500);

    await taken(1, poll, 'DescribeInstances');
  });

  it('lets one call through however small its part is', async () => {
    const { of } = budgets({ poll: 1 });

    await taken(1, of('poll'), 'RunInstances');
  });

  it('slows down when the cloud throttles, tells of it, and recovers', async () => {
    const { of, throttled } = budgets();
    const poll = of('poll');

    poll.noteThrottled('DescribeInstances');
    const slow = await refusal(poll, 'DescribeInstances');
    for (let success = 0; success < 100; success += 1) poll.noteTaken('DescribeInstances');
    const recovered = await refusal(poll, 'DescribeInstances');

    // 1.4 a second, then 2 a second again.
    expect(slow).to.include({ retryAfterMs: 715 });
    expect(recovered).to.include({ retryAfterMs: 500 });
    expect(throttled).to.deep.equal([
      { region: 'us-east-1', cloudAccountId: '1', purpose: 'poll', action: 'DescribeInstances' },
    ]);
  });

  it('forgets what nobody used for ten minutes, and the longest unused when there are too many', async () => {
    const { of, all, clock } = budgets({ max: 3 });
    for (const account of ['1', '2', '3', '4']) await taken(1, of('poll', account), 'DescribeInstances');
    expect(all.size).to.equal(3);

    clock.advance(10 * 60_000);
    await taken(1, of('poll', '5'), 'DescribeInstances');

    expect(all.size).to.equal(1);
  });
});
