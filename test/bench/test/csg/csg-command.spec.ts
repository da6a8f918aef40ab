// The shortest run there is, with everything real: it has to come to an end, and its own checks of answers and signatures
// have to pass. Its figures are not looked at.
import { fileURLToPath } from 'node:url';
import { runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';

describe('npm run bench -- csg', () => {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

  it('measures our proxy beside the bare one', async function () {
    this.timeout(150_000);

    const args = ['--smoke', '--json', '--seconds', '0.2', '--warmup', '0.1', '--stream-mb', '1'];
    const { status, stdout, stderr } = await runCommand(process.execPath, [main, 'csg', ...args], {
      timeoutMs: 140_000,
    });

    // 2: a goal was missed, as it may be on a busy machine.
    expect(status, stderr).to.be.oneOf([0, 2]);
    const { summaries, resumedElsewhere, verdicts } = JSON.parse(stdout);
    expect(summaries.map((one: { measurement: string }) => one.measurement)).to.include.members([
      'requests-16',
      'connections-full',
      'stream-upload-signed-chunks',
    ]);
    expect(summaries[0].peers.map((one: { peer: string }) => one.peer)).to.deep.equal([
      'direct',
      'csg',
      'bare',
    ]);
    expect(resumedElsewhere).to.equal(1);
    // Of so little work the system does not always count any CPU time, and then there is no ratio to judge.
    const goals = verdicts.map(({ goal }: { goal: string }) => goal);
    expect(goals).to.include.members(['sessions resumed at another process', 'memory added by a stream, MB']);
  });
});
