import type { Call } from '../call.ts';
import { findUsableImage } from './find-image.ts';
import type { Image } from './image.ts';
import { refuseStranger } from './refuse-stranger.ts';

/** Finds an image that only its owner may change; refuses those who may merely launch it. */
export function findOwnImage(
  id: string,
  action: string,
  call: Pick<Call, 'world' | 'accountId' | 'region' | 'principal'>,
): Image {
  return refuseStranger(findUsableImage(id, call), action, call);
}
