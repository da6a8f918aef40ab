import { type Strangers, summarizeStrangers } from '../../report/strangers.ts';
import { median } from '../../rpc/median.ts';
import { type PeerName, peerNames } from '../peers/peers.ts';
import { type FigureName, type Figures, figureNames, type Slice } from '../run/slice.ts';

/** What all rounds of one measurement come to. */
export interface Summary {
  /** measurementId */
  readonly measurement: string;
  /** In the order in which they took turns; only those that were measured. */
  readonly peers: readonly PeerSummary[];
  readonly strangersCores: Strangers;
}

export interface PeerSummary {
  readonly peer: PeerName;
  /** Over the rounds. */
  readonly medians: Figures;
  /** This one divided by "bare" in the same round, median over the rounds: not the quotient of the medians. */
  readonly toBare: Figures;
  /** Ours divided by this one, in the same way. */
  readonly oursTo: Figures;
}

export function summarize(slices: readonly Slice[]): Summary[] {
  const measurements = [...new Set(slices.map(({ measurement }) => measurement))];
  return measurements.map((measurement) => summarizeOne(slices, measurement));
}

function summarizeOne(all: readonly Slice[], measurement: string): Summary {
  const slices = all.filter((slice) => slice.measurement === measurement);
  const of = (peer: PeerName) => slices.filter((slice) => slice.peer === peer);
  return {
    measurement,
    peers: peerNames
      .filter((peer) => of(peer).length > 0)
      .map((peer) => ({
        peer,
        medians: figures((name) => of(peer).map((slice) => slice.figures[name])),
        toBare: ratios(of(peer), of('bare')),
        oursTo: ratios(of('csg'), of(peer)),
      })),
    strangersCores: summarizeStrangers(slices),
  };
}

function ratios(one: readonly Slice[], other: readonly Slice[]): Figures {
  return figures((name) =>
    one.map((slice) => {
      const own = slice.figures[name];
      const others = other.find(({ round }) => round === slice.round)?.figures[name];
      return own === undefined || !others ? undefined : own / others;
    }),
  );
}

/** Medians of what there is. */
function figures(valuesOf: (name: FigureName) => readonly (number | undefined)[]): Figures {
  return Object.fromEntries(
    figureNames.flatMap((name) => {
      const values = valuesOf(name).filter((value) => value !== undefined);
      return values.length > 0 ? [[name, median(values)]] : [];
    }),
  );
}
