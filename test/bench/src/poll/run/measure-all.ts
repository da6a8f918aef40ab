// Private servers for all sizes, then one size after the other: what is compared is compared within one size.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedServers } from '@cloud-gateway/embedded';
import type { BenchDeps } from '../../command/run-bench-command.ts';
import type { PollOptions } from '../poll-options.ts';
import { measureSize } from './measure-size.ts';
import type { SizeMeasured } from './sample.ts';

/** Leaves no process and no file behind, but profiles that were asked for. */
export async function measureAll(options: PollOptions, deps: BenchDeps): Promise<SizeMeasured[]> {
  const { signal, say } = deps;
  const directory = await mkdtemp(join(tmpdir(), 'gateway-bench-poll-'));
  try {
    const servers = await startEmbeddedServers({ directory, report: ({ message }) => say(message) });
    try {
      const profileDirectory = options.profileDirectory && resolve(options.profileDirectory);
      const measured: SizeMeasured[] = [];
      for (const instances of options.sizes) {
        signal.throwIfAborted();
        measured.push(await measureSize({ ...options, profileDirectory, instances }, { ...deps, servers }));
      }
      return measured;
    } finally {
      await servers.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
