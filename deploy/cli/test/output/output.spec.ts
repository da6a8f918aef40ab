import { expect } from 'chai';
import { createOutput } from '../../src/output/output.ts';
import { memoryStream } from '../memory-stream.ts';

function outputs(json: boolean) {
  const stdout = memoryStream();
  const stderr = memoryStream();
  const output = createOutput({ json }, { stdout: stdout.stream, stderr: stderr.stream });
  return { output, stdout, stderr };
}

describe('createOutput', () => {
  it('tells a person results on standard output and progress on standard error', () => {
    const { output, stdout, stderr } = outputs(false);
    output.progress('starting');
    output.result({ url: 'http://a' }, 'It runs.');
    output.results([{ id: 1 }], 'one row');

    expect(stdout.text()).to.equal('It runs.\none row\n');
    expect(stderr.text()).to.equal('starting\n');
  });

  it('gives a program one JSON object a line, and nothing else', () => {
    const { output, stdout, stderr } = outputs(true);
    output.progress('starting');
    output.result({ url: 'http://a' }, 'It runs.');
    output.results([{ id: 1 }, { id: 2 }], 'two rows');
    output.results([], 'There are none.');

    expect(stdout.text()).to.equal('{"url":"http://a"}\n{"id":1}\n{"id":2}\n');
    expect(stderr.text()).to.equal('');
  });
});
