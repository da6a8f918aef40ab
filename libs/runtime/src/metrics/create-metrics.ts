// The metrics of one service, over prom-client, which nobody else imports.
import * as prometheus from 'prom-client';
import type { Counter, Gauge, Histogram, Metrics } from './metrics.ts';

export interface MetricsOptions {
  /** Put on every series as the label `service`. */
  readonly service: string;
  /** Adds memory, CPU, event loop lag and the like of the process. Default: false; once per process is enough. */
  readonly processMetrics?: boolean;
}

export function createMetrics({ service, processMetrics = false }: MetricsOptions): Metrics {
  const registry = new prometheus.Registry();
  registry.setDefaultLabels({ service });
  if (processMetrics) prometheus.collectDefaultMetrics({ register: registry });

  // The metrics of prom-client take labels and value just as our interfaces say; its types alone are wider.
  return {
    counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
      return (registry.getSingleMetric(name) ??
        new prometheus.Counter(definition(name, help, labelNames))) as Counter<L>;
    },

    gauge<L extends string>(
      name: string,
      help: string,
      labelNames: readonly L[] = [],
      collect?: (gauge: Gauge<L>) => void | Promise<void>,
    ): Gauge<L> {
      const known = registry.getSingleMetric(name);
      if (known !== undefined) return known as unknown as Gauge<L>;
      const ask = collect && { collect: () => collect(gauge) };
      const gauge = new prometheus.Gauge({
        ...definition(name, help, labelNames),
        ...ask,
      }) as unknown as Gauge<L>;
      return gauge;
    },

    histogram<L extends string>(
      name: string,
      help: string,
      labelNames: readonly L[] = [],
      buckets?: readonly number[],
    ): Histogram<L> {
      const own = buckets && { buckets: [...buckets] };
      return (registry.getSingleMetric(name) ??
        new prometheus.Histogram({ ...definition(name, help, labelNames), ...own })) as Histogram<L>;
    },

    async render() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };

  function definition(name: string, help: string, labelNames: readonly string[]) {
    if (labelNames.includes('service'))
      throw new Error(`${name}: the label "service" names the process already`);
    return { name, help, labelNames: [...labelNames], registers: [registry] };
  }
}
