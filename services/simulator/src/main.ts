#!/usr/bin/env node
// The simulator as a process: reads the environment, starts, says where it is, stops on a signal.
import { demoUsers } from './config.ts';
import { readEnvironment } from './environment.ts';
import { start } from './service.ts';

const settings = readEnvironment(process.env);
const simulator = await start(settings);
console.log(`Simulated AWS: ${simulator.url}`);
if (!settings.users) {
  for (const user of demoUsers) {
    console.log(`  account ${user.accountId}  key ${user.accessKeyId}  secret ${user.secretAccessKey}`);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.stop());
}
