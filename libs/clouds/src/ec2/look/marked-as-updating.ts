// A change of size or type under way. EC2 tells it by a call of its own, so only who looks at single volumes asks.
import type { ResourceBody } from '@cloud-gateway/contracts';
import type { DescribeDeps } from '../describe/describe.ts';
import { DescribeVolumesModificationsCommand } from '../sdk/client-ec2.ts';

/**
 * Marks the volumes as `updating` that EC2 is changing. Once it is `optimizing`, a volume has its new size and can be
 * used. Who may not ask, or gets no answer, takes them as they are: the mark is a comfort.
 */
export async function markedAsUpdating(
  { ec2, call }: DescribeDeps,
  bodies: readonly ResourceBody[],
  signal: AbortSignal,
): Promise<ResourceBody[]> {
  const VolumeIds = bodies.filter(({ type }) => type === 'volume').map(({ cloudId }) => cloudId);
  if (VolumeIds.length === 0) return [...bodies];
  // By a filter, not by ids: EC2 refuses the ids of volumes that were never changed.
  const Filters = [
    { Name: 'volume-id', Values: VolumeIds },
    { Name: 'modification-state', Values: ['modifying'] },
  ];
  const outcome = await call.attempt('DescribeVolumesModifications', signal, (http) =>
    ec2.send(new DescribeVolumesModificationsCommand({ Filters }), http),
  );
  const modifications = outcome.ok ? (outcome.value.VolumesModifications ?? []) : [];
  const changing = new Set(modifications.map(({ VolumeId }) => VolumeId));
  return bodies.map((body) =>
    body.type === 'volume' && changing.has(body.cloudId) ? { ...body, state: 'updating' } : body,
  );
}
