import type { TourDeps } from '../tour-deps.ts';
import type { AttachedVolume } from './attach-volume.ts';

export async function destroyVolume({
  api,
  account,
  attached: { volumeId, attachmentId },
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string; attached: AttachedVolume }): Promise<void> {
  tell.step('destroy-volume', `Detach it and destroy it: DELETE …/volume-attachments/${attachmentId}`);
  const params = { cloud: 'ec2', account };
  const headers = { prefer: 'wait=20' };
  const attachment = await api.call('volume-attachment-destroy', {
    params: { ...params, id: attachmentId },
    headers,
  });
  const volume = await api.call('volume-destroy', { params: { ...params, id: volumeId }, headers });
  for (const { cloudId, deletedAt } of [attachment, volume]) {
    tell.line(`${cloudId} ${deletedAt === null ? 'is on its way out' : `is gone, since ${deletedAt}`}`);
  }
  tell.done({ attachment: attachment.cloudId, volume: volume.cloudId, deletedAt: volume.deletedAt });
}
