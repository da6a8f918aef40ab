// The proxies on one core, the load and the cloud on another: so a proxy is measured, not the machine's scheduler.
import { existsSync, readFileSync } from 'node:fs';
import { taskset } from './pinned.ts';

export interface Cores {
  readonly proxy: number | undefined;
  readonly load: number | undefined;
  /** For people: why nothing is pinned. */
  readonly complaint: string | undefined;
}

export function chooseCores(): Cores {
  const allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  return coresOf(parseCpuList(allowed), existsSync(taskset));
}

export function coresOf(allowed: readonly number[], canPin: boolean): Cores {
  const [load, proxy] = allowed;
  const complaint = !canPin
    ? 'taskset is missing: proxy and load share all cores'
    : proxy === undefined
      ? 'there is only one core: proxy and load share it'
      : undefined;
  return complaint === undefined
    ? { proxy, load, complaint }
    : { proxy: undefined, load: undefined, complaint };
}

/** `0-2,5` as proc(5) writes it. */
export function parseCpuList(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter(Boolean)
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    });
}
