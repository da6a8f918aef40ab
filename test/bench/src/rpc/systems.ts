import type { PeerName } from '../peers/load-peer.ts';

export interface System {
  readonly title: string;
  readonly edge: PeerName;
  readonly service: PeerName;
}

/** In the order in which they take turns. */
export const systems = {
  ours: { title: 'ours', edge: 'ours-edge', service: 'ours-service' },
  bare: { title: 'bare fastify + amqplib', edge: 'bare-edge', service: 'bare-service' },
  nest: { title: 'NestJS fastify + RMQ', edge: 'nest-edge', service: 'nest-service' },
} as const satisfies Record<string, System>;

export type SystemName = keyof typeof systems;

export const systemNames = Object.keys(systems) as SystemName[];
