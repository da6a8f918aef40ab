// IPv4 address blocks: `10.0.0.0/16`. What stands in the bits of the hosts is dropped, as EC2 does.
//   RFC 4632, section 3.1
import { AwsError } from '../aws-error.ts';

export interface Cidr {
  /** The first address, as a number. */
  readonly first: number;
  /** How many bits are fixed: 0 to 32. */
  readonly prefixLength: number;
}

/** Gives undefined for what is no block. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefixLength = 0] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefixLength > 32) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefixLength);
  return { first: address - (address % size), prefixLength };
}

/** As parseCidr; throws InvalidParameterValue, naming the parameter. */
export function readCidr(text: string, parameter: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr) return cidr;
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${text.slice(0, 100)}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
  );
}

export function writeCidr({ first, prefixLength }: Cidr): string {
  return `${writeAddress(first)}/${prefixLength}`;
}

/** How many addresses the block has. */
export function sizeOf({ prefixLength }: Cidr): number {
  return 2 ** (32 - prefixLength);
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return contains(a, b) || contains(b, a);
}

/** The address that is `offset` after the first one. */
export function addressAt({ first }: Cidr, offset: number): string {
  return writeAddress(first + offset);
}

function writeAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
