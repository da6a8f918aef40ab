// The vault of this installation, as its configuration says. Every process that seals or opens secrets shares one master
// key: a file that is created at first start, or the environment where secrets are handed out that way.
import path from 'node:path';
import {
  createMasterKeyWrapper,
  createVault,
  keyringFromText,
  openMasterKeyFile,
  type Vault,
} from '@cloud-gateway/vault';
import type { Secret } from '../config/secret.ts';
import { setting } from '../config/setting.ts';

export const vaultSettings = {
  GATEWAY_MASTER_KEY_FILE: setting.file({
    default: path.join('.gateway', 'master.key'),
    description:
      'File of the master key that wraps all stored secrets; created at first start, mode 0600. Back it up.',
  }),
  GATEWAY_MASTER_KEY: setting.secret({
    optional: true,
    description:
      'Master key instead of the file: 32 bytes in base64; several separated by commas, the first one active.',
  }),
};

export interface VaultConfig {
  readonly GATEWAY_MASTER_KEY_FILE: string;
  readonly GATEWAY_MASTER_KEY?: Secret | undefined;
}

/** Throws VaultError with one clear line when the file is damaged or readable by others. */
export async function openVault(config: VaultConfig): Promise<Vault> {
  const { GATEWAY_MASTER_KEY: key, GATEWAY_MASTER_KEY_FILE: file } = config;
  if (key) return createVault({ wrapper: createMasterKeyWrapper(keyringFromText(key.reveal())) });
  // A key that another process has rotated in meanwhile is read from the file when it is first met.
  return createVault({
    wrapper: createMasterKeyWrapper(await openMasterKeyFile(file), () => openMasterKeyFile(file)),
  });
}
