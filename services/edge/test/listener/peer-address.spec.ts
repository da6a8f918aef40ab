import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { peerAddressOf } from '../../src/listener/peer-address.ts';

describe('peerAddressOf', () => {
  const cases: { name: string; forwarded?: string[]; trustProxy: boolean; address: string }[] = [
    { name: 'who connected', trustProxy: false, address: '10.0.0.1' },
    {
      name: 'who connected, whatever a caller claims, where no proxy is trusted',
      forwarded: ['1.2.3.4'],
      trustProxy: false,
      address: '10.0.0.1',
    },
    { name: 'whom the trusted proxy names', forwarded: ['1.2.3.4'], trustProxy: true, address: '1.2.3.4' },
    {
      name: 'what the proxy itself added, not what the caller wrote before it',
      forwarded: ['6.6.6.6, 1.2.3.4'],
      trustProxy: true,
      address: '1.2.3.4',
    },
    {
      name: 'the last of several fields',
      forwarded: ['6.6.6.6', '7.7.7.7,2001:db8::1'],
      trustProxy: true,
      address: '2001:db8::1',
    },
    { name: 'the proxy when it names nobody', trustProxy: true, address: '10.0.0.1' },
    {
      name: 'the proxy when it names no address',
      forwarded: ['unknown'],
      trustProxy: true,
      address: '10.0.0.1',
    },
  ];
  for (const { name, forwarded, trustProxy, address } of cases) {
    it(`is ${name}`, () => {
      const req = {
        socket: { remoteAddress: '10.0.0.1' },
        headersDistinct: forwarded ? { 'x-forwarded-for': forwarded } : {},
      } as unknown as IncomingMessage; // the two members that are looked at

      expect(peerAddressOf(req, trustProxy)).to.equal(address);
    });
  }
});
