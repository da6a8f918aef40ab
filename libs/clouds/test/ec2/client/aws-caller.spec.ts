import { GatewayError } from '@cloud-gateway/contracts';
import { silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createAwsCaller } from '../../../src/ec2/client/aws-caller.ts';
import { rejection } from '../../test-cloud.ts';

const call = createAwsCaller({
  where: 'ec2 us-east-1',
  secrets: [],
  timeoutMs: 50,
  random: () => 0,
  log: silentLog,
});
const never = new AbortController().signal;

function failing(times: number, error: Error) {
  let attempts = 0;
  const send = () => {
    attempts += 1;
    return attempts > times ? Promise.resolve('done') : Promise.reject(error);
  };
  return { send, attempts: () => attempts };
}

const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const throttled = Object.assign(new Error('Rate exceeded'), {
  name: 'Throttling',
  $metadata: { httpStatusCode: 400 },
});
const refused = Object.assign(new Error('No.'), {
  name: 'InvalidParameterValue',
  $metadata: { httpStatusCode: 400 },
});

describe('createAwsCaller', () => {
  it('reads up to three times when the connection fails', async () => {
    const twice = failing(2, reset);
    const thrice = failing(3, reset);

    expect(await call.read('Describe', never, twice.send)).to.equal('done');
    expect(await rejection(call.read('Describe', never, thrice.send))).to.include({
      code: 'cloud-unreachable',
    });
    expect([twice.attempts(), thrice.attempts()]).to.deep.equal([3, 3]);
  });

  it('writes up to twice', async () => {
    const twice = failing(2, reset);

    expect(await rejection(call.write('Run', never, twice.send))).to.include({ code: 'cloud-unreachable' });
    expect(twice.attempts()).to.equal(2);
  });

  for (const [what, error] of [
    ['throttled', throttled],
    ['refused', refused],
  ] as const) {
    it(`does not repeat what was ${what}`, async () => {
      const once = failing(1, error);

      await rejection(call.read('Describe', never, once.send));

      expect(once.attempts()).to.equal(1);
    });
  }

  it('ends an attempt after its time, and begins no other once the caller has given up', async () => {
    const controller = new AbortController();
    let attempts = 0;
    const hanging = ({ abortSignal }: { abortSignal: AbortSignal }) => {
      attempts += 1;
      if (attempts === 2) controller.abort();
      return new Promise<never>((_resolve, reject) => {
        const end = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
        if (abortSignal.aborted) end();
        abortSignal.addEventListener('abort', end);
      });
    };

    expect(await rejection(call.read('Describe', controller.signal, hanging))).to.include({
      code: 'cloud-timeout',
    });
    expect(attempts).to.equal(2);
  });

  it('tells whether a failed call may have had its effect', async () => {
    const outcomes = await Promise.all(
      [
        reset,
        refused,
        Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
        Object.assign(new Error(''), { name: 'InternalError', $metadata: { httpStatusCode: 500 } }),
        Object.assign(new Error(''), {
          name: 'InsufficientInstanceCapacity',
          $metadata: { httpStatusCode: 500 },
        }),
        Object.assign(new Error(''), { name: 'Unavailable', $metadata: { httpStatusCode: 503 } }),
        Object.assign(new Error('XML'), { $metadata: { httpStatusCode: 200 } }),
      ].map(async (error) => call.attempt('Reboot', never, async () => Promise.reject(error))),
    );

    expect(outcomes.map((outcome) => !outcome.ok && outcome.mayHaveHappened)).to.deep.equal([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  describe('with a budget', () => {
    function budgeted({ mayTake = true } = {}) {
      const seen: string[] = [];
      const budget = {
        async take(action: string) {
          seen.push(`take ${action}`);
          if (!mayTake) throw new GatewayError('cloud-throttled', { message: 'used up', retryAfterMs: 7 });
        },
        noteTaken: (action: string) => seen.push(`taken ${action}`),
        noteThrottled: (action: string) => seen.push(`throttled ${action}`),
      };
      const options = { where: 'ec2', secrets: [], timeoutMs: 50, random: () => 0, log: silentLog, budget };
      return { call: createAwsCaller(options), seen };
    }

    it('takes a token before each attempt', async () => {
      const { call: budgetedCall, seen } = budgeted();

      await budgetedCall.read('Describe', never, failing(1, reset).send);

      expect(seen).to.deep.equal(['take Describe', 'take Describe', 'taken Describe']);
    });

    it('sends nothing without a token, and says that nothing can have happened', async () => {
      const { call: budgetedCall } = budgeted({ mayTake: false });
      const untouched = failing(0, reset);

      const outcome = await budgetedCall.attempt('Run', never, untouched.send);

      expect(outcome).to.include({ ok: false, mayHaveHappened: false });
      expect(!outcome.ok && outcome.error).to.include({ code: 'cloud-throttled', retryAfterMs: 7 });
      expect(untouched.attempts()).to.equal(0);
    });

    it('tells it what the cloud throttled', async () => {
      const { call: budgetedCall, seen } = budgeted();

      await rejection(budgetedCall.write('Run', never, failing(1, throttled).send));

      expect(seen).to.deep.equal(['take Run', 'throttled Run']);
    });
  });
});
