import { GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { errorLine } from '../../src/output/error-line.ts';

describe('errorLine', () => {
  it('is the message, without a stack', () => {
    expect(errorLine(new Error('No gateway runs here.'))).to.equal('No gateway runs here.');
  });

  it('adds what a gateway error keeps for the log: at the terminal sits the operator', () => {
    const err = new GatewayError('unavailable', {
      message: 'The database is away',
      detail: 'ECONNREFUSED',
    });
    expect(errorLine(err)).to.equal('The database is away (ECONNREFUSED)');
  });

  it('names the code of an error that says nothing', () => {
    const err = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
    expect(errorLine(err)).to.equal('ECONNREFUSED');
  });

  it('takes anything', () => {
    expect(errorLine('text')).to.equal('text');
    expect(errorLine(undefined)).to.equal('undefined');
  });
});
