// Which addresses a webhook may be posted to: those of the public internet. Everything else is inside of something:
// this machine, the operator's network, a cloud's metadata service. IANA's registries of special-purpose addresses
// (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry).
import { BlockList, isIP } from 'node:net';

/** False for what is no IP address at all. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !specialIpv4.check(address, 'ipv4');
    case 6:
      // A zone (`fe80::1%eth0`) belongs to link-local addresses only.
      return (
        !address.includes('%') && globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6')
      );
    default:
      return false;
  }
}

const specialIpv4 = blockList('ipv4', [
  ['0.0.0.0', 8], // this network; Linux connects to itself
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT, and Alibaba's metadata service
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's wire server: public by number, but inside of every Azure network
  ['169.254.0.0', 16], // link-local: the metadata services of AWS, Google, Azure, OpenStack
  ['172.16.0.0', 12],
  ['192.0.0.0', 24], // protocol assignments, and Oracle's metadata service
  ['192.0.2.0', 24], // documentation, as are 198.51.100.0 and 203.0.113.0
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
]);

// What is global unicast at all. So without `::1`, `fc00::/7` (with AWS's fd00:ec2::254), `fe80::/10`, `ff00::/8`, and
// without the addresses that hold an IPv4 address: `::ffff:0:0/96`, `64:ff9b::/96`.
const globalIpv6 = blockList('ipv6', [['2000::', 3]]);

const specialIpv6 = blockList('ipv6', [
  ['2001::', 23], // protocol assignments: Teredo, which holds an IPv4 address, ORCHID, benchmarks
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which holds an IPv4 address
  ['3fff::', 20], // documentation
]);

function blockList(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ranges) list.addSubnet(network, bits, family);
  return list;
}
