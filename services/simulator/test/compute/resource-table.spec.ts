import { expect } from 'chai';
import { createResourceTable } from '../../src/compute/resource-table.ts';

interface Thing {
  readonly id: string;
  readonly createdAtMs: number;
  readonly value: string;
  readonly goneAtMs?: number;
}

describe('createResourceTable', () => {
  const setUp = (lags: { lagMs?: number; changeLagMs?: number } = {}) => {
    const world = { nowMs: 0, lagMs: 0, changeLagMs: 0, ...lags };
    const table = createResourceTable<Thing>({
      nowMs: () => world.nowMs,
      lagMs: () => world.lagMs,
      changeLagMs: () => world.changeLagMs,
      settle: (thing, nowMs) => ((thing.goneAtMs ?? Number.POSITIVE_INFINITY) > nowMs ? thing : undefined),
    });
    const put = (id: string, value = 'new') => table.put({ id, value, createdAtMs: 0 });
    const shown = () => table.allSeen().map(({ id, value }) => `${id}=${value}`);
    return { world, table, put, shown };
  };

  it('shows what is there, in the order of ids', () => {
    const { table, put, shown } = setUp();
    for (const id of ['c', 'a', 'b']) put(id);
    table.delete('b');
    put('a', 'changed');

    expect(shown()).to.deep.equal(['a=changed', 'c=new']);
    expect([...table.seenAfter('a')].map(({ id }) => id)).to.deep.equal(['c']);
    expect(table.seen('b')).to.equal(undefined);
    expect(table.size).to.equal(2);
  });

  it('hides what is new for as long as it lags', () => {
    const { world, table, put, shown } = setUp({ lagMs: 100 });
    put('a');

    world.nowMs = 99;
    expect(shown()).to.deep.equal([]);
    expect(table.seen('a')).to.equal(undefined);
    expect(table.get('a')?.value).to.equal('new');
    world.nowMs = 100;
    expect(shown()).to.deep.equal(['a=new']);
  });

  it('shows each change after the lag, one after the other', () => {
    const { world, table, put, shown } = setUp({ changeLagMs: 100 });
    put('a', 'first');
    world.nowMs = 10;
    put('a', 'second');
    world.nowMs = 50;
    put('a', 'third');

    const at = (nowMs: number) => {
      world.nowMs = nowMs;
      return shown();
    };
    expect(at(60)).to.deep.equal(['a=first']);
    expect(table.get('a')?.value).to.equal('third');
    expect(at(109)).to.deep.equal(['a=first']);
    expect(at(110)).to.deep.equal(['a=second']);
    expect(at(149)).to.deep.equal(['a=second']);
    expect(at(150)).to.deep.equal(['a=third']);
  });

  it('lists a deleted one until the lag is over, and can be healed at once', () => {
    const { world, table, put, shown } = setUp({ changeLagMs: 100 });
    for (const id of ['a', 'b']) put(id);
    table.delete('a');
    table.delete('b');

    world.nowMs = 99;
    expect(table.get('a')).to.equal(undefined);
    expect(shown()).to.deep.equal(['a=new', 'b=new']);
    world.nowMs = 100;
    expect(table.seen('a')).to.equal(undefined);
    put('b', 'again');
    world.changeLagMs = 0;
    expect(shown()).to.deep.equal(['b=again']);
  });

  it('forgets what time has taken away', () => {
    const { world, table, shown } = setUp();
    table.put({ id: 'a', value: 'x', createdAtMs: 0, goneAtMs: 50 });
    expect(shown()).to.deep.equal(['a=x']);

    world.nowMs = 50;
    expect(shown()).to.deep.equal([]);
    expect(table.all()).to.deep.equal([]);
    expect(table.size).to.equal(0);
  });
});
