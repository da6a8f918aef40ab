import { createTestClock } from '@cloud-gateway/clock';
import type { Logger } from '@cloud-gateway/runtime';
import { silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createLossReport } from '../../src/usage/loss-report.ts';

describe('the loss report', () => {
  it('counts everything, and speaks once a minute', () => {
    const said: unknown[] = [];
    let counted = 0;
    const clock = createTestClock(0);
    const log: Logger = { ...silentLog, warn: (_message, fields) => said.push(fields) };
    const counter = { inc: (by = 1) => (counted += by) };
    const report = createLossReport({ clock, log, counter, message: 'lost' });

    report(3);
    report(4);
    clock.advance(59_999);
    report(5);
    expect(said).to.deep.equal([{ count: 3 }]);
    clock.advance(1);
    report(1);

    expect(said).to.deep.equal([{ count: 3 }, { count: 10 }]);
    expect(counted).to.equal(13);
  });
});
