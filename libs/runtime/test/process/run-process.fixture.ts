// A process under test; its first argument says how it behaves. See run-process.spec.ts.
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { readConfig } from '../../src/config/read-config.ts';
import { setting } from '../../src/config/setting.ts';
import { createLogger } from '../../src/logging/create-logger.ts';
import { type Running, runProcess } from '../../src/process/run-process.ts';

const schema = z.object({
  GATEWAY_TEST_PORT: setting.port(0, 'Port.'),
  GATEWAY_TEST_KEY: setting.secret({ minLength: 20, optional: true, description: 'Key.' }),
});

const behaviours: Readonly<Record<string, (signal: AbortSignal) => Promise<Running>>> = {
  serve: async () => serving(async () => void (await setTimeout(50))),
  'wrong-config': async () => {
    readConfig(schema);
    return serving(async () => {});
  },
  'start-fails': async () => {
    throw new Error('the database is away');
  },
  'stop-hangs': async () => serving(() => new Promise(() => {})),
  'stop-fails': async () => serving(() => Promise.reject(new Error('channel closed'))),
  throws: async () => {
    setImmediate(() => {
      throw new Error('nobody caught me');
    });
    return serving(async () => console.log('drained'));
  },
  rejects: async () => {
    setImmediate(() => {
      void Promise.reject(new Error('first'));
      void Promise.reject(new Error('second'));
    });
    return serving(async () => console.log('drained'));
  },
  'slow-start': async (signal) => {
    console.log('"message":"starting"');
    await setTimeout(60_000, undefined, { signal });
    throw new Error('not reached');
  },
};

function serving(stop: () => Promise<void>): Running {
  const alive = setInterval(() => {}, 1000);
  return {
    log: createLogger({ service: 'configured' }),
    stop: async () => {
      await stop();
      clearInterval(alive);
    },
  };
}

await runProcess({
  name: 'fixture',
  shutdownTimeoutMs: 300,
  start: async ({ signal }) => {
    const behave = behaviours[process.argv[2] ?? ''];
    if (behave === undefined) throw new Error('unknown behaviour');
    return behave(signal);
  },
});
