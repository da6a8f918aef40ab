// The cloud as the poller has it, with two things added: it has one listing only, and it notes when the pages with
// changed resources were read.
import type { Cloud, ListingPage } from '@cloud-gateway/clouds';
import { changeTag } from './simulator-program.ts';

export interface WatchedCloud {
  readonly cloud: Cloud;
  /** From now on resources whose tag has this value are noted. */
  watchFor(value: string | undefined): void;
  /** Milliseconds since 1970, by the cloud's id; forgets them. */
  takeReadTimes(): Record<string, number>;
}

export function watchedCloud(inner: Cloud, options: { group: string; onOpen: () => void }): WatchedCloud {
  let mark: string | undefined;
  let readAtMs: Record<string, number> = {};

  async function* watched(pages: AsyncIterable<ListingPage>): AsyncGenerator<ListingPage> {
    for await (const page of pages) {
      if (mark !== undefined) noteMarked(page);
      yield page;
    }
  }

  function noteMarked({ items }: ListingPage): void {
    const nowMs = performance.timeOrigin + performance.now();
    for (const { cloudId, tags } of items) if (tags[changeTag] === mark) readAtMs[cloudId] = nowMs;
  }

  return {
    cloud: {
      ...inner,
      pollGroups: inner.pollGroups.filter(({ name }) => name === options.group),
      open(credentials, place) {
        options.onOpen();
        const session = inner.open(credentials, place);
        return { ...session, list: (group, signal) => watched(session.list(group, signal)) };
      },
    },
    watchFor(value) {
      mark = value;
    },
    takeReadTimes() {
      const taken = readAtMs;
      readAtMs = {};
      return taken;
    },
  };
}
