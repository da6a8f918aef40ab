import { GatewayError, toProblem } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { readAnswer } from '../../src/calls/read-answer.ts';
import { GatewayProblem } from '../../src/index.ts';

describe('readAnswer', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  function problemIn(status: number, body: string, headers: Record<string, string> = {}): GatewayProblem {
    try {
      readAnswer({ status, body, headers });
    } catch (error) {
      if (error instanceof GatewayProblem) return error;
      throw error;
    }
    throw new Error('It was taken for an answer');
  }

  it('reads JSON, leaves other text as it is, and takes an empty body for none', () => {
    expect(readAnswer({ status: 200, body: '{"a":1}', headers: json }).body).to.deep.equal({ a: 1 });
    expect(readAnswer({ status: 200, body: 'PEM', headers: { 'content-type': 'text/plain' } }).body).to.equal(
      'PEM',
    );
    expect(readAnswer({ status: 304, body: '', headers: {} }).body).to.equal(undefined);
  });

  it('throws the problem that the gateway tells, with the time to wait in milliseconds', () => {
    const told = toProblem(
      new GatewayError('cloud-throttled', { message: 'Slowly.', retryAfterMs: 1_500 }),
      'req_1',
    );
    const problem = problemIn(429, JSON.stringify(told));
    expect(problem).to.include({
      code: 'cloud-throttled',
      status: 429,
      message: 'Slowly.',
      requestId: 'req_1',
    });
    expect(problem).to.include({ retryable: true, retryAfterMs: 2_000 });
    expect(problem.problem).to.deep.equal(told);
    expect(problemIn(429, JSON.stringify(told), { 'retry-after': '7' }).retryAfterMs).to.equal(7_000);
  });

  it('makes a problem of what somebody else answered, with the status as it came', () => {
    const table = [
      [502, '<html>Bad Gateway</html>', 'unavailable', true],
      [401, '', 'unauthenticated', false],
      [418, '{}', 'malformed-request', false],
      [500, 'oops', 'internal', false],
      [503, '{"code":"of-a-later-version"}', 'unavailable', true],
    ] as const;
    for (const [status, body, code, retryable] of table)
      expect(problemIn(status, body), String(status)).to.include({ status, code, retryable });
  });

  it('keeps what a later version explains under a code that is not known here', () => {
    const told = toProblem(new GatewayError('conflict', { message: 'The bucket is sealed.' }), 'req_1');
    const problem = problemIn(409, JSON.stringify({ ...told, code: 'bucket-sealed', retryable: true }));
    expect(problem).to.include({ code: 'conflict', message: 'The bucket is sealed.', retryable: true });
    expect(problem.requestId).to.equal('req_1');
  });

  it('takes no redirection and no page for an answer', () => {
    const moved = problemIn(301, '', { location: 'https://gateway.example/v1/accounts' });
    expect(moved).to.include({ code: 'malformed-request', retryable: false });
    expect(moved.message).to.include('https://gateway.example/v1/accounts');
    const page = problemIn(200, '<html>Log in</html>', { 'content-type': 'text/html; charset=utf-8' });
    expect(page.code).to.equal('internal');
  });

  it('throws when it was promised JSON and got something else', () => {
    expect(problemIn(200, '{"half":', json).code).to.equal('internal');
  });
});
