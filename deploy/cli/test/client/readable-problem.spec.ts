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

  it('leaves any other error as it is', () => {
    const other = new Error('No gateway runs here.');
    expect(readableProblem(other)).to.equal(other);
  });
});
