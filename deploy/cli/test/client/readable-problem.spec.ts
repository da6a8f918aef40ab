import { GatewayProblem } from '@cloud-gateway/client';
import { GatewayError, toProblem } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { readableProblem } from '../../src/client/readable-problem.ts';

describe('readableProblem', () => {
  it('is one line: what happened, which fields, and what to do', () => {
    const error = new GatewayError('validation-failed', {
      message: 'body.name: is too long (and 1 more)',
      issues: [
        { path: 'body.name', message: 'is too long' },
        { path: 'body.region', message: 'is missing' },
      ],
    });
    const problem = new GatewayProblem(toProblem(error, 'req_1'));
    expect(readableProblem(problem)).to.have.property(
      'message',
      'body.name: is too long (and 1 more); body.region: is missing (validation-failed, request req_1). Correct the fields listed under errors.',
    );
  });

  it('does not say the same twice', () => {
    const message = 'must lead to a public address.';
    const issues = [{ path: 'body.delivery.url', message }];
    const error = new GatewayError('validation-failed', { message, issues });
    expect(readableProblem(new GatewayProblem(toProblem(error)))).to.have.property(
      'message',
      'must lead to a public address (validation-failed). Correct the fields listed under errors.',
    );
  });

  it('says what to do where the broker refuses, and where a certificate is not trusted', () => {
    const on = (code: 'unauthenticated' | 'unavailable', retryable: boolean) => {
      const problem = toProblem(new GatewayError(code, { message: 'The broker says no.' }));
      return readableProblem(new GatewayProblem({ ...problem, retryable }, { cause: new Error('no') }));
    };
    expect(on('unauthenticated', false))
      .to.have.property('message')
      .match(/and that the gateway runs:/);
    expect(on('unavailable', false)).to.have.property('message').include('GATEWAY_CA_FILE');
    expect(on('unavailable', true)).to.have.property('message').include('Check the address');
  });

  it('leaves any other error as it is', () => {
    const other = new Error('No gateway runs here.');
    expect(readableProblem(other)).to.equal(other);
  });
});
