import { systemClock } from '@cloud-gateway/clock';
import { type PollState, pollStates } from '@cloud-gateway/contracts';
import type { PollUnitStatus, Store } from '@cloud-gateway/store';
import { type Command, Option } from 'commander';
import { withStoreOfGateway } from '../gateway/with-store-of-gateway.ts';
import { createOutput } from '../output/output.ts';
import { describePollUnits, pollUnitObject } from '../output/poll-units.ts';

interface PollingOptions {
  readonly account?: string;
  readonly state?: PollState;
  readonly json?: boolean;
}

export function addPollingCommand(program: Command): void {
  program
    .command('polling')
    .description('show every listing that is polled: next, last, seen, changes, throttles, errors')
    .option('--account <account>', 'of this account only, for example ec2-123456789012')
    .addOption(new Option('--state <state>', 'in this state only').choices(pollStates))
    .option('--json', 'one JSON object a line')
    .action(runPolling);
}

async function runPolling(options: PollingOptions): Promise<void> {
  const units = await withStoreOfGateway((store) => unitsLike(store, options));
  createOutput(options).results(
    units.map(pollUnitObject),
    units.length > 0
      ? describePollUnits(units, systemClock.nowMs())
      : 'Nothing is polled that fits; an account is polled from the moment it is proven.',
  );
}

async function unitsLike(
  { read }: Store,
  { account, state }: Pick<PollingOptions, 'account' | 'state'>,
): Promise<PollUnitStatus[]> {
  const units = await read.pollUnits.list();
  const order = (unit: PollUnitStatus) => `${unit.accountId} ${unit.region} ${unit.group}`;
  return units
    .filter((unit) => account === undefined || unit.accountId === account)
    .filter((unit) => state === undefined || unit.state === state)
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
