import { expect } from 'chai';
import { errorCodes } from '../../src/errors/error-codes.ts';
import { GatewayError, isGatewayError } from '../../src/errors/gateway-error.ts';
import { problemSchema, toProblem } from '../../src/errors/problem.ts';

describe('toProblem', () => {
  for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
    it(`makes a complete problem of ${code}`, () => {
      const problem = toProblem(new GatewayError(code, { message: 'what happened' }), 'req_1');

      expect(problemSchema.safeParse(problem).success).to.equal(true);
      expect(problem).to.include({
        code,
        status: errorCodes[code].status,
        detail: 'what happened',
        requestId: 'req_1',
      });
    });
  }

  it('carries what the cloud said, the faulty fields and when to try again, but nothing meant for the log', () => {
    const error = new GatewayError('cloud-throttled', {
      message: 'slow down',
      detail: 'only for the log',
      cloud: { code: 'RequestLimitExceeded', requestId: 'aws-1' },
      issues: [{ path: 'body.region', message: 'must be a region' }],
      retryAfterMs: 1500,
      cause: new Error('inner'),
    });

    expect(toProblem(error)).to.deep.include({
      cloud: { code: 'RequestLimitExceeded', requestId: 'aws-1' },
      errors: [{ path: 'body.region', message: 'must be a region' }],
      retryAfterSeconds: 2,
    });
    expect(JSON.stringify(toProblem(error))).not.to.match(/only for the log|inner/);
  });
});

describe('isGatewayError', () => {
  it('knows an error of another copy of the package by its name and code', () => {
    const foreign = Object.assign(new Error('x'), { name: 'GatewayError', code: 'not-found' });

    expect(isGatewayError(foreign)).to.equal(true);
    expect(
      isGatewayError(Object.assign(new Error('x'), { name: 'GatewayError', code: 'no-such-code' })),
    ).to.equal(false);
    expect(isGatewayError(new Error('x'))).to.equal(false);
    expect(isGatewayError(undefined)).to.equal(false);
  });
});
