import type { ResourceBody } from './resource.ts';
import { hasCall } from './resource-types.ts';

/** Tells whether it is kept once for everybody. Other types may be public too, a datacenter say, without belonging to one account. */
export function isPublished({ type, visibility }: Pick<ResourceBody, 'type' | 'visibility'>): boolean {
  return visibility === 'public' && hasCall(type, 'share');
}
