// The shortest run there is, with everything real: it has to come to an end, and its own checks of what lies in the queues
// have to pass. Its times are not looked at.
import { fileURLToPath } from 'node:url';
import { runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';

describe('npm run bench -- events', () => {
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

  it('publishes beside bare amqplib, delivers, fans out and replays', async function () {
    this.timeout(150_000);

    const sizes = [
      '--events',
      '300',
      '--rounds',
      '1',
      '--subscribers',
      '1,2',
      '--changes',
      '10',
      '--rate',
      '50',
    ];
    const { status, stdout, stderr } = await runCommand(
      process.execPath,
      [main, 'events', ...sizes, '--json'],
      {
        timeoutMs: 140_000,
      },
    );

    expect(status, stderr).to.equal(0);
    const { measured, summary, verdicts } = JSON.parse(stdout);
    const published = measured.publishing.map((one: { publisher: string; events: number }) => [
      one.publisher,
      one.events,
    ]);
    expect(published).to.deep.equal([
      ['relay', 300],
      ['batches', 300],
      ['window', 300],
    ]);
    const lines = summary.fanOut.map(
      (one: { queues: number; further: string }) => `${one.queues} ${one.further}`,
    );
    expect(lines).to.deep.equal(['1 same', '2 same', '2 others']);
    expect(summary.latency).to.include({ changes: 10 });
    expect(summary.replay).to.include({ events: 300 });
    expect(verdicts).to.have.length(2);
  });
});
