// What every command that changes a resource takes, and what it tells of the answer.
import type { AnyCallInput, GatewayClient } from '@cloud-gateway/client';
import type { Command } from 'commander';
import type { Place } from '../../client/choose-account.ts';
import { createOutput } from '../../output/output.ts';
import { printable } from '../../output/printable.ts';
import { wholeNumber } from '../whole-number.ts';
import { atPlace, type PlaceOptions } from './place-options.ts';

export interface WriteOptions extends PlaceOptions {
  readonly wait?: number;
  readonly ifMatch?: string;
  readonly dryRun?: boolean;
  readonly idempotencyKey?: string;
  readonly region?: string;
}

export function addWriteOptions(command: Command, { creates = false }: { creates?: boolean } = {}): Command {
  command
    .option('--wait <seconds>', 'until it is in a state that stays', wholeNumber({ min: 1, max: 300 }))
    .option('--dry-run', 'ask the cloud whether it would work; change nothing')
    .option('--idempotency-key <key>', 'the same key never makes a second one; without: a new key');
  return creates
    ? command
    : command
        .option('--if-match <etag>', 'only when nobody has changed it since; `resources show` tells the ETag')
        .option('--region <region>', 'where the cloud uses the same id in several regions');
}

export interface Write {
  /** Name of the route: `instance-create`. */
  readonly route: string;
  readonly id?: string;
  readonly query?: AnyCallInput['query'];
  /** Made when it is known who asks and where. */
  readonly body?: (client: GatewayClient, place: Place) => Promise<unknown>;
}

export async function runWrite(options: WriteOptions, { route, id, query, body }: Write): Promise<void> {
  const { status, body: document } = await atPlace(options, async (client, place) =>
    client.sendAny(route, {
      params: { ...place, ...(id !== undefined && { id }) },
      query: { ...query, ...(options.dryRun && { dryRun: true }) },
      ...(body && { body: await body(client, place) }),
      headers: {
        ...(options.wait !== undefined && { prefer: `wait=${options.wait}` }),
        ...(options.ifMatch !== undefined && { 'if-match': options.ifMatch }),
      },
      ...(options.idempotencyKey !== undefined && { idempotencyKey: options.idempotencyKey }),
      timeoutMs: ((options.wait ?? 0) + 60) * 1_000,
    }),
  );
  const answer = document as Readonly<Record<string, unknown>>;
  createOutput(options).result(answer, describe(answer, status));
}

function describe(answer: Readonly<Record<string, unknown>>, status: number): string {
  if (answer['dryRun'] === true) return 'It would succeed; nothing has changed.';
  const { cloudId, name, state, deletedAt, privateKey } = answer;
  const what = printable([cloudId, ...(name ? [`(${String(name)})`] : [])].join(' '));
  const how = deletedAt ? `is gone, since ${String(deletedAt)}` : `is ${String(state)}`;
  const later = status === 202 ? '; the cloud is still at it, --wait <seconds> waits' : '';
  return [
    `${what} ${how}${later}.`,
    ...(typeof privateKey === 'string'
      ? ['The private key is shown only now; keep it:', privateKey.trimEnd()]
      : []),
  ].join('\n');
}
