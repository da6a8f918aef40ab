// What processes that have no part in a measurement took of the machine meanwhile.
import { median } from '../rpc/median.ts';

/** In cores. */
export interface Strangers {
  readonly median: number;
  readonly max: number;
}

export function summarizeStrangers(samples: readonly { readonly strangersCores: number }[]): Strangers {
  const cores = samples.map(({ strangersCores }) => strangersCores);
  return { median: median(cores), max: Math.max(...cores) };
}

export function renderStrangers({ median: middle, max }: Strangers): string {
  const judgement = max > disturbedCores ? ': disturbed' : '';
  return `other processes took ${percent(middle)} of a core (median), ${percent(max)} at most${judgement}`;
}

/** Above this the figures of a sample are not worth much on a small machine. */
const disturbedCores = 0.35;

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
