import type { Channel } from 'amqplib';

/** Closes channels that may be closed already, or whose connection may be gone. */
export async function closeQuietly(channels: readonly (Channel | undefined)[]): Promise<void> {
  for (const channel of channels) {
    try {
      await channel?.close();
    } catch {
      // Closed is what was wanted.
    }
  }
}
