import path from 'node:path';
import { readConfig, readEnvironment, vaultSettings } from '@cloud-gateway/runtime';
import { rotateMasterKey } from '@cloud-gateway/vault';
import type { Command } from 'commander';
import { z } from 'zod';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { createOutput } from '../output/output.ts';

export function addMasterKeyCommands(program: Command): void {
  const masterKey = program.command('master-key').description('the key that wraps all stored secrets');
  masterKey
    .command('rotate')
    .description('make a new master key the active one; older ones stay for what they have wrapped')
    .option('--json', 'one JSON object')
    .action(async (options: { json?: boolean }) => {
      const output = createOutput({
        json: options.json ?? false,
        stdout: process.stdout,
        stderr: process.stderr,
      });
      const environment = readEnvironment();
      const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, environment);
      const { GATEWAY_MASTER_KEY_FILE: file } = readConfig(z.object(vaultSettings), {
        GATEWAY_MASTER_KEY_FILE: path.join(dataDir, 'master.key'),
        ...environment,
      });
      const keyring = await rotateMasterKey(file);
      output.result(
        { file, activeKeyId: keyring.activeKeyId, keyIds: [...keyring.keys.keys()] },
        `${keyring.activeKeyId} is the active master key now. Back up ${file}.`,
      );
    });
}
