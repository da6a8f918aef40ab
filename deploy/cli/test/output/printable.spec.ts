import { expect } from 'chai';
import { errorLine } from '../../src/output/error-line.ts';
import { printable } from '../../src/output/printable.ts';
import { table } from '../../src/output/table.ts';
import { describeResource } from '../../src/resources/describe-resource.ts';

describe('printable', () => {
  const evil = 'web\u001b[2J\u001b]0;x\u0007\r\nrow\u009b1m\u202egpj';
  const shown = 'web\\u001b[2J\\u001b]0;x\\u0007\\r\\nrow\\u009b1m\\u202egpj';

  it('shows control characters, and leaves all others as they are', () => {
    expect(printable(evil)).to.equal(shown);
    expect(printable('Größe → 10 µ, 東京 🙂')).to.equal('Größe → 10 µ, 東京 🙂');
  });

  it('keeps tables, descriptions and errors in their places', () => {
    expect(
      table([
        ['id', 'name'],
        ['i-1', evil],
      ]).split('\n'),
    ).to.deep.equal(['id   name', `i-1  ${shown}`]);
    expect(describeResource({ name: evil, tags: { [evil]: 'x' }, list: [evil] }).split('\n')).to.have.length(
      3,
    );
    expect(describeResource({ name: evil, tags: { [evil]: 'x' }, list: [evil] })).not.to.include('\u001b');
    expect(errorLine(new Error(`two\nlines \u001b[2J`))).to.equal('two\nlines \\u001b[2J');
  });
});
