import { type CloudCredentials, cloudCredentialsSchema, GatewayError } from '@cloud-gateway/contracts';
import { type Credential, credentialContext } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';

/** Rejects with `internal` when the row cannot be opened: damaged, or sealed with a master key that is not here. */
export async function unsealCredentials(
  vault: Pick<Vault, 'open'>,
  { id, sealed }: Pick<Credential, 'id' | 'sealed'>,
): Promise<CloudCredentials> {
  const text = await vault.open(sealed, credentialContext(id)).catch((err: unknown) => {
    throw cannotBeOpened(id, err);
  });
  const read = cloudCredentialsSchema.safeParse(toJson(text));
  // Without the issues: they may quote what was read.
  if (!read.success) throw cannotBeOpened(id);
  return read.data;
}

function toJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    // The message of this error quotes the text.
    return undefined;
  }
}

function cannotBeOpened(id: string, cause?: unknown): GatewayError {
  return new GatewayError('internal', {
    message: `The stored cloud credentials ${id} cannot be opened`,
    cause,
  });
}
