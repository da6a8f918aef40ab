// A worker process of `mocha --parallel` is ended after its last file, whatever is open in it: what would keep any other
// process from ending has to be looked for.
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type ActiveResources, activeResources, moreThan } from './active-resources.ts';

/** What is active in a hook before the tests. */
export async function rememberActive(): Promise<ActiveResources> {
  await nextTurn(); // now mocha's timer for the hook is active, as it will be in the hook at the end
  return activeResources();
}

/** Waits until nothing more is active than before the tests; says what still is after the grace, 10 s unless told. */
export async function expectNothingActive(
  before: ActiveResources,
  { graceMs = 10_000 } = {},
): Promise<string[]> {
  const endMs = performance.now() + graceMs;
  await nextTurn();
  for (;;) {
    const more = moreThan(before);
    if (more.length === 0) return [];
    if (performance.now() >= endMs) return more.map((resources) => `still active: ${resources}`);
    await sleep(10, undefined, { ref: false }); // else it would be active itself
  }
}
