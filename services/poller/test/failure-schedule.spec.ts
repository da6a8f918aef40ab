import { type ErrorCode, GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { decideFailure, type FailureSettings } from '../src/failure-schedule.ts';

describe('decideFailure', () => {
  const settings: FailureSettings = {
    backoffBaseMs: 5_000,
    backoffMaxMs: 900_000,
    credentialsRecheckMs: 900_000,
    clockRecheckMs: 30_000,
  };
  const decide = (err: unknown, failuresBefore = 0) =>
    decideFailure(settings, err, failuresBefore, () => 0.5);
  const error = (code: ErrorCode, retryAfterMs?: number) =>
    new GatewayError(code, { message: 'said so', ...(retryAfterMs !== undefined && { retryAfterMs }) });

  const cases: { title: string; err: unknown; failuresBefore?: number; state: string; nextInMs: number }[] = [
    {
      title: 'tries again soon after a first failure',
      err: error('cloud-failed'),
      state: 'failing',
      nextInMs: 5_000,
    },
    {
      title: 'waits twice as long each time',
      err: error('cloud-throttled'),
      failuresBefore: 3,
      state: 'failing',
      nextInMs: 40_000,
    },
    {
      title: 'never waits longer than the maximum',
      err: error('cloud-unreachable'),
      failuresBefore: 500,
      state: 'failing',
      nextInMs: 900_000,
    },
    {
      title: 'waits as long as the cloud asks',
      err: error('cloud-throttled', 60_000),
      state: 'failing',
      nextInMs: 60_000,
    },
    {
      title: 'rechecks refused credentials slowly',
      err: error('credentials-rejected'),
      state: 'credentials_invalid',
      nextInMs: 900_000,
    },
    {
      title: 'asks for the time again soon, however often',
      err: error('cloud-clock-skew'),
      failuresBefore: 9,
      state: 'out_of_sync',
      nextInMs: 30_000,
    },
    {
      title: 'takes anything else for a fault of ours',
      err: new TypeError('secret text'),
      state: 'failing',
      nextInMs: 5_000,
    },
  ];
  for (const { title, err, failuresBefore, state, nextInMs } of cases) {
    it(title, () => {
      expect(decide(err, failuresBefore)).to.include({ state, nextInMs });
    });
  }

  it('stores the text of a GatewayError only', () => {
    expect(decide(error('cloud-failed')).error).to.equal('said so');
    expect(decide(new TypeError('secret text'))).to.include({
      errorCode: 'internal',
      error: 'A fault of the gateway',
    });
  });
});
