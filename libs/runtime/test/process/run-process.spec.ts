import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('runProcess', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`stops in order on ${signal} and ends with 0`, async () => {
      const { code, stdout, stderr } = await run('serve', { onceItPrints: '"started"', send: [signal] });

      expect([code, stderr]).to.deep.equal([0, '']);
      expect(stdout).to.match(/"service":"configured","message":"started"/);
      expect(stdout).to.match(
        new RegExp(`"message":"stopping","signal":"${signal}".*\n.*"message":"stopped"`),
      );
    });
  }

  for (const [signal, expected] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`ends at once with ${expected} on a second ${signal}`, async () => {
      const { code, stdout } = await run('stop-hangs', { onceItPrints: '"started"', send: [signal, signal] });

      expect(code).to.equal(expected);
      expect(stdout).not.to.contain('did not stop');
    });
  }

  it('prints what is wrong in the configuration as plain lines and ends with 78', async () => {
    const { code, stdout, stderr } = await run('wrong-config', {
      environment: { GATEWAY_TEST_PORT: 'abc', GATEWAY_TEST_KEY: 'hunter2' },
    });

    expect(code).to.equal(78);
    expect(stderr).to.equal(
      [
        'fixture: the configuration cannot be used',
        '  GATEWAY_TEST_PORT: expected a whole number from 0 to 65535, got "abc"',
        '  GATEWAY_TEST_KEY: expected a text of at least 20 characters, got something else (not shown)',
        '',
      ].join('\n'),
    );
    expect(stdout).to.equal('');
  });

  it('logs a failed start and ends with 1', async () => {
    const { code, stdout } = await run('start-fails');

    expect(code).to.equal(1);
    expect(stdout).to.contain(
      '"message":"the start failed","err":{"name":"Error","message":"the database is away"',
    );
  });

  it('waits for a stop no longer than its bound', async () => {
    const { code, stdout } = await run('stop-hangs', { onceItPrints: '"started"', send: ['SIGTERM'] });

    expect(code).to.equal(1);
    expect(stdout).to.contain('not stopped after 300 ms');
  });

  it('says so when the stop fails', async () => {
    const { code, stdout } = await run('stop-fails', { onceItPrints: '"started"', send: ['SIGTERM'] });

    expect(code).to.equal(1);
    expect(stdout).to.match(/did not stop cleanly.*channel closed/);
  });

  it('drains and ends with 70 on an exception that nobody caught', async () => {
    const { code, stdout } = await run('throws');

    expect(code).to.equal(70);
    expect(stdout).to.contain('drained');
    expect(stdout.match(/nobody caught me.*\n/g)).to.have.length(1);
  });

  it('drains once and ends with 70 on rejections that nobody handled', async () => {
    const { code, stdout } = await run('rejects');

    expect(code).to.equal(70);
    expect(stdout.match(/"level":"error"/g)).to.have.length(1);
    expect(stdout.match(/drained/g)).to.have.length(1);
  });

  it('tells a start that is under way to give up', async () => {
    const { code } = await run('slow-start', { onceItPrints: '"starting"', send: ['SIGTERM'] });

    expect(code).to.equal(0);
  });
});

interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly onceItPrints?: string;
  readonly send?: readonly NodeJS.Signals[];
}

async function run(
  behaviour: string,
  { environment = {}, onceItPrints, send = [] }: RunOptions = {},
): Promise<Ended> {
  const fixture = fileURLToPath(new URL('./run-process.fixture.js', import.meta.url));
  const child = spawn(process.execPath, [fixture, behaviour], { env: { ...process.env, ...environment } });
  const output = collect(child);
  const ended = once(child, 'close');
  if (onceItPrints !== undefined) await output.waitFor(onceItPrints);
  for (const [index, signal] of send.entries()) {
    // Two signals sent in one breath reach the process as one.
    if (index > 0) await output.waitFor('"stopping"');
    child.kill(signal);
  }
  const [code] = (await ended) as [number | null];
  return { code, stdout: output.stdout(), stderr: output.stderr() };
}

function collect(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const listeners = new Set<() => void>();
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
    for (const listener of listeners) listener();
  });
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    waitFor: (text: string) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (stdout.includes(text)) resolve();
        };
        listeners.add(look);
        look();
      }),
  };
}
