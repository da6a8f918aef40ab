// Redshift: there are no clusters.
import { type Action, defineAction } from '../../action.ts';
import { AwsError } from '../../aws-error.ts';
import { optional } from '../../query/fields.ts';
import { text } from '../../query/scalars.ts';

const describeClusters = defineAction({
  service: 'redshift',
  name: 'DescribeClusters',
  input: { clusterIdentifier: optional('ClusterIdentifier', text) },
  handle({ clusterIdentifier }) {
    if (clusterIdentifier !== undefined) {
      throw new AwsError('ClusterNotFound', `Cluster ${clusterIdentifier.slice(0, 63)} not found.`, {
        status: 404,
      });
    }
    return { Clusters: [] };
  },
});

export const clusterActions: readonly Action[] = [describeClusters];
