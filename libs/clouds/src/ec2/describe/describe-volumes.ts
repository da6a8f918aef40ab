import { volumeAttachmentBodies } from '../bodies/volume-attachment-body.ts';
import { volumeBody } from '../bodies/volume-body.ts';
import { DescribeVolumesCommand } from '../sdk/client-ec2.ts';
import type { Describe, Which } from './describe.ts';
import { pages } from './pages.ts';

export interface WhichVolumes extends Which {
  readonly VolumeIds?: string[];
}

/** Volumes, each followed by its attachments. */
export const describeVolumes: Describe<WhichVolumes> = async function* (deps, which, signal) {
  const { ec2, call, pageSize, onUnknownState } = deps;
  // EC2 takes either ids or a page size.
  const paged = which.VolumeIds === undefined ? { MaxResults: pageSize } : {};
  const answers = pages((token) =>
    call.read('DescribeVolumes', signal, (http) =>
      ec2.send(new DescribeVolumesCommand({ ...which, ...paged, ...token }), http),
    ),
  );
  for await (const { Volumes = [] } of answers) {
    yield Volumes.flatMap((volume) => [
      volumeBody(volume, onUnknownState),
      ...volumeAttachmentBodies(volume, onUnknownState),
    ]);
  }
};
