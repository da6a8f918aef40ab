import { expect } from 'chai';
import { createTextBuffer } from '../src/text-buffer.ts';

describe('createTextBuffer', () => {
  it('gives the bytes of all that was added, also when they are many and wide', () => {
    const parts = Array.from({ length: 20_000 }, (_, i) => `<é${i}>€\u{1f642}${'x'.repeat(i % 100)}`);
    const text = createTextBuffer();
    for (const part of parts) text.add(part);
    text.add('w'.repeat(3_000_000));

    expect(text.toBuffer().equals(Buffer.from(`${parts.join('')}${'w'.repeat(3_000_000)}`))).to.equal(true);
  });

  it('leaves a finished text alone when the next one is written', () => {
    const first = createTextBuffer();
    first.add('first');
    const bytes = first.toBuffer();
    const second = createTextBuffer();
    second.add('other');
    second.toBuffer();

    expect(bytes.toString()).to.equal('first');
    expect(createTextBuffer().toBuffer()).to.have.length(0);
  });
});
