// A server's log files: where this start's lines begin, and the last of them for an error message.
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';

export type ServerLog = {
  /** What the server has written since the mark. */
  textSinceStart(): string;
  /** The last lines and where to read more; of the first file that has any. */
  tail(): string;
};

const rotateAtBytes = 5_000_000;
const tailLines = 15;

/** Marks the present end of each file as the start. A file that has grown large is put aside first. */
export function openServerLog(paths: string[]): ServerLog {
  const startBytes = new Map(paths.map((path) => [path, startOf(path)]));
  const sinceStart = (path: string) =>
    existsSync(path) ? readFileSync(path).subarray(startBytes.get(path)).toString('utf8') : '';
  return {
    textSinceStart: () => paths.map(sinceStart).join(''),
    tail: () => {
      for (const path of paths) {
        const lines = sinceStart(path).trim().split('\n').slice(-tailLines);
        if (lines[0]) return `The end of its log (${path}):\n${lines.map((line) => `  ${line}`).join('\n')}`;
      }
      return `It wrote nothing to its log (${paths[0]})`;
    },
  };
}

function startOf(path: string): number {
  if (!existsSync(path)) return 0;
  const sizeBytes = statSync(path).size;
  if (sizeBytes < rotateAtBytes) return sizeBytes;
  renameSync(path, `${path}.1`);
  return 0;
}
