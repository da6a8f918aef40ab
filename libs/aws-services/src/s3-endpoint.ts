// The names of S3. They begin with what customers choose (buckets, access points), so they are rules, not patterns.
// Read from the right: suffix, region, `dualstack`, then the word that says which form it is, then the bucket.
// Sources: the endpoint rules of S3 in the SDKs, and "Methods for accessing a general purpose bucket" in the S3 guide.
// Not here, on purpose: s3-website names (customers' content, no signatures) and the multi-region access points, which
// take SigV4A alone.
import type { Partition } from './catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import type { HostName } from './host-name.ts';

export function findS3Endpoint(name: HostName): Endpoint | undefined {
  if (name.suffix !== 'D') return undefined;
  const { labels, partitions } = name;
  const last = labels.at(-1) ?? '';
  const partition = partitions.find(({ regionPattern }) => regionPattern.test(last));
  const form = partition
    ? regionalForm({ labels: labels.slice(0, -1), partition, region: last })
    : (dashedForm(labels, partitions) ?? globalForm(labels, partitions));
  return (
    form && {
      host: name.text,
      services: form.services ?? ['s3'],
      signingNames: [form.signingName ?? 's3'],
      partition: form.partition.id,
      region: form.region,
      signingRegion: form.region,
      fips: form.fips ?? false,
      dualStack: form.dualStack ?? false,
      bucket: form.bucket,
    }
  );
}

interface Form {
  readonly partition: Partition;
  readonly region?: string | undefined;
  readonly bucket: string | undefined;
  readonly signingName?: string;
  readonly services?: readonly string[];
  readonly fips?: boolean;
  readonly dualStack?: boolean;
}

interface Regional {
  /** Before the region. */
  readonly labels: readonly string[];
  readonly partition: Partition;
  readonly region: string;
}

function regionalForm({ labels, partition, region }: Regional): Form | undefined {
  const dualStack = labels.at(-1) === 'dualstack';
  const rest = dualStack ? labels.slice(0, -1) : labels;
  const word = rest.at(-1) ?? '';
  const before = rest.slice(0, -1);
  const fips = /-fips(?:-|$)/.test(word);
  const place = { partition, region, fips, dualStack };

  switch (word.replace(/-fips(?=-|$)/, '')) {
    case 's3':
      return bucketForm(before, place);
    case 's3-accesspoint':
      return before.length === 1 && accessPoint.test(before[0] ?? '')
        ? { ...place, bucket: before[0] }
        : undefined;
    case 's3-object-lambda':
      return dualStack ? undefined : objectLambdaForm(before, place);
    case 's3-outposts':
      return dualStack ? undefined : outpostsForm(before, place);
    case 's3express-control':
      return before.length === 0
        ? { ...place, bucket: undefined, signingName: 's3express', services: ['s3', 's3control'] }
        : undefined;
    default:
      return /^s3express-(?:fips-)?[a-z0-9]+-az\d{1,2}$/.test(word) &&
        before.length === 1 &&
        expressBucket.test(before[0] ?? '')
        ? { ...place, bucket: before[0], signingName: 's3express' }
        : undefined;
  }
}

const accessPoint = /^[a-z0-9][a-z0-9-]*-\d{12}$/;
const expressBucket = /^[a-z0-9][a-z0-9-]*--[a-z0-9-]+--x(?:a)?-s3$/;
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function bucketForm(labels: readonly string[], place: Omit<Form, 'bucket'>): Form | undefined {
  if (labels.length === 0) return { ...place, bucket: undefined };
  const bucket = labels.join('.');
  return bucketName.test(bucket) ? { ...place, bucket } : undefined;
}

/** An access point `<name>-<account>`, or the route that GetObject gave to a function for its WriteGetObjectResponse. */
function objectLambdaForm(labels: readonly string[], place: Omit<Form, 'bucket'>): Form | undefined {
  if (labels.length > 1) return undefined;
  const bucket = accessPoint.test(labels[0] ?? '') ? labels[0] : undefined;
  return { ...place, bucket, signingName: 's3-object-lambda' };
}

/** `<access point>-<account>.<outpost>.s3-outposts`; the bare name is S3 Control's, and in the catalogue. */
function outpostsForm(labels: readonly string[], place: Omit<Form, 'bucket'>): Form | undefined {
  const [point = '', outpost = ''] = labels;
  return labels.length === 2 && accessPoint.test(point) && /^op-[0-9a-f]{17}$/.test(outpost)
    ? { ...place, bucket: point, signingName: 's3-outposts' }
    : undefined;
}

/** `bucket.s3-us-west-2.amazonaws.com`: the way regions were written until 2019, and s3-external-1 for us-east-1. */
function dashedForm(labels: readonly string[], partitions: readonly Partition[]): Form | undefined {
  const [, fips, name = ''] = /^s3-(fips-)?([a-z0-9-]+)$/.exec(labels.at(-1) ?? '') ?? [];
  const region = name === 'external-1' ? 'us-east-1' : name;
  const partition = partitions.find(({ regionPattern }) => regionPattern.test(region));
  return partition && bucketForm(labels.slice(0, -1), { partition, region, fips: fips !== undefined });
}

/** `s3.amazonaws.com` answers for buckets of all regions of the partition `aws`; so do the accelerated names. */
function globalForm(labels: readonly string[], partitions: readonly Partition[]): Form | undefined {
  const partition = partitions.find(({ id }) => id === 'aws');
  if (!partition) return undefined;
  if (labels.at(-1) === 's3') return bucketForm(labels.slice(0, -1), { partition });
  const dualStack = labels.at(-1) === 'dualstack';
  const rest = dualStack ? labels.slice(0, -1) : labels;
  if (rest.at(-1) !== 's3-accelerate' || rest.length < 2) return undefined;
  return bucketForm(rest.slice(0, -1), { partition, dualStack });
}
