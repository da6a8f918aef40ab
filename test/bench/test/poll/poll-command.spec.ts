// The shortest run there is, with everything real: it has to come to an end, and its own checks of what was listed, seen
// and told have to pass. Its times are not looked at; what it counted is.
import { fileURLToPath } from 'node:url';
import { runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';

describe('npm run bench -- poll', () => {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

  it('polls beside the bare SDK, writes nothing where nothing changed, and tells of what did', async function () {
    this.timeout(150_000);

    const args = ['poll', '--sizes', '200', '--rounds', '1', '--json'];
    const { status, stdout, stderr } = await runCommand(process.execPath, [main, ...args], {
      timeoutMs: 140_000,
    });

    expect(status, stderr).to.equal(0);
    const { summaries, verdicts, samples } = JSON.parse(stdout);
    expect(summaries).to.have.length(1);
    expect(summaries[0]).to.include({ instances: 200, rounds: 1, changes: 2, rowsOfUnchanged: 0 });
    expect(summaries[0].rowsOfChanged).to.include({ resources: 2, revisions: 2 });
    expect(samples.map(({ kind, events }: { kind: string; events: number }) => [kind, events])).to.deep.equal(
      [
        ['sdk', 0],
        ['unchanged', 0],
        ['changed', 2],
      ],
    );
    expect(verdicts.map(({ goal }: { goal: string }) => goal)).to.include(
      'rows written by an unchanged poll at 200 = 0',
    );
  });
});
