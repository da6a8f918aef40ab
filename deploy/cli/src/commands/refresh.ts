import { systemClock } from '@cloud-gateway/clock';
import { allResourceTypes, type ResourceType } from '@cloud-gateway/contracts';
import { sleep } from '@cloud-gateway/runtime';
import type { PollUnitStatus, Store } from '@cloud-gateway/store';
import { type Command, Option } from 'commander';
import { withStoreOfGateway } from '../gateway/with-store-of-gateway.ts';
import { createOutput } from '../output/output.ts';
import { describePollUnits, pollUnitObject } from '../output/poll-units.ts';
import { wholeNumber } from './whole-number.ts';

interface RefreshOptions {
  readonly region?: string;
  readonly type?: ResourceType;
  readonly timeout: number;
  readonly json?: boolean;
}

export function addRefreshCommand(program: Command): void {
  program
    .command('refresh')
    .description(
      'have the poller list an account again, and wait until it has; ends with 1 when a listing fails',
    )
    .argument('<account>', 'for example ec2-123456789012; ec2-public is what the cloud publishes')
    .option('--region <region>', 'only there')
    .addOption(new Option('--type <type>', 'only the listings that have this').choices(allResourceTypes))
    .option('--timeout <seconds>', 'how long to wait', wholeNumber({ min: 1, max: 3_600 }), 60)
    .option('--json', 'one JSON object a line')
    .action(runRefresh);
}

async function runRefresh(account: string, options: RefreshOptions): Promise<void> {
  const { units, over } = await withStoreOfGateway((store) => refresh(store, account, options));
  createOutput(options).results(units.map(pollUnitObject), describePollUnits(units, systemClock.nowMs()));
  if (units.some(({ state }) => state !== 'ok' && state !== 'partial')) process.exitCode = 1;
  const waiting = units.length - over;
  if (waiting === 0) return;
  throw new Error(
    `${waiting} of ${units.length} listings have not come within ${options.timeout} s. Does a poller run? \`cloud-gateway status\` tells.`,
  );
}

async function refresh(
  { read: { pollUnits } }: Store,
  accountId: string,
  { region, type, timeout }: RefreshOptions,
): Promise<{ units: PollUnitStatus[]; over: number }> {
  const { ids, nowMs: askedAtMs } = await pollUnits.wake({ accountId, region, type });
  if (ids.length === 0) {
    throw new Error(
      `Nothing of ${accountId} is polled that fits. \`cloud-gateway polling\` lists what is; an account has to be proven first.`,
    );
  }
  const endsAtMs = systemClock.nowMs() + timeout * 1_000;
  for (;;) {
    const units = await pollUnits.statusOf(ids);
    // One that began before the question may have missed what happened just before it.
    const over = units.filter(({ attemptedAt }) => (attemptedAt?.getTime() ?? 0) >= askedAtMs).length;
    if (over === units.length || systemClock.nowMs() >= endsAtMs) return { units, over };
    await sleep(stepMs);
  }
}

const stepMs = 200;
