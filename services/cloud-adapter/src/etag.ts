// Entity tags (RFC 9110 8.8.3) of documents and lists. They are weak: two answers with the same tag say the same about
// the cloud, but the second may have been confirmed later (`observedAt`).
import { createHash } from 'node:crypto';

/** The part of a query that makes another representation of the same revision. */
export interface Representation {
  readonly view?: string | undefined;
  readonly fields?: readonly string[] | undefined;
  /** Which policy the addresses of an instance were chosen by. */
  readonly policy?: string | undefined;
}

interface Versioned {
  readonly id: string;
  readonly revision: number;
}

/** `W/"<id>.<revision>"`, with a short suffix for a representation that is not the usual one. */
export function documentEtag({ id, revision }: Versioned, representation: Representation = {}): string {
  const suffix = suffixOf(representation);
  return `W/"${id}.${revision}${suffix === '' ? '' : `.${suffix}`}"`;
}

/** Equal as long as the page holds the same revisions in the same order; how old the page is does not count. */
export function listEtag(
  page: { readonly items: readonly Versioned[]; readonly nextCursor: string | null },
  representation: Representation = {},
): string {
  const hash = createHash('sha256');
  for (const { id, revision } of page.items) hash.update(`${id}.${revision} `);
  hash.update(`${page.nextCursor} ${suffixOf(representation)}`);
  return `W/"${hash.digest('base64url').slice(0, 22)}"`;
}

/** RFC 9110 13.1.2: weak comparison. `header` is If-None-Match as it was sent. */
export function matchesNone(header: string | readonly string[] | undefined, etag: string): boolean {
  if (header === undefined) return true;
  const tags = entityTags(header);
  return !tags.includes('*') && !tags.some((tag) => opaque(tag) === opaque(etag));
}

/**
 * Tells whether If-Match names this revision, in whatever representation it was read. RFC 9110 13.1.1 wants the strong
 * comparison, because a change to a part needs the very bytes; here the revision is what a change is made to.
 */
export function matchesRevision(header: string | readonly string[], { id, revision }: Versioned): boolean {
  return entityTags(header).some((tag) => {
    if (tag === '*') return true;
    const [namedId, namedRevision] = opaque(tag).slice(1, -1).split('.');
    return namedId === id && namedRevision === String(revision);
  });
}

// A tag of ours holds neither quotes nor commas, so there is nothing more to the list.
function entityTags(header: string | readonly string[]): string[] {
  return [header]
    .flat()
    .flatMap((line) => line.split(','))
    .map((tag) => tag.trim());
}

function opaque(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}

function suffixOf({ view, fields, policy }: Representation): string {
  if (view === undefined && fields === undefined && policy === undefined) return '';
  const parts = JSON.stringify([view ?? null, fields ?? null, policy ?? null]);
  return createHash('sha256').update(parts).digest('base64url').slice(0, 6);
}
