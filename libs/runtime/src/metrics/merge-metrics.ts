// One page for a process that runs several services. prom-client's own merge refuses two registries that have a metric
// of the same name, which is the rule here, so the texts are merged: Prometheus wants all series of a name together.
import type { Metrics, MetricsPage } from './metrics.ts';

type Renderable = Pick<Metrics, 'render'>;

export function mergeMetrics(parts: readonly Renderable[]): Renderable {
  return {
    async render() {
      const pages = await Promise.all(parts.map((part) => part.render()));
      return {
        contentType: pages[0]?.contentType ?? 'text/plain; version=0.0.4; charset=utf-8',
        body: mergePages(pages),
      };
    },
  };
}

function mergePages(pages: readonly MetricsPage[]): string {
  const families = new Map<string, { head: string; series: string[] }>();
  for (const { name, head, series } of pages.flatMap(({ body }) => familiesOf(body))) {
    const family = families.get(name) ?? { head, series: [] };
    family.series.push(...series);
    families.set(name, family);
  }
  return [...families.values()].map(({ head, series }) => `${[head, ...series].join('\n')}\n`).join('\n');
}

function familiesOf(body: string): { name: string; head: string; series: string[] }[] {
  return body
    .split(/^(?=# HELP )/m)
    .filter((block) => block.startsWith('# HELP '))
    .map((block) => {
      const lines = block.split('\n').filter((line) => line !== '');
      const [name = ''] = block.slice('# HELP '.length).split(' ', 1);
      return {
        name,
        head: lines.filter((line) => line.startsWith('#')).join('\n'),
        series: lines.filter((line) => !line.startsWith('#')),
      };
    });
}
