/**
 * Ids in the right form that nothing has, so that no dry run could do harm even if it were none. Where a call needs no
 * id, it would make something of this name.
 */
export const nobody = {
  name: 'cloud-gateway-check',
  address: 'eipalloc-00000000000000000',
  group: 'sg-00000000000000000',
  image: 'ami-00000000000000000',
  instance: 'i-00000000000000000',
  keyPair: 'key-00000000000000000',
  network: 'vpc-00000000000000000',
  snapshot: 'snap-00000000000000000',
  subnet: 'subnet-00000000000000000',
  volume: 'vol-00000000000000000',
} as const;
