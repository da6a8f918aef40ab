/** What a host name of AWS says. */
export interface Endpoint {
  /** The name in lower case. */
  readonly host: string;
  /** Ids of the services that answer there; which of them a request is for, `operationOf` says. */
  readonly services: readonly string[];
  /** The service names that a credential scope may have there. */
  readonly signingNames: readonly string[];
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string;
  /** The region in the name; none in global names (`iam.amazonaws.com`). */
  readonly region: string | undefined;
  /** The region that a credential scope must have there; undefined: any of the partition (`s3.amazonaws.com`). */
  readonly signingRegion: string | undefined;
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** S3: the bucket, or access point, in the name. */
  readonly bucket: string | undefined;
}
