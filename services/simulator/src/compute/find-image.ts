// Finds an image that the caller may see, and refuses ids as EC2 does.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Image } from './image.ts';

type ImageCall = Pick<Call, 'world' | 'accountId' | 'region'>;

export function findImages(ids: readonly string[], call: ImageCall): Image[] {
  return findAmong(call.world.imagesFor(call.accountId, call.region), ids);
}

/** As findImages, for Describe calls. */
export function findSeenImages(ids: readonly string[], call: ImageCall): Image[] {
  return findAmong(call.world.imagesSeenBy(call.accountId, call.region), ids);
}

function findAmong(images: readonly Image[], ids: readonly string[]): Image[] {
  const unique = [...new Set(ids)];
  const malformed = unique.find((id) => !/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError(
      'InvalidAMIID.Malformed',
      `Invalid id: "${malformed.slice(0, 100)}" (expecting "ami-...")`,
    );
  }
  const visible = new Map(images.map((image) => [image.id, image]));
  const missing = unique.filter((id) => !visible.has(id));
  if (missing.length > 0) throw imageNotFound(missing);
  return unique.flatMap((id) => visible.get(id) ?? []);
}

/** Finds one that can be launched or deregistered: a deregistered one is listed for a while, but it is gone. */
export function findUsableImage(id: string, call: ImageCall): Image {
  const [image] = findImages([id], call);
  if (!image || image.state === 'deregistered') throw imageNotFound([id]);
  return image;
}

function imageNotFound(ids: readonly string[]): AwsError {
  const text =
    ids.length === 1
      ? `The image id '[${ids[0]}]' does not exist`
      : `The image ids '[${ids.join(', ')}]' do not exist`;
  return new AwsError('InvalidAMIID.NotFound', text);
}
