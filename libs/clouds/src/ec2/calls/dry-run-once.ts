// EC2 answers a dry run that would work with a refusal of its own, DryRunOperation.
import type { Http, WriteDeps } from './write-deps.ts';

/** Throws what EC2 would refuse. `send` sends with DryRun. */
export async function dryRunOnce(
  { call }: Pick<WriteDeps, 'call'>,
  action: string,
  signal: AbortSignal,
  send: (http: Http) => Promise<unknown>,
): Promise<void> {
  const outcome = await call.attempt(action, signal, send);
  if (!outcome.ok && outcome.error.cloud?.code !== 'DryRunOperation') throw outcome.error;
}
