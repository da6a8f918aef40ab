// How long each file of tests took by the clock: its tests and its hooks. Files that ran beside it made it slower.
import { relative } from 'node:path';

/** As mocha tells them of tests and hooks; of a hook for all files there is no file. */
interface Timed {
  readonly file?: string | undefined;
  readonly duration?: number | undefined;
}

export class FileTimes {
  readonly #milliseconds = new Map<string, number>();

  add({ file, duration = 0 }: Timed): void {
    if (file) this.#milliseconds.set(file, (this.#milliseconds.get(file) ?? 0) + duration);
  }

  /** One line for each, the slowest first, by their paths from `folder`. */
  slowest(count: number, folder: string): string[] {
    return [...this.#milliseconds]
      .sort(([, a], [, b]) => b - a)
      .slice(0, count)
      .map(([file, ms]) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${relative(folder, file)}`);
  }
}
