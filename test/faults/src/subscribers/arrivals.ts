// What has come to one subscriber, without repetitions, in the order in which each event came first.
import { crc32 } from 'node:zlib';

export interface Arrivals {
  /** Ids, in the order of their first arrival, and the check sum of each payload. */
  readonly first: ReadonlyMap<string, number>;
  /** How often something came again. */
  readonly repetitions: number;
  /** Ids of events that came again with other bytes. */
  readonly altered: readonly string[];
  /** Notices of the gateway to this subscriber: what has no place among changes of resources. */
  readonly notices: readonly string[];
  /** `type`: of the event, `cloud-gateway.resource.updated.v1`. */
  add(id: string, type: string | undefined, payload: Buffer): void;
}

export function createArrivals(): Arrivals {
  const first = new Map<string, number>();
  const altered: string[] = [];
  const notices: string[] = [];
  let repetitions = 0;
  return {
    first,
    get repetitions() {
      return repetitions;
    },
    altered,
    notices,
    add(id, type, payload) {
      if (type !== undefined && !type.startsWith(resourceEvents)) {
        notices.push(payload.toString());
        return;
      }
      const sum = checkSum(payload);
      const before = first.get(id);
      if (before === undefined) first.set(id, sum);
      else repetitions += 1;
      if (before !== undefined && before !== sum) altered.push(id);
    },
  };
}

export function checkSum(payload: Buffer | string): number {
  return crc32(payload);
}

const resourceEvents = 'cloud-gateway.resource.';
