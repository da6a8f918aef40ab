import type { CloudCredentials } from '@cloud-gateway/contracts';
import { openEc2 } from './open-ec2.ts';

/** Gives the id of some image that everybody may launch. */
export async function firstPublishedImage(url: string, credentials: CloudCredentials): Promise<string> {
  const { cloud, cloudWithSmallPages, region } = openEc2(url);
  const session = cloud.open(credentials, region);
  try {
    for await (const page of session.list('published-images', AbortSignal.timeout(20_000))) {
      if (page[0] !== undefined) return page[0].cloudId;
    }
    throw new Error(`${url} has no public images`);
  } finally {
    cloud.close();
    cloudWithSmallPages.close();
  }
}
