import type { Clock } from '@cloud-gateway/clock';
import { createRoot } from '../../src/certificates/create-root.ts';
import { readRoot } from '../../src/certificates/read-root.ts';
import type { Root } from '../../src/certificates/root.ts';

/** A new root that no file holds. */
export function createTestRoot(clock: Clock): Root {
  const { certificatePem, keyPem } = createRoot(clock.nowMs());
  const texts = { certificateText: certificatePem, keyText: keyPem };
  return readRoot({ ...texts, certificateFile: 'root.crt', keyFile: 'root.key', clock });
}
