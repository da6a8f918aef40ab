/** Every service of the gateway, in the order in which they start: who answers first, the door last. */
export const serviceNames = [
  'credentials',
  'cloud-adapter',
  'subscriptions',
  'poller',
  'csg',
  'edge',
] as const;

export type ServiceName = (typeof serviceNames)[number];
