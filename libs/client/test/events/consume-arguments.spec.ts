import { expect } from 'chai';
import { consumeArgumentsOf } from '../../src/events/consume-arguments.ts';

describe('consumeArgumentsOf', () => {
  const advised = { 'x-stream-offset': 'first', 'x-other': 1 };
  const argumentsOf = (where: Partial<Parameters<typeof consumeArgumentsOf>[1]>) =>
    consumeArgumentsOf(advised, { lastOffset: undefined, offset: undefined, ...where });

  it('takes what the subscription advises', () => {
    expect(argumentsOf({})).to.deep.equal(advised);
  });

  it('begins where it is told to', () => {
    expect(argumentsOf({ offset: 7 })).to.deep.equal({ 'x-stream-offset': 7, 'x-other': 1 });
    expect(argumentsOf({ offset: 'next' })).to.include({ 'x-stream-offset': 'next' });
  });

  it('begins at a time, in whole seconds', () => {
    expect(argumentsOf({ offset: new Date(1_999) })['x-stream-offset']).to.deep.equal({
      '!': 'timestamp',
      value: 1,
    });
  });

  it('goes on after the last one, wherever it began', () => {
    expect(argumentsOf({ offset: 7, lastOffset: 41 })).to.include({ 'x-stream-offset': 42 });
    expect(argumentsOf({ offset: 'first', lastOffset: 0 })).to.include({ 'x-stream-offset': 1 });
  });
});
