import { expect } from 'chai';
import { createHealth } from '../../src/health/create-health.ts';
import { mergeHealth } from '../../src/health/merge-health.ts';

describe('mergeHealth', () => {
  it('is ready when every part is', async () => {
    const edge = createHealth();
    const poller = createHealth();
    const both = mergeHealth({ edge, poller });
    edge.serving();
    expect(await both.ready()).to.deep.equal({
      ok: false,
      checks: { 'edge.process': 'ok', 'poller.process': 'starting' },
    });

    poller.serving();
    expect((await both.ready()).ok).to.equal(true);
  });
});
