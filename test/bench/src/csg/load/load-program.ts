// What the process of the load can be asked to do.
import { loadConnections } from './load-connections.ts';
import {
  openRequests,
  type RequestsLoad,
  type RequestsResult,
  type RequestsSession,
} from './load-requests.ts';
import { loadTransfer, prepareTransfer } from './load-transfer.ts';
import { resumeElsewhere } from './resume-elsewhere.ts';
import { sendItems } from './send-items.ts';

export type LoadMethods = ReturnType<typeof createLoadProgram>;

export function createLoadProgram() {
  let session: RequestsSession | undefined;

  return {
    sendItems,
    loadConnections,
    prepareTransfer,
    loadTransfer,
    resumeElsewhere,

    async openRequests(load: RequestsLoad): Promise<void> {
      session?.close();
      session = await openRequests(load);
    },

    async runRequests({ seconds }: { readonly seconds: number }): Promise<RequestsResult> {
      if (!session) throw new Error('openRequests comes first');
      return session.run(seconds);
    },

    closeRequests(_: null): void {
      session?.close();
      session = undefined;
    },
  };
}
