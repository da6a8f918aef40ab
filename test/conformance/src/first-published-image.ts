import type { TestAccount } from './cloud-under-test.ts';
import { openEc2 } from './open-ec2.ts';

/** Gives the id of some image that everybody may launch on a usual machine. */
export async function firstPublishedImage(
  url: string,
  { credentials, cloudAccountId }: TestAccount,
): Promise<string> {
  const { cloud, frugal, region } = openEc2(url, { pageSize: 1_000 });
  const session = cloud.open(credentials, { region, cloudAccountId, purpose: 'poll' });
  try {
    for await (const { items } of session.list('published-images', AbortSignal.timeout(20_000))) {
      const image = items.find((body) => body['architecture'] === 'x86_64' && body['platform'] === 'linux');
      if (image !== undefined) return image.cloudId;
    }
    throw new Error(`${url} has no public images`);
  } finally {
    cloud.close();
    frugal.close();
  }
}
