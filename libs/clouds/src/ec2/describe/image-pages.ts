import type { DescribeImagesCommandInput, Image } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand } from '../sdk/client-ec2.ts';
import type { DescribeDeps } from './describe.ts';
import { pages } from './pages.ts';

export type WhichImages = Omit<DescribeImagesCommandInput, 'MaxResults' | 'NextToken'>;

/** Images as EC2 tells them: what they are to the account depends on how they were asked for. */
export async function* imagePages(
  { ec2, call, pageSize }: DescribeDeps,
  which: WhichImages,
  signal: AbortSignal,
): AsyncGenerator<readonly Image[], void, undefined> {
  // EC2 takes either ids or a page size.
  const paged = which.ImageIds === undefined ? { MaxResults: pageSize } : {};
  const answers = pages((token) =>
    call.read('DescribeImages', signal, (http) =>
      ec2.send(new DescribeImagesCommand({ ...which, ...paged, ...token }), http),
    ),
  );
  for await (const { Images = [] } of answers) yield Images;
}
