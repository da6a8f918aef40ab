// Which hosts share one certificate. A certificate costs a millisecond and 25 KB with its TLS context, and S3 has a host
// for every bucket.

/** The DNS names of one certificate; the first one is what it is called and cached by. */
export type LeafNames = readonly [string, ...string[]];

/**
 * The host widened by one label, `*.parent` and the parent itself:
 *
 *   bucket.s3.us-east-1.amazonaws.com   *.s3.us-east-1.amazonaws.com, s3.us-east-1.amazonaws.com
 *   dynamodb.us-east-1.amazonaws.com    *.us-east-1.amazonaws.com, us-east-1.amazonaws.com
 *   iam.amazonaws.com                   iam.amazonaws.com
 *
 * A parent that is itself the name of an organisation (amazonaws.com, amazonaws.com.cn, api.aws) is never widened to: there,
 * one certificate would speak for all of it, and verifiers with a list of public suffixes refuse to believe it.
 *
 * `host` is one that may be reached, in lower case, without a trailing dot.
 */
export function widenedNames(host: string): LeafNames {
  const labels = host.split('.');
  const parent = labels.slice(1);
  if (parent.length <= organisationLabels(labels)) return [host];
  const parentName = parent.join('.');
  return [`*.${parentName}`, parentName];
}

/** A host by itself: for the gateway's own names, whose neighbours are none of its business. */
export function exactNames(host: string): LeafNames {
  return [host];
}

const secondLevels = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'or', 'org']);

// amazonaws.com is two labels; amazonaws.com.cn is three, as below country codes the second level is often a category.
function organisationLabels(labels: readonly string[]): number {
  const [second = '', top = ''] = labels.slice(-2);
  return top.length === 2 && secondLevels.has(second) ? 3 : 2;
}
