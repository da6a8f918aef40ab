import type { Change, Target } from '../../cloud.ts';
import { look } from '../look/look.ts';
import type { WriteDeps } from './write-deps.ts';

/**
 * What was just destroyed: gone, or on its way, for as long as EC2 shows it. It is told as `deleting` also where EC2 still
 * shows it as it was, and where the look fails, so that nobody takes it for one that is there to stay.
 */
export async function lookedAtGoing(
  deps: WriteDeps,
  { cloudId, known }: Target,
  signal: AbortSignal,
): Promise<Change> {
  const seen = await look(deps, known.type, [cloudId], signal).catch(() => [known]);
  const body = seen.find((it) => it.type === known.type && it.cloudId === cloudId);
  if (body === undefined || body.state === 'deleted') {
    return { resource: null, alsoSeen: [], gone: [{ type: known.type, cloudId }] };
  }
  return { resource: { ...body, state: 'deleting' }, alsoSeen: [], gone: [] };
}
