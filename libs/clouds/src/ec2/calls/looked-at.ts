// What a write that has succeeded is told as.
import type { ResourceBody } from '@cloud-gateway/contracts';
import type { Change } from '../../cloud.ts';
import { look } from '../look/look.ts';
import type { WriteDeps } from './write-deps.ts';

/** What a dry run answers. */
export const noChange: Change = { resource: null, alsoSeen: [], gone: [] };

/**
 * Describes what was just written, with what is derived from it. It has succeeded already, so a look that fails, or does
 * not know it yet, takes nothing back: then it is as it was known, or answered.
 */
export async function lookedAt(
  deps: WriteDeps,
  known: ResourceBody,
  signal: AbortSignal,
): Promise<{ resource: ResourceBody; alsoSeen: readonly ResourceBody[] }> {
  const seen = await look(deps, known.type, [known.cloudId], signal).catch((): ResourceBody[] => []);
  const isIt = ({ type, cloudId }: ResourceBody) => type === known.type && cloudId === known.cloudId;
  return { resource: seen.find(isIt) ?? known, alsoSeen: seen.filter((body) => !isIt(body)) };
}
