import { expect } from 'chai';
import {
  cpuMicrosOfMachine,
  cpuMicrosOfTree,
  parseMachineStat,
  parseProcessStat,
} from '../../src/processes/cpu-time.ts';

describe('parseProcessStat', () => {
  it('counts the fields after a name that holds spaces and parentheses', () => {
    const text = '42 (beam) R (x) S 1 42 42 0 -1 4194560 9 0 0 0 700 300 20 10 20 0 5 0 100 0 0';

    expect(parseProcessStat(text)).to.deep.equal({
      userTicks: 700,
      systemTicks: 300,
      endedChildrenTicks: 30,
    });
  });
});

describe('parseMachineStat', () => {
  it('leaves out the time in which nothing ran', () => {
    expect(parseMachineStat('cpu  100 1 50 9999 888 3 4 5 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).to.equal(163);
  });
});

describe('cpuMicrosOfTree', () => {
  it('sees the time that this process uses, and the machine’s with it', () => {
    const before = { own: cpuMicrosOfTree(process.pid), machine: cpuMicrosOfMachine() };

    const usedBefore = process.cpuUsage();
    while (process.cpuUsage(usedBefore).user < 60_000);

    expect(cpuMicrosOfTree(process.pid) - before.own).to.be.greaterThan(20_000);
    expect(cpuMicrosOfMachine() - before.machine).to.be.greaterThan(20_000);
  });
});
