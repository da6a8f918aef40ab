import { expect } from 'chai';
import { formatJson } from '../../src/reference/format-json.ts';

describe('formatJson', () => {
  it('writes objects line by line, and a list in one line where it fits into 110 columns', () => {
    const short = ['a', 1, null, true];
    const long = Array.from({ length: 20 }, (_, i) => `item ${i}`);

    expect(formatJson({ short, none: [], empty: {}, inner: { long } })).to.equal(
      [
        '{',
        '  "short": ["a", 1, null, true],',
        '  "none": [],',
        '  "empty": {},',
        '  "inner": {',
        '    "long": [',
        ...long.map((item, i) => `      "${item}"${i < 19 ? ',' : ''}`),
        '    ]',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('counts the comma behind a list', () => {
    const list = ['x'.repeat(100 - '  "": []'.length - '""'.length + 10)];
    const isOneLine = (value: unknown) => formatJson(value).split('\n')[1]?.includes(']');

    expect(isOneLine({ '': list })).to.equal(true);
    expect(isOneLine({ '': list, next: 1 })).to.equal(false);
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(formatJson({ a: undefined, b: 1 })).to.equal('{\n  "b": 1\n}\n');
  });
});
