import { expect } from 'chai';
import { createMetrics } from '../../src/metrics/create-metrics.ts';

describe('createMetrics', () => {
  it('renders counters, gauges and histograms with the service on each series', async () => {
    const metrics = createMetrics({ service: 'edge' });
    metrics.counter('gateway_requests_total', 'Requests.', ['method']).inc({ method: 'GET' }, 2);
    metrics.gauge('gateway_waiting', 'Waiting.').set(3);
    metrics.histogram('gateway_seconds', 'Time.', ['method'], [0.1, 1]).observe({ method: 'GET' }, 0.5);

    const { contentType, body } = await metrics.render();

    expect(contentType).to.match(/^text\/plain/);
    expect(body).to.contain('gateway_requests_total{method="GET",service="edge"} 2');
    expect(body).to.contain('gateway_waiting{service="edge"} 3');
    expect(body).to.contain('gateway_seconds_bucket{le="1",service="edge",method="GET"} 1');
    expect(body).not.to.contain('process_cpu');
  });

  it('gives the same counter for the same name', async () => {
    const metrics = createMetrics({ service: 'edge' });

    metrics.counter('x_total', 'X.').inc();
    metrics.counter('x_total', 'X.').inc(4);

    expect((await metrics.render()).body).to.contain('x_total{service="edge"} 5');
  });

  it('asks a gauge with `collect` at each rendering', async () => {
    const metrics = createMetrics({ service: 'edge' });
    let depth = 0;
    metrics.gauge('depth', 'Depth.', ['queue'], async (gauge) => {
      depth += 1;
      gauge.set({ queue: 'a' }, depth);
    });

    await metrics.render();

    expect((await metrics.render()).body).to.contain('depth{queue="a",service="edge"} 2');
  });

  it('forgets the series of what is no more', async () => {
    const metrics = createMetrics({ service: 'edge' });
    const gauge = metrics.gauge('depth', 'Depth.', ['queue']);
    gauge.set({ queue: 'a' }, 1);

    gauge.remove({ queue: 'a' });

    expect((await metrics.render()).body).not.to.contain('queue="a"');
  });

  it('refuses a label that would hide the service', () => {
    expect(() => createMetrics({ service: 'csg' }).counter('x_total', 'X.', ['service'])).to.throw(
      '"service"',
    );
  });

  it('adds the metrics of the process when asked', async () => {
    const { body } = await createMetrics({ service: 'edge', processMetrics: true }).render();

    expect(body).to.match(/process_resident_memory_bytes\{service="edge"\} \d+/);
  });
});
