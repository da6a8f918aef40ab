import type { XmlObject } from '../xml.ts';
import type { Sharing } from './sharing.ts';

/** Everybody is the group `all`; accounts stand there by their ids. */
export function writePermissions({ isPublic, sharedWith }: Sharing): XmlObject[] {
  return [...(isPublic ? [{ group: 'all' }] : []), ...sharedWith.map((userId) => ({ userId }))];
}
