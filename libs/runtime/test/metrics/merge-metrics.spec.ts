import { expect } from 'chai';
import { createMetrics } from '../../src/metrics/create-metrics.ts';
import { mergeMetrics } from '../../src/metrics/merge-metrics.ts';

describe('mergeMetrics', () => {
  it('keeps all series of a name together under one head', async () => {
    const edge = createMetrics({ service: 'edge' });
    const poller = createMetrics({ service: 'poller' });
    edge.counter('x_total', 'X.').inc(1);
    edge.counter('only_edge_total', 'E.').inc(1);
    poller.counter('x_total', 'X.').inc(2);

    const { body } = await mergeMetrics([edge, poller]).render();

    expect(body).to.equal(
      [
        '# HELP x_total X.\n# TYPE x_total counter\nx_total{service="edge"} 1\nx_total{service="poller"} 2\n',
        '# HELP only_edge_total E.\n# TYPE only_edge_total counter\nonly_edge_total{service="edge"} 1\n',
      ].join('\n'),
    );
  });

  it('gives an empty page for no parts', async () => {
    expect((await mergeMetrics([]).render()).body).to.equal('');
  });
});
