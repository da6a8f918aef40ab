// Choices that a seed decides, so that a run that failed can be made again.

export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  /** Undefined of an empty list. */
  pick<T>(items: readonly T[]): T | undefined;
  /** By weights; those of 0 are never taken. */
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T;
  /** So many of them at the most, each once. */
  some<T>(items: readonly T[], max: number): T[];
}

/** Mulberry32: small, and good enough to choose with. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)],
    weighted(choices) {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, choice] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      throw new Error('There is nothing to choose from');
    },
    some(items, max) {
      const rest = [...items];
      const taken: (typeof rest)[number][] = [];
      for (let count = int(1, max); count > 0 && rest.length > 0; count -= 1)
        taken.push(...rest.splice(int(0, rest.length - 1), 1));
      return taken;
    },
  };
}
