import { percentile } from '../../csg/load/percentile.ts';
import { type Strangers, summarizeStrangers } from '../../report/strangers.ts';
import { median } from '../../rpc/median.ts';
import {
  type Cost,
  countedTables,
  type Kind,
  kinds,
  type RowsWritten,
  type SizeMeasured,
} from '../run/sample.ts';

/** What all rounds at one size come to. */
export interface Summary {
  readonly instances: number;
  readonly rounds: number;
  /** Medians over the rounds. */
  readonly medians: Readonly<Record<Kind, Cost>>;
  /** One divided by the other in the same round, median over the rounds. */
  readonly unchangedToSdk: Cost;
  readonly changedToUnchanged: Cost;
  /** The most that any unchanged poll wrote, of all tables together. */
  readonly rowsOfUnchanged: number;
  /** Of all changed polls together. */
  readonly changes: number;
  readonly rowsOfChanged: RowsWritten;
  readonly eventMs: { readonly median: number; readonly p99: number; readonly max: number } | undefined;
  readonly filling: Cost;
  readonly memoryBytes: SizeMeasured['memoryBytes'];
  readonly strangersCores: Strangers;
}

export function summarize({ instances, samples, filling, memoryBytes }: SizeMeasured): Summary {
  const of = (kind: Kind) => samples.filter((sample) => sample.kind === kind);
  const ratio = (one: Kind, other: Kind): Cost =>
    costs((name) =>
      median(
        of(one).flatMap((sample) => {
          const same = of(other).find(({ round }) => round === sample.round);
          return same ? [sample[name] / same[name]] : [];
        }),
      ),
    );
  const rowsOf = (kind: Kind) => of(kind).flatMap(({ rows }) => (rows === undefined ? [] : [rows]));
  const eventMs = samples.flatMap((sample) => sample.eventMs);
  return {
    instances,
    rounds: of('sdk').length,
    medians: Object.fromEntries(
      kinds.map((kind) => [kind, costs((name) => median(of(kind).map((sample) => sample[name])))]),
    ) as Record<Kind, Cost>,
    unchangedToSdk: ratio('unchanged', 'sdk'),
    changedToUnchanged: ratio('changed', 'unchanged'),
    rowsOfUnchanged: Math.max(...rowsOf('unchanged').map(sumOf)),
    changes: of('changed').reduce((sum, { changes }) => sum + changes, 0),
    rowsOfChanged: added(rowsOf('changed')),
    eventMs:
      eventMs.length === 0
        ? undefined
        : { median: median(eventMs), p99: percentile(eventMs, 99), max: percentile(eventMs, 100) },
    filling,
    memoryBytes,
    strangersCores: summarizeStrangers(samples),
  };
}

function costs(of: (name: keyof Cost) => number): Cost {
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs') };
}

function sumOf(rows: RowsWritten): number {
  return countedTables.reduce((sum, table) => sum + rows[table], 0);
}

function added(all: readonly RowsWritten[]): RowsWritten {
  return Object.fromEntries(
    countedTables.map((table) => [table, all.reduce((sum, rows) => sum + rows[table], 0)]),
  ) as Record<(typeof countedTables)[number], number>;
}
