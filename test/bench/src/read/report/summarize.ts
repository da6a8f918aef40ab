import { type Strangers, summarizeStrangers } from '../../report/strangers.ts';
import { median } from '../../rpc/median.ts';
import {
  type Door,
  type FigureName,
  type Figures,
  figureNames,
  type Question,
  type Slice,
} from '../run/slice.ts';

/** What all rounds at one door and one concurrency come to. */
export interface Summary {
  readonly door: Door;
  readonly connections: number;
  readonly lines: readonly Line[];
  readonly strangersCores: Strangers;
}

/** One question to one store. */
export interface Line {
  readonly question: Question;
  /** Undefined for the echo. */
  readonly rows: number | undefined;
  /** Medians over the rounds. */
  readonly medians: Figures;
  /** Divided by the echo of the same round, median over the rounds. */
  readonly toEcho: Figures;
  /** Divided by the same question to the smallest store in the same round, median over the rounds. */
  readonly toSmallest: Figures | undefined;
}

export function summarize(slices: readonly Slice[]): Summary[] {
  return groupsOf(slices, ({ door, connections }) => `${door} ${connections}`).map(summarizeOne);
}

function summarizeOne(slices: readonly Slice[]): Summary {
  const [{ door, connections }] = slices as [Slice];
  const smallest = Math.min(...slices.flatMap(({ rows }) => rows ?? []));
  const ofStore = (question: Question, rows: number | undefined) =>
    slices.filter((slice) => slice.question === question && slice.rows === rows);
  const lines = groupsOf(slices, ({ question, rows }) => `${question} ${rows}`);
  return {
    door,
    connections,
    lines: lines.map((own): Line => {
      const [{ question, rows }] = own as [Slice];
      return {
        question,
        rows,
        medians: figures((name) => median(own.map((slice) => slice[name]))),
        toEcho: ratios(own, ofStore('echo', undefined)),
        toSmallest:
          rows === undefined || rows === smallest ? undefined : ratios(own, ofStore(question, smallest)),
      };
    }),
    strangersCores: summarizeStrangers(slices),
  };
}

/** In the order of their first members. */
function groupsOf(slices: readonly Slice[], keyOf: (slice: Slice) => string): Slice[][] {
  const groups = new Map<string, Slice[]>();
  for (const slice of slices) groups.set(keyOf(slice), [...(groups.get(keyOf(slice)) ?? []), slice]);
  return [...groups.values()];
}

function ratios(slices: readonly Slice[], others: readonly Slice[]): Figures {
  return figures((name) =>
    median(
      slices.flatMap((slice) => {
        const other = others.find(({ round }) => round === slice.round);
        return other ? [slice[name] / other[name]] : [];
      }),
    ),
  );
}

function figures(of: (name: FigureName) => number): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, of(name)])) as Record<FigureName, number>;
}
