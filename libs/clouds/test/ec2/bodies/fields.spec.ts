import { expect } from 'chai';
import { present, sortedTexts, tagsOf, textOrNull, timeOrNull } from '../../../src/ec2/bodies/fields.ts';

describe('fields', () => {
  it('gives null for absent and empty texts', () => {
    expect([undefined, '', 'x'].map(textOrNull)).to.deep.equal([null, null, 'x']);
  });

  it('gives null for what is no time', () => {
    expect(timeOrNull('yesterday')).to.equal(null);
    expect(timeOrNull(new Date(Number.NaN))).to.equal(null);
    expect(timeOrNull(undefined)).to.equal(null);
  });

  it('sorts texts in the same order on every machine, each once', () => {
    expect(sortedTexts(['b', undefined, 'B', 'a', 'a', ''])).to.deep.equal(['B', 'a', 'b']);
  });

  it('keeps a tag without a value and a tag named __proto__', () => {
    const tags = tagsOf([{ Key: 'empty' }, { Key: '__proto__', Value: 'x' }]);

    expect(Object.entries(tags)).to.deep.equal([
      ['__proto__', 'x'],
      ['empty', ''],
    ]);
  });

  it('leaves out what was not said, and keeps false and 0', () => {
    expect(present({ a: undefined, b: '', c: [], d: {}, e: false, f: 0, g: null })).to.deep.equal({
      e: false,
      f: 0,
    });
  });
});
