import { hash } from 'node:crypto';
import { mintId } from '@cloud-gateway/vault';

export const sampleTime = '2026-11-22T10:15:30.250Z';

export const sampleAccount = 'ec2-123456789012';

/** An id like a real one, the same in every run. */
export function sampleId(prefix: string, name = prefix): string {
  return mintId(prefix, {
    nowMs: () => Date.parse(sampleTime),
    random: () => hash('sha256', name, 'buffer').subarray(0, 16),
  });
}
