// CloudWatch: metrics by name, put and listed; their values are passed over. Today's clients speak JSON, and gzip a body
// above 10 kB; older ones the query protocol, in which only putting is known.
import { z } from 'zod';
import { type Action, defineAction } from '../../action.ts';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { required, structures } from '../../query/fields.ts';
import { text } from '../../query/scalars.ts';
import type { StateKind } from '../../states.ts';

/** Names of metrics, by namespace. */
const state: StateKind<Map<string, Set<string>>> = {
  name: 'metrics',
  reach: 'region',
  create: () => new Map(),
};

const service = 'monitoring';

const putMetricData = defineOperation({
  service,
  name: 'PutMetricData',
  input: z.object({
    Namespace: z.string().min(1),
    MetricData: z.array(z.object({ MetricName: z.string().min(1) })).default([]),
  }),
  handle({ Namespace, MetricData }, call) {
    remember(
      Namespace,
      MetricData.map(({ MetricName }) => MetricName),
      call,
    );
    return {};
  },
});

const listMetrics = defineOperation({
  service,
  name: 'ListMetrics',
  input: z.object({ Namespace: z.string().optional() }),
  handle: ({ Namespace: wanted }, call) => ({
    Metrics: [...call.stateOf(state)]
      .filter(([Namespace]) => wanted === undefined || Namespace === wanted)
      .flatMap(([Namespace, names]) =>
        [...names].map((MetricName) => ({ Namespace, MetricName, Dimensions: [] })),
      ),
  }),
});

const putMetricDataByQuery = defineAction({
  service,
  name: 'PutMetricData',
  input: {
    namespace: required('Namespace', text),
    data: structures('MetricData.member', { name: required('MetricName', text) }),
  },
  handle({ namespace, data }, call) {
    remember(
      namespace,
      data.map(({ name }) => name),
      call,
    );
    return {};
  },
});

function remember(namespace: string, names: readonly string[], call: Call): void {
  const metrics = call.stateOf(state);
  metrics.set(namespace, new Set([...(metrics.get(namespace) ?? []), ...names]));
}

export const metrics: readonly Operation[] = [putMetricData, listMetrics];
export const metricActions: readonly Action[] = [putMetricDataByQuery];
