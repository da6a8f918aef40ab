import { type Strangers, summarizeStrangers } from '../report/strangers.ts';
import { median } from './median.ts';
import { type FigureName, type Figures, figureNames, type Slice } from './slice.ts';
import { type SystemName, systemNames } from './systems.ts';

/** What all rounds at one concurrency come to. */
export interface Summary {
  readonly connections: number;
  /** Medians over the rounds. */
  readonly medians: Readonly<Record<SystemName, Figures>>;
  /** Ours divided by another's in the same round, median over the rounds: not the quotient of the medians. */
  readonly oursTo: Readonly<Record<'bare' | 'nest', Figures>>;
  readonly strangersCores: Strangers;
}

export function summarize(slices: readonly Slice[]): Summary[] {
  const concurrency = [...new Set(slices.map((slice) => slice.connections))];
  return concurrency.map((connections) => summarizeOne(slices, connections));
}

function summarizeOne(all: readonly Slice[], connections: number): Summary {
  const slices = all.filter((slice) => slice.connections === connections);
  return {
    connections,
    medians: bySystem((system) =>
      figures((name) =>
        median(slices.filter((slice) => slice.system === system).map((slice) => slice[name])),
      ),
    ),
    oursTo: { bare: ratios(slices, 'bare'), nest: ratios(slices, 'nest') },
    strangersCores: summarizeStrangers(slices),
  };
}

function ratios(slices: readonly Slice[], other: SystemName): Figures {
  const ours = slices.filter((slice) => slice.system === 'ours');
  return figures((name) =>
    median(
      ours.flatMap((slice) => {
        const peer = slices.find(({ system, round }) => system === other && round === slice.round);
        return peer ? [slice[name] / peer[name]] : [];
      }),
    ),
  );
}

function bySystem<T>(of: (system: SystemName) => T): Record<SystemName, T> {
  return Object.fromEntries(systemNames.map((system) => [system, of(system)])) as Record<SystemName, T>;
}

function figures(of: (name: FigureName) => number): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, of(name)])) as Record<FigureName, number>;
}
