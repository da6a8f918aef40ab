// The clouds that this process serves, by id.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Cloud } from './cloud.ts';

export interface Clouds {
  /** Throws not-found, with the names of those that there are. */
  get(id: string): Cloud;
  /** In the order of the configuration. */
  all(): readonly Cloud[];
  /** Closes every connection of every cloud. */
  close(): void | Promise<void>;
}

export function createClouds(clouds: readonly Cloud[]): Clouds {
  const byId = new Map(clouds.map((cloud) => [cloud.id, cloud]));
  return {
    get(id) {
      const cloud = byId.get(id);
      if (cloud === undefined) {
        const known = [...byId.keys()].join(', ');
        throw new GatewayError('not-found', { message: `there is no cloud ${id} here; there is ${known}` });
      }
      return cloud;
    },
    all: () => [...byId.values()],
    close() {
      for (const cloud of byId.values()) cloud.close();
    },
  };
}
