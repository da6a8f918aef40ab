// A generator of numbers that gives the same ones in every run, so that what a fuzz test finds can be found again.

export interface Random {
  below(limit: number): number;
  pick<T>(values: readonly T[]): T;
  /** The text, in two of three cases with one character changed, doubled or taken out. */
  mutate(text: string): string;
}

/** xorshift32. */
export function createRandom(seed: number): Random {
  let state = seed | 0 || 1;
  const below = (limit: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return {
    below,
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    mutate(text) {
      const at = below(text.length + 1);
      switch (below(6)) {
        case 0:
          return text.slice(0, at) + String.fromCharCode(33 + below(94)) + text.slice(at + 1);
        case 1:
          return text.slice(0, at) + text.slice(at + 1);
        default:
          return text;
      }
    },
  };
}
