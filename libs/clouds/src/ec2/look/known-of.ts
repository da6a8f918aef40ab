import { isGatewayError } from '@cloud-gateway/contracts';

/**
 * Describes by ids, without those that EC2 does not know: it refuses the whole call for one of them, and names it, or
 * some of them.
 */
export async function knownOf<T>(
  ids: readonly string[],
  describe: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (ids.length === 0) return [];
  try {
    return await describe(ids);
  } catch (error) {
    if (!isGatewayError(error) || error.code !== 'cloud-not-found') throw error;
    const words = new Set(error.message.match(/[\w-]+/g));
    const others = ids.filter((id) => !words.has(id));
    if (others.length < ids.length) return knownOf(others, describe);
  }
  // It named none of ours. Halves find out which it meant.
  if (ids.length === 1) return [];
  const middle = ids.length / 2;
  return [
    ...(await knownOf(ids.slice(0, middle), describe)),
    ...(await knownOf(ids.slice(middle), describe)),
  ];
}
