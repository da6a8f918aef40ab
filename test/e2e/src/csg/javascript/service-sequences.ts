import type { OpenClient } from './clients.ts';

/** What is done at one service; see driver.ts. */
export interface ServiceSequences {
  verify(open: OpenClient, name: string): Promise<void>;
  denied(open: OpenClient): Promise<unknown>;
}
