import { resourceDestroyRoute } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';
import { written } from '../written.ts';
import type { AttachedVolume } from './attach-volume.ts';

export async function destroyVolume({
  api,
  account,
  attached: { volumeId, attachmentId },
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string; attached: AttachedVolume }): Promise<void> {
  tell.step('destroy-volume', `Detach it and destroy it: DELETE …/volume-attachments/${attachmentId}`);
  const collections = `/v1/clouds/ec2/accounts/${account}`;
  const options = { headers: { prefer: 'wait=20' } };
  const attachment = written(
    await api.call(
      resourceDestroyRoute('volume-attachment'),
      `${collections}/volume-attachments/${attachmentId}`,
      options,
    ),
  );
  const volume = written(
    await api.call(resourceDestroyRoute('volume'), `${collections}/volumes/${volumeId}`, options),
  );
  for (const { cloudId, deletedAt } of [attachment, volume]) {
    tell.line(`${cloudId} ${deletedAt === null ? 'is on its way out' : `is gone, since ${deletedAt}`}`);
  }
  tell.done({ attachment: attachment.cloudId, volume: volume.cloudId, deletedAt: volume.deletedAt });
}
