import { expect } from 'chai';
import { runCommand } from '../src/run-command.ts';

describe('runCommand', () => {
  it('gives the input and returns status and both outputs', async () => {
    const script = 'cat; echo "$NAME" >&2; exit 3';

    const result = await runCommand('sh', ['-c', script], { input: 'hello', env: { NAME: 'world' } });

    expect(result).to.eql({ status: 3, stdout: 'hello', stderr: 'world\n' });
  });

  it('kills a program that is not done in time, and says what it wrote', async () => {
    const error = await runCommand('sh', ['-c', 'echo begun; sleep 60'], { timeoutMs: 200 }).catch(String);

    expect(error).to.equal('Error: sh was not done after 200 ms:\nbegun\n');
  });

  it('rejects when there is no such program', async () => {
    expect(await runCommand('no-such-program', []).catch(String)).to.contain('ENOENT');
  });
});
