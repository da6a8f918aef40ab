import { errorLine } from '../output/error-line.ts';

/** Tells why no events come: at once, when the reason changes, and now and then while it stays the same. */
export function tellDisconnects(tell: (text: string) => void, nowMs: () => number) {
  let last = { text: '', atMs: 0 };
  return (reason: unknown): void => {
    const text = errorLine(reason).replace(/\.$/, '');
    if (text === last.text && nowMs() - last.atMs < againMs) return;
    last = { text, atMs: nowMs() };
    tell(`No events for now: ${text}. Trying again; events wait.`);
  };
}

const againMs = 60_000;
