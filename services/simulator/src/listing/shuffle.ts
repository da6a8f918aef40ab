// EC2 lists have no order. Neither have ours, on purpose: whoever relies on one finds out here. The order is a function
// of the seed, so a failing test fails again.

export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const shuffled = [...items];
  let state = seed >>> 0;
  for (let i = shuffled.length - 1; i > 0; i--) {
    state = nextState(state);
    const j = state % (i + 1);
    const atI = shuffled[i];
    const atJ = shuffled[j];
    if (atI === undefined || atJ === undefined) continue;
    shuffled[i] = atJ;
    shuffled[j] = atI;
  }
  return shuffled;
}

// Mixes well enough that neighbouring seeds give unrelated orders (the finaliser of MurmurHash3).
function nextState(state: number): number {
  let mixed = (state + 0x9e3779b9) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
