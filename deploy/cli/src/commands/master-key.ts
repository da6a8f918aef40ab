import { existsSync } from 'node:fs';
import path from 'node:path';
import { readConfig, readEnvironment, vaultSettings } from '@cloud-gateway/runtime';
import { rotateMasterKey } from '@cloud-gateway/vault';
import type { Command } from 'commander';
import { z } from 'zod';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { withDefaults } from '../gateway/with-defaults.ts';
import { createOutput } from '../output/output.ts';

export function addMasterKeyCommands(program: Command): void {
  const masterKey = program.command('master-key').description('the key that wraps all stored secrets');
  masterKey
    .command('rotate')
    .description('make a new master key the active one; older ones stay for what they have wrapped')
    .option('--json', 'one JSON object')
    .action(async (options: { json?: boolean }) => {
      const file = masterKeyFile();
      const { activeKeyId, keys } = await rotateMasterKey(file);
      createOutput(options).result(
        { file, activeKeyId, keyIds: [...keys.keys()] },
        `${activeKeyId} is the active master key now. Back up ${file}.`,
      );
    });
}

function masterKeyFile(): string {
  const environment = readEnvironment();
  const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, environment);
  const usual = { GATEWAY_MASTER_KEY_FILE: path.join(dataDir, 'master.key') };
  const config = readConfig(z.object(vaultSettings), withDefaults(usual, environment));
  if (config.GATEWAY_MASTER_KEY)
    throw new Error(
      'The master key comes from GATEWAY_MASTER_KEY, not from a file: put a new key in front of the list there.',
    );
  const file = config.GATEWAY_MASTER_KEY_FILE;
  if (!existsSync(file)) throw new Error(`There is no key file ${file}; the first start makes it.`);
  return file;
}
