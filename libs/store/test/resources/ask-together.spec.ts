import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { askTogether } from '../../src/resources/ask-together.ts';

describe('askTogether', () => {
  it('asks for what comes at once in one load, and tells each its own answer', async () => {
    const loads: string[][] = [];
    const { ask } = askTogether({ load: lengthsOf(loads), keysPerLoad: 100, patienceMs: 60_000 });

    const answers = await Promise.all(['one', 'three', 'unknown', 'one'].map(ask));

    expect(answers).to.deep.equal([3, 5, undefined, 3]);
    expect(loads).to.deep.equal([['one', 'three', 'unknown', 'one']]);
  });

  it('lets no question join a load that has begun', async () => {
    const loads: Load[] = [];
    const { ask } = askTogether({ load: heldBack(loads), keysPerLoad: 2, patienceMs: 60_000 });

    const first = ask('a');
    await eventually(() => loads.length === 1);
    const others = [ask('a'), ask('b'), ask('c')];
    loads[0]?.end('old');

    expect(await first).to.equal('old');
    await eventually(() => loads.length === 2);
    expect(loads[1]?.keys).to.deep.equal(['a', 'b']);
    loads[1]?.end('new');
    await eventually(() => loads.length === 3);
    loads[2]?.end('new');
    expect(await Promise.all(others)).to.deep.equal(['new', 'new', 'new']);
  });

  it('goes on beside a load that does not end', async () => {
    const loads: Load[] = [];
    const { ask } = askTogether({ load: heldBack(loads), keysPerLoad: 100, patienceMs: 1 });
    const slow = ask('a');
    await eventually(() => loads.length === 1);

    const quick = ask('b');
    await eventually(() => loads.length === 2);
    loads[1]?.end('quick');

    expect(await quick).to.equal('quick');
    loads[0]?.end('slow');
    expect(await slow).to.equal('slow');
  });

  it('tells a failure to those whom it concerns, and goes on', async () => {
    let isBroken = true;
    const { ask } = askTogether<string, string>({
      keysPerLoad: 100,
      patienceMs: 60_000,
      load: async (keys) => {
        if (isBroken) throw new Error('broken');
        return new Map(keys.map((key) => [key, key]));
      },
    });

    const failures = await Promise.all(['a', 'b'].map((key) => ask(key).catch((err: Error) => err.message)));
    isBroken = false;

    expect(failures).to.deep.equal(['broken', 'broken']);
    expect(await ask('a')).to.equal('a');
  });
});

interface Load {
  readonly keys: readonly string[];
  end(answer: string): void;
}

/** Gives each key its length, but `unknown`. */
function lengthsOf(loads: string[][]) {
  return async (keys: readonly string[]) => {
    loads.push([...keys]);
    return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, key.length]));
  };
}

function heldBack(loads: Load[]) {
  return (keys: readonly string[]) =>
    new Promise<ReadonlyMap<string, string>>((resolve) => {
      loads.push({ keys, end: (answer) => resolve(new Map(keys.map((key) => [key, answer]))) });
    });
}
