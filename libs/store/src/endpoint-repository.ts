// What is known of the clocks of the clouds' endpoints. Many processes notice a skew at the same time; exactly one of
// them is told that it was the first, and reports it.
import type { Knex } from 'knex';

export type EndpointState = 'in_sync' | 'out_of_sync';

export interface Endpoint {
  /** Host and port. */
  readonly endpoint: string;
  readonly cloud: string;
  readonly state: EndpointState;
  /** Their clock minus ours, when the state last changed. */
  readonly skewMs: number | null;
  readonly changedAt: Date;
}

export function createEndpointRepository(db: Knex) {
  return {
    /**
     * Notes the state. Returns true for the one caller whose note changed it; an endpoint that nobody has noted before
     * counts as in sync. Call it in the transaction that writes the event.
     */
    async transition(note: Omit<Endpoint, 'changedAt'>): Promise<boolean> {
      const { endpoint, cloud, state, skewMs } = note;
      await db('endpoints')
        .insert({ endpoint, cloud, state: 'in_sync', skew_ms: null, changed_at: db.fn.now(3) })
        .onConflict('endpoint')
        .merge(['cloud']);
      const changed = await db('endpoints')
        .where({ endpoint })
        .whereNot({ state })
        .update({ state, skew_ms: skewMs, changed_at: db.fn.now(3) });
      return changed === 1;
    },

    async list(): Promise<Endpoint[]> {
      return db('endpoints').orderBy('endpoint').select<Endpoint[]>({
        endpoint: 'endpoint',
        cloud: 'cloud',
        state: 'state',
        skewMs: 'skew_ms',
        changedAt: 'changed_at',
      });
    },
  };
}
