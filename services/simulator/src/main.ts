// The simulator as a process: reads the environment, starts, says where it is, stops on a signal.
import { createLogger, readConfig, runProcess } from '@cloud-gateway/runtime';
import { demoUsers } from './config.ts';
import { environmentSchema, toSettings } from './environment.ts';
import { start } from './service.ts';

await runProcess({
  name: 'simulator',
  start: async () => {
    const settings = toSettings(readConfig(environmentSchema));
    const simulator = await start(settings);
    console.log(`Simulated AWS: ${simulator.url}`);
    if (!settings.users) {
      for (const user of demoUsers) {
        console.log(`  account ${user.accountId}  key ${user.accessKeyId}  secret ${user.secretAccessKey}`);
      }
    }
    return { stop: simulator.stop, log: createLogger({ service: 'simulator', level: 'warn' }) };
  },
});
