// The clouds that this process serves, by id.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Cloud } from './cloud.ts';
import { cloudIdOf } from './cloud-names.ts';

export interface Clouds {
  /** By its id, or another name of it: `aws` is `ec2`. Throws not-found, with the ids of those that there are. */
  get(name: string): Cloud;
  /** In the order of the configuration. */
  all(): readonly Cloud[];
  /** Closes every connection of every cloud. */
  close(): void | Promise<void>;
}

export function createClouds(clouds: readonly Cloud[]): Clouds {
  const byId = new Map(clouds.map((cloud) => [cloud.id, cloud]));
  return {
    get(name) {
      const cloud = byId.get(cloudIdOf(name));
      if (cloud === undefined) {
        const known = [...byId.keys()].join(', ');
        throw new GatewayError('not-found', { message: `there is no cloud ${name} here; there is ${known}` });
      }
      return cloud;
    },
    all: () => [...byId.values()],
    close() {
      for (const cloud of byId.values()) cloud.close();
    },
  };
}
