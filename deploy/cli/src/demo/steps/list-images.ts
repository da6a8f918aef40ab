import { sleep } from '@cloud-gateway/runtime';
import type { TourDeps } from '../tour-deps.ts';

/** The id of a public image to launch. */
export async function listImages({
  api,
  account,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string }): Promise<string> {
  tell.step('list-images', `List images: GET /v1/clouds/ec2/accounts/${account}/images`);
  const images = await listedByPoller({ api, account });
  for (const image of images.slice(0, 5)) {
    tell.line(
      `${image.cloudId}  ${image.visibility.padEnd(8)} ${image.state.padEnd(10)} ${image.name ?? ''}`,
    );
  }
  if (images.length > 5) tell.line(`… and ${images.length - 5} more, answered from the store`);
  const chosen =
    images.find((image) => image.visibility === 'public' && image.state === 'available') ?? images[0];
  if (!chosen) throw new Error('There is no image to launch.');
  tell.done({
    count: images.length,
    images: images
      .slice(0, 5)
      .map(({ cloudId, name, visibility, state }) => ({ cloudId, name, visibility, state })),
  });
  return chosen.cloudId;
}

/** The poller needs a moment for its first look at an account that has just been proven. */
async function listedByPoller({ api, account }: Pick<TourDeps, 'api'> & { account: string }) {
  for (let attempt = 1; attempt <= 120; attempt++) {
    const { items } = await api.call('image-list', {
      params: { cloud: 'ec2', account },
      query: { state: 'available' },
    });
    if (items.some((image) => image.visibility === 'public')) return items;
    await sleep(250);
  }
  throw new Error('The poller has not listed any image within 30 seconds.');
}
