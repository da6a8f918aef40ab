import { expect } from 'chai';
import { connectionWindow, latecomerWindow } from '../../src/broker/connection-window.ts';

describe('connectionWindow', () => {
  const second = 1_000;
  const login = (firstAt: number, lastAt: number, overSince: number) => ({
    firstAt: new Date(firstAt * second),
    lastAt: new Date(lastAt * second),
    overSince: new Date(overSince * second),
  });

  it('goes from a handshake before the first log-in to just after the last', () => {
    expect(connectionWindow(login(100, 200, 3_700))).to.deep.equal({ fromMs: 86_000, toMs: 203_000 });
  });

  it('ends with the end of the token for those who came late', () => {
    expect(latecomerWindow(login(100, 200, 3_700))).to.deep.equal({ fromMs: 86_000, toMs: 203_000 });
    expect(latecomerWindow(login(100, 200, 199))).to.deep.equal({ fromMs: 86_000, toMs: 202_000 });
  });
});
