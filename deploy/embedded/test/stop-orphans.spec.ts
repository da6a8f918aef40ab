import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { directoryMark, stopOrphans } from '../src/stop-orphans.ts';

describe('stopOrphans', () => {
  const children: ChildProcess[] = [];
  const startSleeper = async (directory: string) => {
    const child = spawn('sleep', ['60'], { env: { PATH: '/usr/bin:/bin', ...directoryMark(directory) } });
    children.push(child);
    await once(child, 'spawn');
    return child;
  };
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  it('stops what an earlier run left in the directory, and says so', async () => {
    const orphan = await startSleeper('/a/b');
    const messages: string[] = [];

    await stopOrphans('/a/b', (message) => messages.push(message));

    expect(messages).to.eql([`Stopping what an earlier run left behind (process ${orphan.pid})`]);
    if (orphan.signalCode === null) await once(orphan, 'exit');
    expect(orphan.signalCode).to.equal('SIGTERM');
  });

  it('leaves the processes of other directories alone', async () => {
    const stranger = await startSleeper('/a/b/c');

    await stopOrphans('/a/b', () => expect.fail('found an orphan'));

    expect(stranger.signalCode).to.equal(null);
  });
});
