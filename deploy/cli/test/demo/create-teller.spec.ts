import { expect } from 'chai';
import { createTeller } from '../../src/demo/create-teller.ts';
import { memoryStream } from '../memory-stream.ts';

function teller(json: boolean) {
  const stdout = memoryStream();
  const aborting = new AbortController();
  let nowMs = 0;
  const now = () => {
    nowMs += 100;
    return nowMs;
  };
  const tell = createTeller({ json, stdout: stdout.stream, now, aborted: aborting.signal });
  return { tell, stdout, abort: () => aborting.abort() };
}

describe('createTeller', () => {
  it('numbers the steps for a person', () => {
    const { tell, stdout } = teller(false);
    tell.step('one', 'First');
    tell.line('a line');
    tell.line('');
    tell.done({ hidden: true });
    tell.step('two', 'Second');

    expect(stdout.text()).to.equal('\n 1. First\n      a line\n\n\n 2. Second\n');
  });

  it('gives a program one object a step, with its outcome and its time', () => {
    const { tell, stdout } = teller(true);
    tell.step('one', 'First');
    tell.line('a line');
    tell.done({ count: 3 });
    tell.step('two', 'Second');
    tell.failed(new Error('It broke.'));
    tell.failed(new Error('Said once only.'));

    expect(
      stdout
        .text()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).to.deep.equal([
      { step: 'one', ok: true, count: 3, durationMs: 100 },
      { step: 'two', ok: false, error: 'It broke.', durationMs: 100 },
    ]);
  });

  it('begins no further step once it was asked to stop', () => {
    const { tell, abort } = teller(false);
    tell.step('one', 'First');
    abort();

    expect(() => tell.step('two', 'Second'))
      .to.throw()
      .with.property('name', 'AbortError');
  });
});
