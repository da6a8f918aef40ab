import type { HealthProbes, HealthReport } from './health.ts';

/** Makes one health of several, for a process that runs several services: it is ready when all are. */
export function mergeHealth(parts: Readonly<Record<string, HealthProbes>>): HealthProbes {
  const ask = async (probe: 'live' | 'ready'): Promise<HealthReport> => {
    const reports = await Promise.all(
      Object.entries(parts).map(async ([name, part]) => [name, await part[probe]()] as const),
    );
    return {
      ok: reports.every(([, report]) => report.ok),
      checks: Object.fromEntries(
        reports.flatMap(([name, { checks }]) =>
          Object.entries(checks).map(([check, result]) => [`${name}.${check}`, result] as const),
        ),
      ),
    };
  };
  return { live: () => ask('live'), ready: () => ask('ready') };
}
