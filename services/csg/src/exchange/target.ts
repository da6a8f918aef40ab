/** Where a call goes. */
export interface Target {
  /** Of AWS, lower-case. */
  readonly host: string;
  /** Ids of the services that it can be; what the call is for, its operation says. */
  readonly services: readonly string[];
  /** What to sign for. */
  readonly signingRegion: string;
  /** S3: the bucket in the host. */
  readonly bucket: string | undefined;
}

/** A target, and the scope of which it follows on its connection. */
export interface KnownTarget {
  readonly signingName: string;
  readonly region: string;
  readonly target: Target;
}
