// Before anything is measured: does the proxy give right answers, and does one that signs sign rightly? The cloud checks
// every signature with code that is not ours.

import type { Child } from '../../children/start-child.ts';
import { blockBytes } from '../calls/transfer-data.ts';
import type { LoadMethods } from '../load/load-program.ts';
import type { Peer } from '../peers/peer.ts';
import type { CloudMethods } from '../upstream/cloud-program.ts';
import type { World } from '../world/world.ts';

export interface CheckInput {
  readonly title: string;
  readonly peer: Peer;
  readonly load: Child<LoadMethods>;
  readonly cloud: Child<CloudMethods>;
  readonly world: Pick<World, 'issuedKey' | 'cloudKey'>;
}

/** Rejects when something is wrong. */
export async function checkPeer({ title, peer, load, cloud, world }: CheckInput): Promise<void> {
  const { issuedKey, cloudKey } = world;
  const { target } = peer;
  const wrongKey = { ...issuedKey, secretAccessKey: 'not/the/secret/of/this/key/000000000000' };
  const complain = (what: string): never => {
    throw new Error(`${title}: ${what}`);
  };

  await cloud.call('check', peer.signs ? cloudKey : null);
  await cloud.call('takeCounts', null);
  const sent = await load.call('sendItems', { target, key: issuedKey, requests });
  const seen = await cloud.call('takeCounts', null);
  if (sent.right !== requests || seen.refused > 0)
    complain(
      `${sent.right} of ${requests} right answers (other statuses: ${[...new Set(sent.wrongStatuses)]}), ${seen.refused} refused by the cloud`,
    );
  for (const kind of peer.transfers) {
    await load.call('loadTransfer', { target, key: issuedKey, kind, bytes: 16 * blockBytes });
  }
  await cloud.call('takeCounts', null);

  // The other side: what has to be refused is.
  const { right } = peer.signs
    ? await load.call('sendItems', { target, key: wrongKey, requests: 8 })
    : await checkedBy(cloud, cloudKey, () => load.call('sendItems', { target, key: issuedKey, requests: 8 }));
  const { requests: reached } = await cloud.call('takeCounts', null);
  if (right > 0) complain(`${right} requests with a wrong signature were answered`);
  if (peer.signs && reached > 0) complain(`${reached} requests with a wrong signature reached the cloud`);
  await cloud.call('check', null);
}

const requests = 200;

async function checkedBy<Result>(
  cloud: Child<CloudMethods>,
  key: World['cloudKey'],
  run: () => Promise<Result>,
): Promise<Result> {
  await cloud.call('check', key);
  return run();
}
