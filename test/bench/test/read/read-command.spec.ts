// The shortest run there is, with everything real: it has to come to an end, and its own checks of answers have to pass.
// Its times are not looked at. Only at the broker's door, because the other one wants a program that may be missing.
import { fileURLToPath } from 'node:url';
import { runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';

describe('npm run bench -- read', () => {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

  it('asks stores of two sizes beside the echo', async function () {
    this.timeout(150_000);

    const sizes = ['--rows', '1000,2000', '--rounds', '1', '--seconds', '0.2', '--warmup', '0.1'];
    const args = ['read', ...sizes, '--concurrency', '2', '--doors', 'amqp', '--json'];
    const { status, stdout, stderr } = await runCommand(process.execPath, [main, ...args], {
      timeoutMs: 140_000,
    });

    expect(status, stderr).to.equal(0);
    const { summaries, verdicts } = JSON.parse(stdout);
    const lines = summaries[0].lines.map(({ question, rows }: { question: string; rows?: number }) =>
      [question, rows].join(' ').trim(),
    );
    expect(lines).to.deep.equal(['echo', 'show 1000', 'show 2000', 'list 1000', 'list 2000']);
    expect(verdicts.map(({ goal }: { goal: string }) => goal)).to.deep.equal([
      'show from 2000 rows, p50 / smallest store, amqp at 2 <= 1.2',
      'list from 2000 rows, p50 / smallest store, amqp at 2 <= 1.2',
    ]);
  });
});
